//! Rejections of the extractors that read a whole body, and of multipart forms.

use axum::{
    Form, Json, Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Multipart, multipart::MultipartError},
    routing::{MethodRouter, post},
};
use axum_exception::{ErrorHandlingLayer, Result};
use axum_extra::extract::{JsonDeserializer, JsonDeserializerRejection};
use tower_http::limit::RequestBodyLimitLayer;

use super::{Item, Page, app, form_request, json_invalid, json_request, one, typed_request};
use crate::support::{Reply, request, send, table::Table};

#[derive(prost::Message)]
struct Proto {
    #[prost(string, tag = "1")]
    text: String,
}

#[tokio::test]
async fn body_rejections() {
    let too_large = || Reply::detail(413, "Content Too Large");
    let limited = |method: MethodRouter| app("/", method.layer(DefaultBodyLimit::max(4)));
    assert_eq!(send(&limited(post(async |_: Bytes| ())), json_request("12345")).await, too_large());
    assert_eq!(send(&limited(post(async |_: String| ())), json_request("12345")).await, too_large());
    assert_eq!(send(&limited(post(async |_: Json<Item>| ())), json_request("12345")).await, too_large());
    assert_eq!(send(&limited(post(async |_: Form<Page>| ())), form_request("12345")).await, too_large());
    let limit = RequestBodyLimitLayer::new(4);
    let tower =
        Router::new().route("/", post(async |_: Bytes| ())).layer(limit).layer(ErrorHandlingLayer::new());
    assert_eq!(send(&tower, json_request("12345")).await, too_large());
    let mut declared = json_request("12345");
    declared.headers_mut().insert("content-length", 5.into());
    assert_eq!(send(&tower, declared).await, too_large());

    let unreadable = || Reply::detail(400, "There was an error parsing the body");
    let text = app("/", post(async |_: String| ()));
    assert_eq!(send(&text, typed_request("text/plain", &b"\xff"[..])).await, unreadable());
    let broken = futures_util::stream::iter([Err::<Bytes, _>(std::io::Error::other("secret"))]);
    let bytes = app("/", post(async |_: Bytes| ()));
    assert_eq!(send(&bytes, typed_request("a/b", Body::from_stream(broken))).await, unreadable());
    let proto = app("/", post(async |_: axum_extra::protobuf::Protobuf<Proto>| ()));
    assert_eq!(send(&proto, typed_request("a/b", &b"\x0a\xff"[..])).await, unreadable());
}

#[tokio::test]
async fn json_deserializer_rejections() {
    async fn by_type(json: JsonDeserializer<Item>) -> Result<()> {
        json.deserialize()?;
        Ok(())
    }
    async fn by_text(json: JsonDeserializer<Item>) -> Result<(), JsonDeserializerRejection> {
        json.deserialize().map(|_| ())
    }
    for app in [app("/", post(by_type)), app("/", post(by_text))] {
        let body = r#"{"title":"towel","size":"XL"}"#;
        let size = one("int_parsing", r#"["body","size"]"#, r#""XL""#);
        assert_eq!(send(&app, json_request(body)).await, size);
        let invalid = json_invalid(r#"["body",9]"#, "Expecting value");
        assert_eq!(send(&app, json_request("{\"title\":")).await, invalid);
        let no_type = one("model_attributes_type", r#"["body"]"#, "null");
        assert_eq!(send(&app, request("POST", "/")).await, no_type);
    }
}

#[tokio::test]
async fn multipart_rejections() {
    async fn by_type(mut form: Multipart) -> Result<()> {
        while let Some(field) = form.next_field().await? {
            field.text().await?;
        }
        Ok(())
    }
    async fn by_text(mut form: Multipart) -> Result<(), MultipartError> {
        while let Some(field) = form.next_field().await? {
            field.text().await?;
        }
        Ok(())
    }
    async fn extra(mut form: axum_extra::extract::Multipart) -> Result<()> {
        while let Some(field) = form.next_field().await? {
            field.text().await?;
        }
        Ok(())
    }
    let mut table = Table::default();
    for handler in [|| post(by_type), || post(by_text), || post(extra)] as [fn() -> MethodRouter; 3] {
        let request = |body: &str| typed_request("multipart/form-data; boundary=X", body.to_owned());
        let app = app("/", handler());
        for body in [
            "",
            "garbage",
            "--X\r\n",
            "--X\r\nBad Header\r\n\r\nx\r\n--X--",
            "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhello",
        ] {
            table.assert_eq(
                body,
                send(&app, request(body)).await,
                Reply::detail(400, "Invalid multipart data."),
            );
        }
        assert_eq!(send(&app, json_request("")).await, Reply::detail(400, "Missing boundary in multipart."));
        let broken = futures_util::stream::iter([Err::<Bytes, _>(std::io::Error::other("secret"))]);
        let broken = typed_request("multipart/form-data; boundary=X", Body::from_stream(broken));
        assert_eq!(send(&app, broken).await, Reply::detail(400, "There was an error parsing the body"));
        let limited = Router::new()
            .route("/", handler().layer(DefaultBodyLimit::max(4)))
            .layer(ErrorHandlingLayer::new());
        let large = "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhello\r\n--X--";
        assert_eq!(send(&limited, request(large)).await, Reply::detail(413, "Content Too Large"));
    }
}
