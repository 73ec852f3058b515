//! The macro `raise!`, and the conversions that it selects by the type of its argument.

use axum::http::StatusCode;

use super::{Exception, HttpException, IntoException};

/// Returns an error from the function, like FastAPI's `raise HTTPException(…)`.
///
/// | call | error |
/// | --- | --- |
/// | `raise!(404)`, `raise!(StatusCode::NOT_FOUND)` | an [`HttpException`](crate::HttpException) with this status |
/// | `raise!(404, "Item {item_id} not found")` | the same with a detail. A string literal may contain variables, as in `format!` |
/// | `raise!(409, json!({"code": 7}))` | the same with any `Serialize` as detail |
/// | `raise!(401, "www-authenticate" => "Bearer")`, `raise!(403, "Wrong token", "x-error" => "No way")` | the same with headers |
/// | `raise!(error)` | any error or exception |
/// | `raise!("the disk is full")` | an unhandled error with this message: 500. The client does not see the message |
///
/// It expands to `return Err(error.into())`, so the function may return [`Result`](crate::Result), a
/// `Result<_, HttpException>`, or one with an error of the app that has `From<HttpException>`.
///
/// ```
/// use axum_exception::{Result, raise};
///
/// async fn read_item(item_id: &str) -> Result<&'static str> {
///     match item_id {
///         "foo" => Ok("The Foo Wrestlers"),
///         "secret" => raise!(403, "Not yours", "x-error" => "No way"),
///         _ => raise!(404, "Item {item_id} not found"),
///     }
/// }
/// ```
///
/// See [FastAPI: Handling Errors](https://fastapi.tiangolo.com/tutorial/handling-errors/#use-httpexception).
#[macro_export]
macro_rules! raise {
    ($literal:literal $(,)?) => {
        return ::core::result::Result::Err(::core::convert::Into::into(
            $crate::__private::Literal::into_error($literal),
        ))
    };
    ($error:expr $(,)?) => {
        return ::core::result::Result::Err(match $error {
            error => {
                #[allow(unused_imports)]
                use $crate::__private::{ErrorKind as _, OtherKind as _, StatusKind as _};
                (&&&$crate::__private::Argument(&error)).kind_of_error().into_error(error)
            }
        })
    };
    ($status:expr, $($name:expr => $value:expr),+ $(,)?) => {
        return ::core::result::Result::Err(::core::convert::Into::into(
            $crate::HttpException::new($status)$(.with_header($name, $value))+
        ))
    };
    ($status:expr, $detail:literal $(, $name:expr => $value:expr)* $(,)?) => {
        return ::core::result::Result::Err(::core::convert::Into::into(
            $crate::HttpException::new($status)
                .with_detail(::std::format!($detail))$(.with_header($name, $value))*
        ))
    };
    ($status:expr, $detail:expr $(, $name:expr => $value:expr)* $(,)?) => {
        return ::core::result::Result::Err(::core::convert::Into::into(
            $crate::HttpException::new($status).with_detail($detail)$(.with_header($name, $value))*
        ))
    };
}

/// The only argument of `raise!` as a literal: a status or a message.
pub trait Literal {
    /// The error.
    type Error;

    /// Returns the error.
    fn into_error(self) -> Self::Error;
}

impl Literal for u16 {
    type Error = HttpException;

    fn into_error(self) -> HttpException {
        HttpException::new(self)
    }
}

impl Literal for &'static str {
    type Error = Exception;

    fn into_error(self) -> Exception {
        Exception::new(self)
    }
}

/// The only argument of `raise!`.
///
/// The macro calls `(&&&Argument(…)).kind_of_error()`. The compiler takes the first of these traits that fits, because they
/// are implemented for different numbers of references: [`StatusKind`], [`ErrorKind`], [`OtherKind`].
#[derive(Debug)]
pub struct Argument<'a, T>(pub &'a T);

/// A status as the only argument of `raise!`.
pub trait StatusKind {
    /// Selects the conversion.
    fn kind_of_error(&self) -> OfStatus {
        OfStatus
    }
}

impl StatusKind for &&Argument<'_, u16> {}
impl StatusKind for &&Argument<'_, StatusCode> {}

/// The conversion.
#[derive(Clone, Copy, Debug)]
pub struct OfStatus;

impl OfStatus {
    /// Converts the argument of `raise!`.
    pub fn into_error<S, E>(self, status: S) -> E
    where
        S: TryInto<StatusCode>,
        E: From<HttpException>,
    {
        HttpException::new(status).into()
    }
}

/// A value that is an error as the only argument of `raise!`.
pub trait ErrorKind {
    /// Selects the conversion.
    fn kind_of_error(&self) -> OfError {
        OfError
    }
}

impl<T: Into<Exception>> ErrorKind for &Argument<'_, T> {}

/// The conversion.
#[derive(Clone, Copy, Debug)]
pub struct OfError;

impl OfError {
    /// Converts the argument of `raise!`.
    pub fn into_error<T, E>(self, error: T) -> E
    where
        T: Into<E>,
    {
        error.into()
    }
}

/// A value that stands for an error as the only argument of `raise!`.
pub trait OtherKind {
    /// Selects the conversion.
    fn kind_of_error(&self) -> OfOther {
        OfOther
    }
}

impl<T: IntoException> OtherKind for Argument<'_, T> {}

/// The conversion.
#[derive(Clone, Copy, Debug)]
pub struct OfOther;

impl OfOther {
    /// Converts the argument of `raise!`.
    pub fn into_error<T, E>(self, value: T) -> E
    where
        T: IntoException,
        E: From<Exception>,
    {
        value.into_exception().into()
    }
}
