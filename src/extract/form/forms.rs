//! Several models in one form.

use axum::extract::Request;
use serde::de::DeserializeOwned;

use super::received_form::ReceivedForm;
use crate::{
    exception::{Exception, RequestValidationError},
    extract::{body_cell::BodyCell, merged_errors::MergedErrors},
    rules::Validator,
};

/// Reads several models from one form, and reports the errors of all of them in one list.
///
/// A request has one body, so a handler cannot have two [`Form`](super::Form) arguments. In FastAPI it can:
/// `def sign_up(user: Annotated[User, Form()], address: Annotated[Address, Form()])`. This is the same:
///
/// ```
/// use axum::{Router, routing::post};
/// use axum_exception::{ErrorHandlingLayer, extract::Forms};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct User { name: String, age: u8 }
///
/// #[derive(Deserialize)]
/// struct Address { street: String }
///
/// #[derive(Deserialize)]
/// struct Coupon { code: String }
///
/// async fn sign_up(Forms((user, address, coupon)): Forms<(User, Address, Option<Coupon>)>) -> String {
///     format!("{} {}, {}", user.name, user.age, address.street)
/// }
///
/// let app: Router = Router::new().route("/users", post(sign_up)).layer(ErrorHandlingLayer::new());
/// ```
///
/// Each model is read from all fields of the form, and ignores the fields of the others. Two models can have a field of the same
/// name. An `Option` is `None` if none of the fields of its model was sent. The tuple has two to eight models.
///
/// `Forms` can be the last extractor of [`All`](crate::extract::All). Inside [`Valid`](crate::extract::Valid) it checks the rules
/// of all models.
///
/// # Errors
///
/// It fails as [`Form`](super::Form) does. The errors are in the order of the tuple.
#[derive(Clone, Copy, Debug, Default)]
pub struct Forms<T>(pub T);

/// The lists of errors of the models that were read so far.
#[derive(Default)]
struct Lists(Vec<RequestValidationError>);

impl Lists {
    /// Returns the value, or keeps its errors. A failure that is not a list of errors is returned.
    fn keep<T>(&mut self, read: Result<T, Exception>) -> Result<Option<T>, Exception> {
        let exception = match read {
            Ok(value) => return Ok(Some(value)),
            Err(exception) => exception,
        };
        match exception.built_in().and_then(|built_in| built_in.validation_error().cloned()) {
            Some(list) => {
                self.0.push(list);
                Ok(None)
            }
            None => Err(exception),
        }
    }

    fn into_exception(self, form: &ReceivedForm) -> Exception {
        let errors = MergedErrors::new(self.0, BodyCell::default());
        form.context.exception(RequestValidationError::found(errors))
    }
}

macro_rules! forms {
    ($($model:ident)+) => {
        #[allow(non_snake_case)]
        impl<$($model: DeserializeOwned,)+> Forms<($($model,)+)> {
            pub(crate) async fn extract_with<V, S>(request: Request, state: &S) -> Result<Self, Exception>
            where
                $(V: Validator<$model>,)+
                S: Send + Sync,
            {
                let form = ReceivedForm::receive(request, state).await?;
                let read = |form: &ReceivedForm| {
                    let mut lists = Lists::default();
                    $(let $model = lists.keep(form.read_model::<$model, V>())?;)+
                    match ($($model,)+) {
                        ($(Some($model),)+) => Ok(Self(($($model,)+))),
                        _ => Err(lists.into_exception(form)),
                    }
                };
                form.read_with(read).await?
            }
        }
    };
}

forms!(T1 T2);
forms!(T1 T2 T3);
forms!(T1 T2 T3 T4);
forms!(T1 T2 T3 T4 T5);
forms!(T1 T2 T3 T4 T5 T6);
forms!(T1 T2 T3 T4 T5 T6 T7);
forms!(T1 T2 T3 T4 T5 T6 T7 T8);
