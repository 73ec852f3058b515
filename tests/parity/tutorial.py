"""The routes of FastAPI's tutorial and advanced guide that read requests, with the same parameters, models and constraints.

`/tutorial/<page>/<number>` has the paths of one example of one page. Most handlers return everything that they have read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Body, Cookie, Depends, FastAPI, File, Form, Header, HTTPException, Path, Query, Request
from fastapi import UploadFile
from fastapi.encoders import jsonable_encoder
from fastapi.exception_handlers import http_exception_handler, request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import AfterValidator, BaseModel, Field, HttpUrl, PlainSerializer
from pydantic.dataclasses import dataclass as pydantic_dataclass
from starlette.exceptions import HTTPException as StarletteHTTPException

OFF: dict[str, Any] = dict(redirect_slashes=False, docs_url=None, redoc_url=None, openapi_url=None)
tutorial = APIRouter(prefix="/tutorial")
Apps = dict[str, FastAPI]
apps: Apps = {}  # what has exception handlers of its own, by the path to mount it at
Words = Annotated[set[str], PlainSerializer(sorted)]


def numbered(method: str, page: str, numbers: str, path: str, **options: Any) -> Any:
    """Declares one handler for several examples of a page."""

    def declare(handler: Any) -> Any:
        for number in numbers.split():
            tutorial.api_route(f"/{page}/{number}{path}", methods=[method], **options)(handler)
        return handler

    return declare


# ---- bodies ------------------------------------------------------------------------------------
class Item(BaseModel):
    name: str
    description: str | None = None
    price: float
    tax: float | None = None


class User(BaseModel):
    username: str
    full_name: str | None = None


@tutorial.post("/body/1/items/")
async def body_1(item: Item):
    return item


@tutorial.post("/body/2/items/")
async def body_2(item: Item):
    return [item, None if item.tax is None else item.price + item.tax]


@numbered("PUT", "body", "3", "/items/{item_id}")
@numbered("PUT", "schema-extra-example", "1 2 3 4 5", "/items/{item_id}")
async def id_and_item(item_id: int, item: Item):
    return [item_id, item]


@tutorial.put("/body/4/items/{item_id}")
async def body_4(item_id: int, item: Item, q: str | None = None):
    return [item_id, item, q]


class LimitedItem(Item):
    description: str | None = Field(default=None, max_length=300)
    price: float = Field(gt=0)


@tutorial.put("/body-fields/1/items/{item_id}")
async def body_fields(item_id: int, item: Annotated[LimitedItem, Body(embed=True)]):
    return [item_id, item]


@tutorial.put("/body-multiple-params/1/items/{item_id}")
async def bodies_1(item_id: Annotated[int, Path(ge=0, le=1000)], q: str | None = None, item: Item | None = None):
    return [item_id, q, item]


@tutorial.put("/body-multiple-params/2/items/{item_id}")
async def bodies_2(item_id: int, item: Item, user: User):
    return [item_id, item, user]


@tutorial.put("/body-multiple-params/3/items/{item_id}")
async def bodies_3(item_id: int, item: Item, user: User, importance: Annotated[int, Body()]):
    return [item_id, item, user, importance]


@tutorial.put("/body-multiple-params/4/items/{item_id}")
async def bodies_4(
    item_id: int, item: Item, user: User, importance: Annotated[int, Body(gt=0)], q: str | None = None
):
    return [item_id, item, user, importance, q]


@tutorial.put("/body-multiple-params/5/items/{item_id}")
async def bodies_5(item_id: int, item: Annotated[Item, Body(embed=True)]):
    return [item_id, item]


class AnyTags(Item):
    tags: list = []


class ListTags(Item):
    tags: list[str] = []


class SetTags(Item):
    tags: Words = set()


class PlainImage(BaseModel):
    url: str
    name: str


class Image(BaseModel):
    url: HttpUrl
    name: str


class OnePlainImage(SetTags):
    image: PlainImage | None = None


class OneImage(SetTags):
    image: Image | None = None


class ManyImages(SetTags):
    images: list[Image] | None = None


class Offer(BaseModel):
    name: str
    description: str | None = None
    price: float
    items: list[ManyImages]


for number, model in enumerate([AnyTags, ListTags, SetTags, OnePlainImage, OneImage, ManyImages], 1):

    async def nested(item_id, item):  # type: ignore[no-untyped-def]
        return [item_id, item]

    nested.__annotations__ = {"item_id": int, "item": model}
    tutorial.put(f"/body-nested-models/{number}/items/{{item_id}}")(nested)


@tutorial.post("/body-nested-models/7/offers/")
async def nested_7(offer: Offer):
    return offer


@tutorial.post("/body-nested-models/8/images/multiple/")
async def nested_8(images: list[Image]):
    return images


@tutorial.post("/body-nested-models/9/index-weights/")
async def nested_9(weights: dict[int, float]):
    return weights


class PartialItem(BaseModel):
    name: str | None = None
    description: str | None = None
    price: float | None = None
    tax: float = 10.5
    tags: list[str] = []


@tutorial.put("/body-updates/1/items/{item_id}")
async def body_updates_1(item_id: str, item: PartialItem):
    return [item_id, item]


@tutorial.patch("/body-updates/2/items/{item_id}")
async def body_updates_2(item_id: str, item: PartialItem):
    stored = PartialItem(name="Bar", description="stored", price=62, tax=20.2)
    return [item_id, stored.model_copy(update=item.model_dump(exclude_unset=True))]


@numbered("POST", "response-model", "1", "/items/")
@numbered("POST", "response-model", "1-01", "/items/")
async def response_model_1(item: ListTags) -> ListTags:
    return item


@numbered("POST", "path-operation-configuration", "1", "/items/", status_code=201)
@numbered("POST", "path-operation-configuration", "2 3 4 5", "/items/")
@numbered("POST", "path-operation-advanced-configuration", "4", "/items/")
async def create_set_tags(item: SetTags) -> SetTags:
    return item


class NamedItem(BaseModel):
    name: str
    description: str | None = None


@numbered("POST", "separate-openapi-schemas", "1 2", "/items/")
async def create_named_item(item: NamedItem):
    return item


class Prompt(BaseModel):
    text: str


@tutorial.post("/server-sent-events/5/chat/stream")
async def chat(prompt: Prompt):
    return prompt.text.split()


class Goods(BaseModel):
    name: str
    price: float


class Contact(BaseModel):
    username: str
    email: str


@numbered("POST", "generate-clients", "1 2 3", "/items/")
async def create_goods(item: Goods):
    return item


@numbered("POST", "generate-clients", "2 3", "/users/")
async def create_contact(user: Contact):
    return user


lenient = APIRouter(strict_content_type=False)


@lenient.post("/strict-content-type/1/items/")
async def create_goods_of_any_type(item: Goods):
    return item


tutorial.include_router(lenient)


class Invoice(BaseModel):
    id: str
    title: str | None = None
    customer: str
    total: float


@tutorial.post("/openapi-callbacks/1/invoices/")
async def create_invoice(invoice: Invoice, callback_url: HttpUrl | None = None):
    return [invoice, callback_url]


class HeroBase(BaseModel):
    name: str
    age: int | None = None


class HeroCreate(HeroBase):
    secret_name: str


class HeroUpdate(BaseModel):
    name: str | None = None
    age: int | None = None
    secret_name: str | None = None


@tutorial.post("/sql-databases/2/heroes/")
async def create_hero(hero: HeroCreate):
    return hero


@tutorial.get("/sql-databases/2/heroes/")
async def read_heroes(offset: int = 0, limit: Annotated[int, Query(le=100)] = 100):
    return [offset, limit]


@tutorial.get("/sql-databases/2/heroes/{hero_id}")
@tutorial.delete("/sql-databases/2/heroes/{hero_id}")
async def one_hero(hero_id: int):
    if hero_id != 1:
        raise HTTPException(404, "Hero not found")
    return hero_id


@tutorial.patch("/sql-databases/2/heroes/{hero_id}")
async def update_hero(hero_id: int, hero: HeroUpdate):
    return [hero_id, hero]


# ---- types in bodies ---------------------------------------------------------------------------
@dataclass
class Thing:
    name: str
    price: float
    description: str | None = None
    tax: float | None = None


@tutorial.post("/dataclasses/1/items/")
async def dataclasses_1(item: Thing):
    return item


@pydantic_dataclass
class Work:
    name: str
    description: str | None = None


@pydantic_dataclass
class Author:
    name: str
    items: list[Work] = field(default_factory=list)


@tutorial.post("/dataclasses/3/authors/{author_id}/items/", response_model=Author)
async def dataclasses_3(author_id: str, items: list[Work]):
    return {"name": author_id, "items": items}


class Event(BaseModel):
    title: str
    timestamp: datetime
    description: str | None = None


@tutorial.put("/encoder/1/items/{id}")
@tutorial.put("/response-directly/1/items/{id}")
async def update_event(id: str, item: Event):
    timestamp = item.timestamp if item.timestamp.tzinfo else item.timestamp.replace(tzinfo=timezone.utc)
    return [id, item.title, int(timestamp.timestamp()), item.description]


@tutorial.put("/extra-data-types/1/items/{item_id}")
async def extra_data_types(
    item_id: UUID,
    start_datetime: Annotated[datetime, Body()],
    end_datetime: Annotated[datetime, Body()],
    process_after: Annotated[timedelta, Body()],
    repeat_at: Annotated[time | None, Body()] = None,
):
    return [item_id, start_datetime.timestamp(), end_datetime.timestamp(), process_after, repeat_at]


class Base64Data(BaseModel):
    model_config = {"val_json_bytes": "base64"}
    description: str
    data: bytes


@numbered("POST", "json-base64-bytes", "1", "/data")
@numbered("POST", "json-base64-bytes", "1", "/data-in-out")
async def base64_data(body: Base64Data):
    return [body.description, body.data.decode("latin-1")]


# ---- paths and queries -------------------------------------------------------------------------
class ModelName(str, Enum):
    alexnet = "alexnet"
    resnet = "resnet"
    lenet = "lenet"


@tutorial.get("/path-params/1/items/{item_id}")
async def path_1(item_id):
    return item_id


@tutorial.get("/path-params/2/items/{item_id}")
async def path_2(item_id: int):
    return item_id


@tutorial.get("/path-params/3/users/me")
async def path_3_me():
    return "the current user"


@tutorial.get("/path-params/3/users/{user_id}")
async def path_3(user_id: str):
    return user_id


@tutorial.get("/path-params/4/files/{file_path:path}")
async def path_4(file_path: str):
    return file_path


@tutorial.get("/path-params/5/models/{model_name}")
async def path_5(model_name: ModelName):
    return model_name


@tutorial.get("/path-params-numeric-validations/1/items/{item_id}")
async def numeric_1(item_id: int, q: Annotated[str | None, Query(alias="item-query")] = None):
    return [item_id, q]


@numbered("GET", "path-params-numeric-validations", "2 3", "/items/{item_id}")
async def numeric_2(item_id: int, q: str):
    return [item_id, q]


@tutorial.get("/path-params-numeric-validations/4/items/{item_id}")
async def numeric_4(item_id: Annotated[int, Path(ge=1)], q: str):
    return [item_id, q]


@tutorial.get("/path-params-numeric-validations/5/items/{item_id}")
async def numeric_5(item_id: Annotated[int, Path(gt=0, le=1000)], q: str):
    return [item_id, q]


@tutorial.get("/path-params-numeric-validations/6/items/{item_id}")
async def numeric_6(
    item_id: Annotated[int, Path(ge=0, le=1000)], q: str, size: Annotated[float, Query(gt=0, lt=10.5)]
):
    return [item_id, q, size]


@tutorial.get("/query-params/1/items/")
async def query_1(skip: int = 0, limit: int = 10):
    return [skip, limit]


@tutorial.get("/query-params/2/items/{item_id}")
async def query_2(item_id: str, q: str | None = None):
    return [item_id, q]


@tutorial.get("/query-params/3/items/{item_id}")
async def query_3(item_id: str, q: str | None = None, short: bool = False):
    return [item_id, q, short]


@tutorial.get("/query-params/4/users/{user_id}/items/{item_id}")
async def query_4(user_id: int, item_id: str, q: str | None = None, short: bool = False):
    return [user_id, item_id, q, short]


@tutorial.get("/query-params/5/items/{item_id}")
async def query_5(item_id: str, needy: str):
    return [item_id, needy]


@tutorial.get("/query-params/6/items/{item_id}")
async def query_6(item_id: str, needy: str, skip: int = 0, limit: int | None = None):
    return [item_id, needy, skip, limit]


class Filter(BaseModel):
    limit: int = Field(100, gt=0, le=100)
    offset: int = Field(0, ge=0)
    order_by: Literal["created_at", "updated_at"] = "created_at"
    tags: list[str] = []


class StrictFilter(Filter):
    model_config = {"extra": "forbid"}


@tutorial.get("/query-param-models/1/items/")
async def query_model_1(filter_query: Annotated[Filter, Query()]):
    return filter_query


@tutorial.get("/query-param-models/2/items/")
async def query_model_2(filter_query: Annotated[StrictFilter, Query()]):
    return filter_query


def known_id(id: str) -> str:
    if not id.startswith(("isbn-", "imdb-")):
        raise ValueError('The id must start with "isbn-" or "imdb-"')
    return id


LONG: dict[str, Any] = dict(min_length=3, max_length=50, pattern="^fixedquery$")
TEXTS: dict[str, tuple[Any, Any, Any]] = {  # by the number of the example: type, default and constraints of `q`
    "1": (str | None, None, Query()),
    "2": (str | None, None, Query(max_length=50)),
    "3": (str | None, None, Query(min_length=3, max_length=50)),
    "4": (str | None, None, Query(**LONG)),
    "5": (str, "fixedquery", Query(min_length=3)),
    "6": (str, ..., Query(min_length=3)),
    "6c": (str | None, ..., Query(min_length=3)),
    "7": (str | None, None, Query(min_length=3)),
    "8": (str | None, None, Query(min_length=3)),
    "9": (str | None, None, Query(alias="item-query")),
    "10": (str | None, None, Query(alias="item-query", **LONG)),
    "11": (list[str] | None, None, Query()),
    "12": (list[str], ["foo", "bar"], Query()),
    "13": (list, [], Query()),
    "14": (str | None, None, Query(alias="hidden_query")),
    "15": (Annotated[str, AfterValidator(known_id)] | None, None, Query(alias="id")),
}
for number, (kind, default, constraints) in TEXTS.items():

    async def read_text(q):  # type: ignore[no-untyped-def]
        return {"q": q}

    read_text.__annotations__ = {"q": Annotated[kind, constraints]}
    if default is not ...:
        read_text.__defaults__ = (default,)
    tutorial.get(f"/query-params-str-validations/{number}/items/")(read_text)


@tutorial.post("/response-status-code/1/items/", status_code=201)
async def name_in_query(name: str):
    return name


@tutorial.get("/events/3/predict")
async def predict(x: float):
    return x * 42


@numbered("GET", "additional-responses", "2 4", "/items/{item_id}")
async def item_or_image(item_id: str, img: bool | None = None):
    return [item_id, img]


@numbered("GET", "additional-responses", "1 3", "/items/{item_id}")
async def item_or_message(item_id: str):
    return item_id if item_id == "foo" else JSONResponse({"message": "Item not found"}, 404)


@numbered("GET", "response-model", "3-02 3-05", "/portal")
async def portal(teleport: bool = False):
    return RedirectResponse("/elsewhere") if teleport else JSONResponse("stay")


# ---- headers and cookies -----------------------------------------------------------------------
@tutorial.get("/header-params/1/items/")
async def header_1(user_agent: Annotated[str | None, Header()] = None):
    return user_agent


@tutorial.get("/header-params/2/items/")
async def header_2(strange_header: Annotated[str | None, Header(convert_underscores=False)] = None):
    return strange_header


@tutorial.get("/header-params/3/items/")
async def header_3(x_token: Annotated[list[str] | None, Header()] = None):
    return x_token


class CommonHeaders(BaseModel):
    host: str
    save_data: bool
    if_modified_since: str | None = None
    traceparent: str | None = None
    x_tag: list[str] = []


class StrictHeaders(CommonHeaders):
    model_config = {"extra": "forbid"}
    connection: str | None = Field(None, exclude=True)  # `record.py` always sends it


@tutorial.get("/header-param-models/1/items/")
async def header_model_1(headers: Annotated[CommonHeaders, Header()]):
    return headers


@tutorial.get("/header-param-models/2/items/")
async def header_model_2(headers: Annotated[StrictHeaders, Header()]):
    return headers


@tutorial.get("/header-param-models/3/items/")
async def header_model_3(headers: Annotated[CommonHeaders, Header(convert_underscores=False)]):
    return headers


@tutorial.get("/server-sent-events/4/items/stream")
async def stream(last_event_id: Annotated[int | None, Header()] = None):
    return last_event_id


@tutorial.get("/cookie-params/1/items/")
async def cookie_1(ads_id: Annotated[str | None, Cookie()] = None):
    return ads_id


class Cookies(BaseModel):
    session_id: str
    fatebook_tracker: str | None = None
    googall_tracker: str | None = None


class StrictCookies(Cookies):
    model_config = {"extra": "forbid"}


@tutorial.get("/cookie-param-models/1/items/")
async def cookie_model_1(cookies: Annotated[Cookies, Cookie()]):
    return cookies


@tutorial.get("/cookie-param-models/2/items/")
async def cookie_model_2(cookies: Annotated[StrictCookies, Cookie()]):
    return cookies


# ---- forms and files ---------------------------------------------------------------------------
class Login(BaseModel):
    username: str
    password: str


class StrictLogin(Login):
    model_config = {"extra": "forbid"}


@tutorial.post("/request-forms/1/login/")
async def form_1(username: Annotated[str, Form()], password: Annotated[str, Form()]):
    return [username, password]


@tutorial.post("/request-form-models/1/login/")
async def form_model_1(data: Annotated[Login, Form()]):
    return data


@tutorial.post("/request-form-models/2/login/")
async def form_model_2(data: Annotated[StrictLogin, Form()]):
    return data


@numbered("POST", "request-files", "1 1-03", "/files/")
async def file_size(file: Annotated[bytes, File()]):
    return len(file)


@numbered("POST", "request-files", "1 1-03", "/uploadfile/")
async def file_name(file: UploadFile):
    return file.filename


@tutorial.post("/request-files/1-02/files/")
async def optional_file_size(file: Annotated[bytes | None, File()] = None):
    return None if file is None else len(file)


@tutorial.post("/request-files/1-02/uploadfile/")
async def optional_file_name(file: UploadFile | None = None):
    return None if file is None else file.filename


@numbered("POST", "request-files", "2 3", "/files/")
async def file_sizes(files: Annotated[list[bytes], File()]):
    return [len(file) for file in files]


@numbered("POST", "request-files", "2 3", "/uploadfiles/")
async def file_names(files: list[UploadFile]):
    return [file.filename for file in files]


@tutorial.post("/request-forms-and-files/1/files/")
async def form_and_files(
    file: Annotated[bytes, File()], fileb: Annotated[UploadFile, File()], token: Annotated[str, Form()]
):
    return [len(file), fileb.content_type, token]


# ---- dependencies ------------------------------------------------------------------------------
class Common:
    def __init__(self, q: str | None = None, skip: int = 0, limit: int = 100):
        self.read = [q, skip, limit]


@numbered("GET", "dependencies", "1 1-02", "/items/")
@numbered("GET", "dependencies", "1 1-02", "/users/")
@numbered("GET", "dependencies", "2 3 4", "/items/")
async def common(common: Annotated[Common, Depends()]):
    return common.read


def only_q(q: str | None = None):
    return q


def q_or_last(q: Annotated[str | None, Depends(only_q)], last_query: Annotated[str | None, Cookie()] = None):
    return q or last_query


@tutorial.get("/dependencies/5/items/")
async def dependencies_5(query: Annotated[str | None, Depends(q_or_last)]):
    return query


async def check_token(x_token: Annotated[str, Header()]):
    if x_token != "fake-super-secret-token":
        raise HTTPException(400, "Wrong X-Token")


async def check_key(x_key: Annotated[str, Header()]):
    if x_key != "fake-super-secret-key":
        raise HTTPException(400, "Wrong X-Key")


BOTH = [Depends(check_token), Depends(check_key)]


@numbered("GET", "dependencies", "6 12", "/items/", dependencies=BOTH)
@numbered("GET", "dependencies", "12", "/users/", dependencies=BOTH)
async def behind_two():
    return "open"


def contains_bar(q: str = ""):
    return "bar" in q


@tutorial.get("/dependencies/11/query-checker/")
async def dependencies_11(contains: Annotated[bool, Depends(contains_bar)]):
    return contains


async def check_query_token(token: str):
    if token != "jessica":
        raise HTTPException(400, "Wrong token")


bigger = APIRouter(prefix="/bigger-applications/1", dependencies=[Depends(check_query_token)])
behind_header = APIRouter(dependencies=[Depends(check_token)])


@bigger.get("/")
@bigger.get("/users/")
@bigger.get("/users/me")
async def bigger_open():
    return "open"


@bigger.get("/users/{username}")
async def bigger_user(username: str):
    return username


@behind_header.get("/items/")
@behind_header.post("/admin/")
async def bigger_behind_header():
    return "open"


@behind_header.get("/items/{item_id}")
async def bigger_read(item_id: str):
    if item_id != "plumbus":
        raise HTTPException(404, "Item not found")
    return item_id


@behind_header.put("/items/{item_id}")
async def bigger_update(item_id: str):
    if item_id != "plumbus":
        raise HTTPException(403, "Not this item")
    return item_id


bigger.include_router(behind_header)
tutorial.include_router(bigger)

ACCOUNTS = {"johndoe": ("secret", True), "alice": ("secret2", False)}  # password, and whether the account is active
UNAUTHENTICATED = HTTPException(401, "Not authenticated", {"WWW-Authenticate": "Bearer"})


@tutorial.post("/security/3/token")
async def security_token(form: Annotated[OAuth2PasswordRequestForm, Depends()]):
    if form.password != ACCOUNTS.get(form.username, (None,))[0]:
        raise HTTPException(400, "Wrong username or password")
    return [form.username, form.scopes, form.client_id, form.client_secret]


@tutorial.get("/security/3/users/me")
async def security_me(token: Annotated[str, Depends(OAuth2PasswordBearer("token"))]):
    if token not in ACCOUNTS:
        raise UNAUTHENTICATED
    if not ACCOUNTS[token][1]:
        raise HTTPException(400, "Inactive user")
    return token


# ---- errors ------------------------------------------------------------------------------------
def application(path: str) -> FastAPI:
    apps[f"/tutorial/{path}"] = FastAPI(**OFF)
    return apps[f"/tutorial/{path}"]


errors_3, errors_4, errors_5, errors_6 = (application(f"handling-errors/{number}") for number in (3, 4, 5, 6))


@tutorial.get("/handling-errors/1/items/{item_id}")
async def errors_1(item_id: str):
    if item_id != "foo":
        raise HTTPException(404, "Item not found")
    return item_id


@tutorial.get("/handling-errors/2/items-header/{item_id}")
async def errors_2(item_id: str):
    if item_id != "foo":
        raise HTTPException(404, "Item not found", {"X-Error": "no such item"})
    return item_id


class UnicornError(Exception):
    pass


@errors_3.exception_handler(UnicornError)
async def on_unicorn(request: Request, exc: UnicornError):
    return JSONResponse({"message": f"{exc} failed"}, 418)


@errors_3.get("/unicorns/{name}")
async def unicorn(name: str):
    if name == "yolo":
        raise UnicornError(name)
    return name


@errors_4.exception_handler(StarletteHTTPException)
async def as_text(request: Request, exc: StarletteHTTPException):
    return PlainTextResponse(str(exc.detail), exc.status_code)


@errors_4.exception_handler(RequestValidationError)
async def invalid_as_text(request: Request, exc: RequestValidationError):
    lines = [f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in exc.errors()]
    return PlainTextResponse("\n".join(lines), 400)


@errors_5.exception_handler(RequestValidationError)
async def invalid_with_body(request: Request, exc: RequestValidationError):
    return JSONResponse(jsonable_encoder({"detail": exc.errors(), "body": exc.body}), 422)


class Sized(BaseModel):
    title: str
    size: int


@errors_5.post("/items/")
async def create_sized(item: Sized):
    return item


@errors_6.exception_handler(StarletteHTTPException)
async def default_http(request: Request, exc: StarletteHTTPException):
    return await http_exception_handler(request, exc)


@errors_6.exception_handler(RequestValidationError)
async def default_invalid(request: Request, exc: RequestValidationError):
    return await request_validation_exception_handler(request, exc)


@errors_4.get("/items/{item_id}")
@errors_6.get("/items/{item_id}")
async def not_three(item_id: int):
    if item_id == 3:
        raise HTTPException(418, "Not 3")
    return item_id
