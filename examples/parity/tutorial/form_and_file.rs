//! Pages about forms and files.

use axum::{
    Router,
    routing::{MethodRouter, post},
};
use axum_exception::extract::{FileBytes, Form, Json, Params, UploadFile};
use serde::{Deserialize, Serialize};

use super::numbered;

pub(crate) fn routes() -> Router {
    super::table([
        (
            "/request-forms/1/login/",
            post(async |Form(Params(Login { username, password })): Form<Params<Login>>| {
                Json((username, password))
            }),
        ),
        ("/request-form-models/1/login/", post(async |Form(login): Form<Login>| Json(login))),
        ("/request-form-models/2/login/", post(async |Form(login): Form<StrictLogin>| Json(login))),
        (
            "/request-files/1-02/files/",
            post(async |Form(Params(OptionalBytes { file })): Form<Params<OptionalBytes>>| {
                Json(file.map(|file| file.len()))
            }),
        ),
        (
            "/request-files/1-02/uploadfile/",
            post(async |Form(Params(OptionalFile { file })): Form<Params<OptionalFile>>| {
                Json(file.map(|file| file.filename().to_owned()))
            }),
        ),
        (
            "/request-forms-and-files/1/files/",
            post(async |Form(Params(FilesAndToken { file, fileb, token })): Form<Params<FilesAndToken>>| {
                Json((file.len(), fileb.content_type().map(str::to_owned), token))
            }),
        ),
    ])
    .merge(numbered("request-files", ["1", "1-03"], "/files/", &size()))
    .merge(numbered("request-files", ["1", "1-03"], "/uploadfile/", &name()))
    .merge(numbered("request-files", ["2", "3"], "/files/", &sizes()))
    .merge(numbered("request-files", ["2", "3"], "/uploadfiles/", &names()))
}

fn size() -> MethodRouter {
    post(async |Form(Params(OneBytes { file })): Form<Params<OneBytes>>| Json(file.len()))
}

fn name() -> MethodRouter {
    post(async |Form(Params(OneFile { file })): Form<Params<OneFile>>| Json(file.filename().to_owned()))
}

fn sizes() -> MethodRouter {
    post(async |Form(Params(ManyBytes { files })): Form<Params<ManyBytes>>| {
        Json(files.iter().map(|file| file.len()).collect::<Vec<_>>())
    })
}

fn names() -> MethodRouter {
    post(async |Form(Params(ManyFiles { files })): Form<Params<ManyFiles>>| {
        Json(files.iter().map(|file| file.filename().to_owned()).collect::<Vec<_>>())
    })
}

#[derive(Deserialize, Serialize)]
struct Login {
    username: String,
    password: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StrictLogin {
    username: String,
    password: String,
}

#[derive(Deserialize)]
struct OneBytes {
    file: FileBytes,
}

#[derive(Deserialize)]
struct OneFile {
    file: UploadFile,
}

#[derive(Deserialize)]
struct OptionalBytes {
    file: Option<FileBytes>,
}

#[derive(Deserialize)]
struct OptionalFile {
    file: Option<UploadFile>,
}

#[derive(Deserialize)]
struct ManyBytes {
    files: Vec<FileBytes>,
}

#[derive(Deserialize)]
struct ManyFiles {
    files: Vec<UploadFile>,
}

#[derive(Deserialize)]
struct FilesAndToken {
    file: FileBytes,
    fileb: UploadFile,
    token: String,
}
