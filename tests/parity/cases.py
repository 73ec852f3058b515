"""The requests asked of the reference app and of the port: a table, area by area.

Names are made from the request itself, so a row is just the request. See README.md to add one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

Header = tuple[str, str]
JSON, URLENCODED, TEXT_PLAIN = "application/json", "application/x-www-form-urlencoded", "text/plain"


@dataclass(frozen=True)
class Case:
    name: str
    method: str
    path: str
    headers: tuple[Header, ...]
    body: bytes | None  # None: no body and no content-length


@dataclass(frozen=True)
class Socket:
    name: str
    path: str
    headers: tuple[Header, ...]
    send: tuple[str | bytes, ...]  # what the client says when it is open
    close: tuple[int, str] | None  # how the client closes then, if it is not to wait for the server


def request(method: str, path: str, *headers: Header, body: str | bytes | None = None, name: str = "") -> Case:
    raw = body.encode() if isinstance(body, str) else body
    told = [f"{n}: {v}" for n, v in headers if raw is None or (n, v) != ("content-type", JSON)]
    if raw is not None and "content-type" not in dict(headers):
        told.append("no content-type")
    shown_body = [] if raw is None else [body if isinstance(body, str) else raw.decode("latin-1")] if raw else ["(empty)"]
    words = [method, short(path), *(f"[{short(header)}]" for header in told), *map(short, shown_body)]
    return Case(name or " ".join(words), method, path, headers, raw)


def short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:60]}…{text[-20:]} ({len(text)})"


def socket(
    path: str, *send: str | bytes, close: tuple[int, str] | None = None, headers: tuple[Header, ...] = (), name: str = ""
) -> Socket:
    said = [short(m if isinstance(m, str) else repr(m)) for m in send]
    closed = [] if close is None else [f"close {close[0]} {close[1]}".strip()]
    words = [short(path), *(f"[{short(': '.join(header))}]" for header in headers), *said, *closed]
    return Socket(name or " ".join(words), path, headers, send, close)


def get(path: str, *headers: Header, name: str = "") -> Case:
    return request("GET", path, *headers, name=name)


def post(path: str, body: str | bytes | None, *headers: Header, ctype: str | None = JSON, name: str = "") -> Case:
    kind = [] if ctype is None else [("content-type", ctype)]
    return request("POST", path, *kind, *headers, body=body, name=name)


def form(path: str, body: str | bytes) -> Case:
    return post(path, body, ctype=URLENCODED)


def pct(text: str) -> str:
    return quote(text, safe="")


def as_header(text: str) -> str:
    """The header value whose bytes are the UTF-8 of the text."""
    return text.encode().decode("latin-1")


AREAS: dict[str, list[Case | Socket]] = {}


def area(name: str) -> Callable[[Callable[[], Iterator[Case | Socket]]], None]:
    def collect(cases: Callable[[], Iterator[Case | Socket]]) -> None:
        AREAS.setdefault(name, []).extend(cases())
        names = [case.name for case in AREAS[name]]
        doubled = sorted({n for n in names if names.count(n) > 1})
        assert not doubled, f"{name}: asked twice: {doubled}"

    return collect


# ---- http --------------------------------------------------------------------------------------
STATUSES = [
    *range(400, 419), 420, 421, 422, 423, 424, 425, 426, 428, 429, 431, 440, 444, 451, 460, 498, 499, *range(500, 512), 520,
    598, 599, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 299, 300, 301, 302, 303, 304, 305, 307, 308, 399,
]  # fmt: skip
NO_RESPONSE_STATUSES = [-1, 0, 1, 99, 100, 101, 103, 199, 600, 999, 1000, 10**20]

DETAILS = [
    '"Item not found"', '""', '"café ☃ 😀"', '"q\\" b\\\\ s/ n\\n t\\t r\\r f\\f b\\b nul\\u0000 us\\u001f <>&\'"',
    '"\\u007f\\u0080\\u2028\\u2029\\ufeff"', '{"code":"E1","msg":"x"}', "{}", '["a",1,null,true]', "[]", "null", "0", "-0",
    "42", "-1", "true", "false", '{"a":{"b":[{"c":[1,[2,{"d":null}]]}]}}', "1180591620717411303424", "-9223372036854775809",
    "1.5", "1.0", "-0.0", "1e16", "1e15", "123456789012345680.0", "1e-7", "1e-5", "1e-4", "1e22", "5e-324",
    "1.7976931348623157e308", "0.1", "1E400", "-1e400", "NaN", "Infinity", '[NaN]', '"\\ud800"', '{"\\ud83d":1}',
    '"\\ud83d\\ude00"', '{"b":1,"a":2,"b":3}', '{"_sa_x":1}', '{"é":"ü"}', "", "{bad", "[1,]", "nul", ' "spaced" ',
    '{"a" : [1 , 2]}', '[{"type":"x","loc":["body"],"msg":"m"}]',
]  # fmt: skip

HEADERS = [
    '{"X-Error":"There goes my error"}', '{"X-A":"1","X-B":"2"}', '{"x-b":"2","x-a":"1"}', "{}", "null", "[]", '""', "0",
    '{"WWW-Authenticate":"Bearer"}', '{"Retry-After":"120"}', '{"Set-Cookie":"a=1; Path=/"}', '{"Location":"/elsewhere"}',
    '{"X-E":""}', '{"X-L":"café"}', '{"X-L":"日本"}', '{"X-I":1}', '{"X-N":null}', '{"X-L":["a"]}',
    '{"Content-Type":"application/problem+json"}', '{"content-type":"text/plain"}',
    '{"CONTENT-TYPE":"text/html; charset=utf-8"}', '{"X-A":"1","x-a":"2"}', '{"X-Tab":"a\\tb"}', '{"Allow":"GET, POST"}',
    '{"Cache-Control":"no-store","ETag":"\\"abc\\"","Vary":"Origin"}', "{bad", '["x"]', '"x"', "1",
    '{"X-C":"a\\u001fb"}', '{"X-C":"a\\r\\nX-D: b"}', '{"X-C":"a\\u0000"}', '{"X-C":"a\\u007f"}', '{"X-C":"a "}', '{"X-C":" "}', '{"X C":"a"}',
    '{"":"a"}', '{"X:C":"a"}', '{"é":"a"}',
]  # fmt: skip


@area("http")
def http() -> Iterator[Case]:
    yield get("/http/ok")
    yield get("/http/ok?x=1")
    for method in ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        yield request(method, "/http/ok")
    for status in STATUSES:
        yield get(f"/http/raise/{status}")
    for status in NO_RESPONSE_STATUSES:
        yield get(f"/http/raise/{status}")
    for status in ("abc", "4.0", "404.5", "%20404", "+404", "4_04", "404x", "0404", "-404", "%EF%BC%94", "1e2", "true"):
        yield get(f"/http/raise/{status}")
    for detail in DETAILS:
        yield get(f"/http/raise/400?d={pct(detail)}", name=f"detail {detail}")
    for headers in HEADERS:
        yield get(f"/http/raise/400?h={pct(headers)}", name=f"headers {headers}")
    for status in (200, 204, 205, 304, 307, 401, 429, 500, 503, 599):
        query = 'd={"a":1}&h={"X-A":"1","ETag":"abc"}'
        yield get(f"/http/raise/{status}?{quote(query, safe='=&')}", name=f"detail and headers {status}")
    for status in (204, 205, 304):
        for detail in ("[NaN]", '"\\ud800"'):
            yield get(f"/http/raise/{status}?d={pct(detail)}", name=f"detail {status} {detail}")
        yield get(f"/http/raise/{status}?h={pct(json.dumps({'Content-Type': 'text/x'}))}", name=f"content-type {status}")
    yield get("/http/raise/400?d=1&d=2")
    yield get("/http/raise/400?D=1&x=2")
    yield get("/http/raise/abc?d=1", name="the path is wrong before the detail matters")
    for accept in ("text/html", "image/png", "*/*"):
        yield get("/http/raise/404", ("accept", accept))
    yield get("/http/unhandled")
    yield get("/http/unhandled", ("accept", "application/json"))
    yield get("/http/chained")
    yield get("/http/subclass")
    yield request("HEAD", "/http/subclass")
    for code in (400, 401, 404, 405, 418, 422, 499, 500, 503, 599, 399, 600, 0, -1, 200, "abc", "4e2", "404.0", "9" * 30, "%2B0", "0_26"):
        yield get(f"/http/returned/{code}")


# ---- route -------------------------------------------------------------------------------------
UNKNOWN = [
    "/", "/nope", "/http", "/http/", "/http/ok/", "/HTTP/ok", "/http//ok", "//http/ok", "/http/ok/x", "/http/raise",
    "/http/raise/", "/http/raise/404/x", "/route", "/route/get-only/", "/route/Get-Only", "/route/seg", "/route/seg/",
    "/route/seg/a/b", "/route/seg/a/", "/route/seg//", "/v", "/v/nope", "/v/path", "/v/path/", "/v/path/1/2", "/v/path-two/1",
    "/t", "/t/body", "/t/body/nope", "/t/query/none", "/t/path/int", "/t/path/int/", "/t/path/opt-int/5", "/t/cookie/list-int",
    "/r", "/r/nope", "/ws", "/docs", "/redoc", "/openapi.json", "/favicon.ico", "/%20", "/%ff", "/caf%C3%A9", "/.", "/..",
    "/http/../http/ok", "/route%2Fget-only", "/route/get-only%20", "/r%6Fute/get-only", "/route/get%2Donly",
    "/route/get-only%0A%0A", "/ws/", "/ws/echo", "/ws/before", "/ws/after?code=4001", "/ws/valid/1?q=1", "/ws/nope",
]  # fmt: skip
SEGMENTS = [
    "a", "a%20b", "a+b", "%2B", "%C3%A9", "%F0%9F%98%80", "%ff", "a%ffb", "%C3", "%ED%A0%80", "%zz", "%", "%2", "%2F", "a%2Fb",
    "%252F", "%00", "%0A", "a%0A", "%3F", "%23", "a;b", "a=b", "a,b", "a:b", "@", "$", "!", "~", "*", "'", "(x)", "%22", "%5C",
    ".", "..", "a.b", "%7B%7D", "a%25b", "0", "x" * 200,
]  # fmt: skip


@area("route")
def route() -> Iterator[Case]:
    for path in UNKNOWN:
        yield get(path)
    for method in ("POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "FOO", "get"):
        yield request(method, "/nope")
        yield request(method, "/route/get-only")
        yield request("GET" if method == "POST" else method, "/route/post-only")
    yield get("/route/get-only")
    yield get("/route/get-only?")
    yield get("/route/get-only%0A")
    yield request("POST", "/route/post-only")
    yield post("/route/post-only", "{bad", name="a body nobody asked for is not read")
    yield request("POST", "/ws/echo")
    yield request("GET", "/v/query?q=5&r=a", ("content-type", JSON), body="{bad", name="nor is one of a GET")
    yield post("/route/get-only", "{bad", name="405 before the body is read")
    yield post("/nope", "{bad", name="404 before the body is read")
    for method, path in [
        ("POST", "/v/path/abc"), ("DELETE", "/v/path/1"), ("GET", "/v/body"), ("PUT", "/v/body"), ("POST", "/v/query"),
        ("POST", "/route/seg/x"), ("GET", "/v/form"), ("GET", "/v/multi/1"), ("GET", "/t/body/int"), ("POST", "/t/query/int"),
        ("POST", "/t/path/int/5"), ("GET", "/t/form/int"), ("POST", "/t/header/int"), ("POST", "/t/cookie/int"),
        ("POST", "/r/bad"), ("POST", "/http/raise/404"), ("HEAD", "/v/body"), ("OPTIONS", "/v/body"),
    ]:  # fmt: skip
        yield request(method, path)
    for segment in SEGMENTS:
        yield get(f"/route/seg/{segment}")
    yield get("/route/seg/a?v=b")


# ---- r -----------------------------------------------------------------------------------------
@area("r")
def response_model() -> Iterator[Case]:
    yield get("/r/bad")
    yield get("/r/bad?x=1", ("accept", "application/json"))
    for method in ("HEAD", "POST", "OPTIONS"):
        yield request(method, "/r/bad")


# ---- h: custom handlers ------------------------------------------------------------------------
RAISED = [
    "base", "child", "grandchild", "value-error", "boom", "raises-other", "raises-http", "http-404", "http-418", "http-402",
    "http-500", "apphttp-402", "apphttp-404", "apphttp-500", "http-413-chain", "http-414-chain", "rve", "http-422",
    "unknown-kind",
]  # fmt: skip


@area("h")
def handlers() -> Iterator[Case]:
    for mount in ("/h", "/h500", "/hexc", "/hexcbad"):
        for kind in RAISED:
            yield get(f"{mount}/raise/{kind}")
        yield request("POST", f"{mount}/raise/child")
        yield request("HEAD", f"{mount}/raise/http-404")
        for path in ("", "/", "/nope", "/raise", "/raise/", "/raise/a/b", "/raise/child/", "//", "/http/ok"):
            yield get(mount + path)
        for method in ("POST", "HEAD", "OPTIONS"):
            yield request(method, f"{mount}/nope")
    for path in (
        "/hx", "/H/raise/child", "/h/raise/a%2Fb", "/h//raise/child", "/h/raise/%ff", "/h/r%61ise/child", "/%68/raise/child",
        "/h%2Fraise/child", "/h/raise/a%0Ab", "/hs/items/1%0A%20",
    ):  # fmt: skip
        yield get(path)
    for method in ("POST", "PUT", "DELETE", "HEAD", "OPTIONS"):
        yield request(method, "/h/get-only")
    yield get("/h/get-only")
    yield get("/h/item")
    yield get("/h/returned-404")
    for body in (
        '{"name":"x","price":1}', "{}", "{bad", "", "null", "[]", '{"name":1,"price":"y"}', "9" * 4301, '{"price":NaN}',
        b'{"name":"\xe9"}',
    ):  # fmt: skip
        yield post("/h/item", body)
    yield post("/h/item", '{"name":"x","price":1}', ctype=TEXT_PLAIN)
    yield post("/h/item", "[" * 5000, name="/h/item too deep")
    for query in ("", "?q=x", "?q=5", "?q=", "?q=1.5", "?q=9223372036854775808"):
        yield get(f"/hexc/rve{query}")
    for mount in ("/hs", "/hreuse"):
        for item in ("1", "3", "abc", "1.5", "-1", "%20", "%C3%A9", "9223372036854775808", "3.0", "%203", "", "1/2", "nul%00"):
            yield get(f"{mount}/items/{item}")
        for path in ("", "/", "/nope", "/items"):
            yield get(mount + path)
        for method in ("POST", "HEAD", "OPTIONS"):
            yield request(method, f"{mount}/items/1")
            yield request(method, f"{mount}/nope")
    for item, body, ctype in [
        ("1", '{"name":"x","price":1}', JSON), ("abc", '{"name":"x","price":1}', JSON),
        ("1", '{"name":1,"price":"y","tags":[1,"a"]}', JSON), ("x", '{"name":1}', JSON), ("1", "{bad", JSON),
        ("x", "{bad", JSON), ("1", "", JSON), ("x", "", JSON), ("1", "null", JSON), ("1", "[]", JSON), ("1", '"text"', JSON),
        ("1", "5", JSON), ("1", '{"name":"é","price":"1e-7x"}', JSON), ("1", '{"price":1e16,"_sa_x":1,"n":1e-7}', JSON),
        ("x", '{"name":"x","price":1,"_sa_x":1,"n":{"_sa":[{"_sa":1}]}}', JSON),
        ("1", '{"name":"x","price":1}', TEXT_PLAIN), ("1", "plain", TEXT_PLAIN), ("1", "é", TEXT_PLAIN),
        ("1", "name=x&price=1", URLENCODED), ("1", "\ufeff{bad", JSON), ("1", "{'é': 1}", JSON), ("1", b"\xff", JSON),
        ("1", b"\xff", TEXT_PLAIN), ("1", '{"price":NaN}', JSON), ("1", '{"name":"\\ud800"}', JSON),
        ("1", "{bad".encode("utf-16"), JSON), ("1", " ", JSON),
    ]:  # fmt: skip
        yield post(f"/hv/items/{item}", body, ctype=ctype)
    yield post("/hv/items/1", '{"name":"x","price":1}', ctype=None)
    yield post("/hv/items/1", None, ctype=None)
    for path in ("/hv/q", "/hv/q?q=x", "/hv/q?q=5", "/hv/q?q=", "/hv/nope", "/hv", "/hv/", "/hv/items/1"):
        yield get(path)
    yield request("POST", "/hv/q")


# ---- v: validation by source -------------------------------------------------------------------
VALID_ITEM = '{"name":"x","price":1}'
PATH_INTS = [
    "5", "abc", "1.5", "5.0", "5.", "-5", "+5", "%205%20", "1_000", "007", "%D9%A3", "0", "11", "10", "1",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "9" * 25, "1e3", "0x10",
    "true", "null", "NaN", "%C3%A9", "%ff", "%zz", "5%0A", "%00", "a%2Fb", "%20",
]  # fmt: skip
QUERIES = [
    "", "?", "?q=5&r=a", "?q=x&r=a", "?q=&r=", "?q&r", "?q=1&q=x&r=a", "?q=x&q=1&r=a", "?q=1.5&r=1&s=x", "?q=5&r=a&s=",
    "?q=5&r=a&s=1e3", "?q=5&r=a&s=nan", "?Q=5&R=a", "?q=5&r=a+b%20c", "?q=5&r=%ff", "?q=5&r=%zz", "?q=5&r=%C3%A9", "?q=5;r=a",
    "?q=5&r=a;s=2", "?q=5&amp;r=a", "?q==5&r==", "?q=%2B5&r=%2B", "?q=+5&r=+", "?&&q=5&&r=a&", "?q=5&r=a&unknown=1",
    "?%71=5&%72=a", "?q[]=5&r=a", "?q=5&r=", "?r=a", "?s=x", "?q=x&s=x", "?q=5&r=a?b", "?q=5&r=%00", "?q=5&r=a=b",
    "?=5&q=5&r=a", "?q=5&r=%2526", "?q=5&r=a%26s%3D9", "?q=%F0%9F%98%80&r=%F0%9F%98%80", "?q=5&r=%ED%A0%80", "?s=1&r=b&q=2",
    "?q=%EF%BB%BF5&r=a",
]  # fmt: skip
QUERY_MODEL = [
    "", "?must=x&limit=0&order_by=z", "?must=1&extra=1&extra=2", "?extra=1", "?must=", "?limit=100", "?limit=101", "?limit=1",
    "?limit=-1", "?limit=x&extra=e", "?limit=50&limit=500", "?order_by=created_at", "?order_by=updated_at",
    "?order_by=CREATED_AT", "?order_by=", "?order_by=z&order_by=created_at", "?tags=a", "?tags=a&tags=b", "?tags=",
    "?tags=1&tags=", "?tags=a,b", "?must=5&b=1&a=2&c=3", "?a=1&a=2&must=x&b=", "?limit=0&tags=a&must=1.5",
    "?must=9223372036854775808", "?limit=9223372036854775808", "?Limit=5", "?limit=5.0", "?tags[]=a", "?=x", "?%C3%A9=1",
    "?limit=100&order_by=updated_at&tags=x&tags=y&must=7",
]  # fmt: skip


@area("v")
def path_and_query() -> Iterator[Case]:
    for item in PATH_INTS:
        yield get(f"/v/path/{item}")
    for item in ("0", "1", "10", "11", "5.0", "10.0", "abc", "-1", "9223372036854775808", "-9223372036854775809", "1.5"):
        yield get(f"/v/path-range/{item}")
    for pair in ("1/2", "x/y", "x/1", "1.5/y", "1.5/2", "1/1.5", "nan/1", "1e400/1", "%20/%20", "inf/-1", "x%2Fy/1", "/1", "1/", "/"):
        yield get(f"/v/path-two/{pair}")
    for query in QUERIES:
        yield get(f"/v/query{query}")
    for query in ("", "?q=5", "?q=x", "?q=", "?q=null", "?q=None", "?q=1&q=x", "?q=5.0", "?r=1"):
        yield get(f"/v/query-opt{query}")
    for query in (
        "", "?q=1", "?q=1&q=x&q=y", "?q=", "?q", "?q=1,2", "?q=x", "?q[]=1", "?q=1&q=&q=2", "?q=1.5&q=9223372036854775808",
        "?q=%5B1%5D", "?Q=1",
    ):  # fmt: skip
        yield get(f"/v/query-list{query}")
        yield get(f"/v/query-list-opt{query}")
    for query in ("?q=1&q=2", "?q=1&q=2&q=3", "?q=x&q=y&q=z", "?q=x&q=1"):
        yield get(f"/v/query-list-opt{query}")
    for query in (
        "", "?item-query=5", "?item-query=x", "?q=5", "?item_query=5", "?Item-Query=5", "?item%2Dquery=5", "?item-query=",
    ):  # fmt: skip
        yield get(f"/v/query-alias{query}")
    for value in (
        "", "?q=", "?q=abc", "?q=ABC", "?q=ab", "?q=abcdef", "?q=ABCDEF", "?q=AB", "?q=abc%0A", "?q=a%20c",
        "?q=%C3%A9%C3%A9%C3%A9", "?q=%F0%9F%98%80", "?q=12345", "?q=abcde", "?q=ab+",
    ):  # fmt: skip
        yield get(f"/v/query-str{value}")
    for value in (
        "", "?q=2", "?q=", "?q=1", "?q=ON", "?q=Yes", "?q=%20true", "?q=tRuE", "?q=off", "?q=n", "?q=T", "?q=0.0", "?q=null",
        "?q=-1", "?q=00",
    ):  # fmt: skip
        yield get(f"/v/query-bool{value}")
    for query in QUERY_MODEL:
        yield get(f"/v/query-model{query}")


@area("v")
def headers_and_cookies() -> Iterator[Case]:
    for name in ("header", "header-list"):
        yield get(f"/v/{name}")
        for value in (
            "5", "abc", "", "5 6", "5.0", "1,2", "5, 6", "9223372036854775808", "\xe9", as_header("é"), "null", "+5", "-5",
            "1.5",
        ):  # fmt: skip
            yield get(f"/v/{name}", ("x-token", value))
        yield get(f"/v/{name}", ("X-TOKEN", "x"))
        yield get(f"/v/{name}", ("x_token", "5"))
        yield get(f"/v/{name}", ("x-token", "5"), ("x-token", "x"))
        yield get(f"/v/{name}", ("x-token", "x"), ("x-token", "5"))
        yield get(f"/v/{name}", ("x-token", "x"), ("x-token", ""), ("x-token", "5"), ("x-token", "1.5"))
        yield get(f"/v/{name}", ("x-other", "5"))
    yield get("/v/cookie")
    for cookie in (
        "session_id=5", "session_id=abc", "session_id=", "session_id", "=5", "5", "", "a=1; session_id=5", "session_id=5; a=1",
        "session_id=1; session_id=x", "session_id=x; session_id=1", 'session_id="5"', 'session_id="a\\"b"',
        'session_id="\\054"', 'session_id="\\303\\251"', 'session_id="5', 'session_id=5"', "session_id=%35", "Session_Id=5",
        "session-id=5", "session_id = 5", "a;session_id=5", "session_id=5;", ";;session_id=5", "session_id=a=b",
        "session_id=5,6", "session_id=\xe9", "session_id=a b", as_header("session_id=é"), "session_id=1.5",
        "session_id=9223372036854775808", "session_id=5\tx", 'session_id=""', "a=1,session_id=5", "$Version=1; session_id=5",
        "session_id= 5", "session_id=null",
    ):  # fmt: skip
        yield get("/v/cookie", ("cookie", cookie))
    yield get("/v/cookie", ("cookie", "a=1"), ("cookie", "session_id=x"))
    yield get("/v/cookie", ("cookie", "session_id=x"), ("cookie", "session_id=5"))
    yield get("/v/cookie", ("Cookie", "session_id=x"))


MALFORMED = [
    # property name
    "{", "{'a':1}", "{a:1}", '{"a":1,}', '{"a":1,,}', "{,", "{1:2}", "{null:1}", '{\n  "name": "x",\n  price: 1\n}',
    '{\n\t"a": 1,\n}', '{"a":1,', '{"a":1, ', "{ ", "{\n\n x", '{"a":{"b":1,}}', "{]", "{[", '{"a":{',
    # value
    "}", "[", "]", "(", "<xml/>", "abc", "nul", "tru", "fals", "True", "None", "undefined", "nan", "-", "+1", "--1", "-a", ".5",
    "infinity", "+Infinity", "-Infinit", "Infinit", "'a'", "NAN", "INFINITY", "Null", "TRUE", '{"a":}', '{"a":,}', '{"a":',
    "[1,", "[1,]", "[,1]", "[1,,2]", "// c\n{}", "/* c */{}", "# c\n{}", '{"a":/*x*/1}', '{"é":x}', '{"😀":x}', "\u00a0{}",
    "\u2003{}", "\u3000{}", "\u2028{}", "\x0b{}", "\x0c{}", "\x00", "\x1f{}", '{"a":tru}', '{"a":nul}', '{"a":-}', '{"a":.1}',
    '{"a":+1}', '{"a":b"}', '{"a":{"b":{"c":}}}', '{"a":[1,{"b":]}', "%7B%7D", "name=x&price=1", "--boundary\r\n",
    "\ufeff\ufeff{}", "[[", "[1, ", '["a",', '{"a": ', '{"a":}}', "[}", "é", "😀", "\\", "=", ",", ":", "{\"a\":\n\n\n?}", "-I",
    "-Inf", "N", "[nul]", "[-]", '[1,2,x]', '{"a":[}',
    # extra data
    "nulll", "truee", "NaNx", "5.", "1.e3", "01", "00", "-01", "0x10", "1_000", "1e", "1e+", "1E-", "1,2", "1 2", "1\n2",
    '{"a":1}x', '{"a":1}{"b":2}', '{"a":1},', '{"a":1}\n\nx', "[]]", '{"a":1} // c', "{}\x00", '{"name":"x","price":1}}',
    '"a"b', '""""', "{}\u00a0", "null null", "1.5.5", "1e5e5", "true false", "-Infinityx", "[] \t\r\n x", "{} \x0b", '"é"x',
    '"😀"x', "1a", "1.5e", "- 1", "0 0", "{}\ufeff",
    # ':' delimiter
    '{"a"}', '{"a" 1}', '{"a"', '{"a" ', '{"a"\n=1}', '{"a","b"}', '{"a"x', '{"é" 1}', '{"😀"', '{""}', '{"a":1,"b"}',
    # ',' delimiter
    '{"a":1 "b":2}', '{"a":1]', '{"a":1', "[1", "[1 2]", "[1}", "[[1]", '{"a":"😀" "b"}', '{"a":"\\ud83d"x}', '{"a":01}',
    '{"a":1.}', "[1,2,3", "[01]", "[1.]", "[1e]", "[1.5 ", '["a" "b"]', '{"a":"b"', '{"a":null', '{"a":[]', '{"a":{}',
    "[nulll]", "[1;2]", '{"a":1;"b":2}', '{"a":1e}', '{"a":0x1}', '{"a":1_0}', '{"a":-0.}',
    # unterminated string
    '{"', '{"a', '"', '"abc', '"abc\\', '"abc\\"', '"\\', '{"a":"b}', '{"a":"b","c}', '["', '"é', '"😀', '{"a": "', '"\\\\\\"',
    # escapes
    '"\\x"', '"\\ "', '"a\\q"', '"\\U0041"', '"\\\'"', '{"a\\x":1}', '"é\\é"', '"\\\n"', '"\\0"', '"\\u12"', '"\\u12G4"',
    '"\\uZZZZ"', '"\\u123', '"\\u"', '"\\u', '"ab\\u00', '"\\u 123"', '"\\u+123"', '"\\u0x12"', '"\\ud83d\\u12"',
    '"\\ud83d\\uZZZZ"', '"\\ud83d\\x"', '{"a":"\\u00é1"}', '"\\u123\u0661"',
    # control characters
    '"a\nb"', '"a\tb"', '"\x00"', '"\x1f"', '"a\rb"', '"\x7f\x1e"', '{"a\n":1}', '"é\n"', '"abc\n', '"\\n\n"',
]  # fmt: skip
JSON_ENCODINGS: dict[str, bytes] = {
    **{f"{e} valid": VALID_ITEM.encode(e) for e in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")},
    **{f"{e} malformed": '{"é": bad}'.encode(e) for e in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be")},
    **{f"{e} echoed": '{"name":"é😀"}'.encode(e) for e in ("utf-8-sig", "utf-16-le", "utf-32-be")},
    "latin-1": b'{"name":"\xe9","price":1}', "fffe string": b'"\xff\xfe"', "lone ff": b"\xff",
    "latin-1 in what is ignored": b'{"name":"x","price":1,"x":{"y":["\xe9"]}}',
    "latin-1 in a key that is ignored": b'{"name":"x","price":1,"\xe9":1}',
    "truncated utf-8": b'{"name":"\xe2\x98',
    "truncated utf-8 in a string": b'{"name":"\xe2\x98","price":1}',
    "overlong": b'"\xc0\xaf"', "cesu surrogate": b'{"name":"\xed\xa0\x80"}',
    "cesu surrogate in a valid body": b'{"name":"\xed\xa0\x80","price":1}',
    "beyond unicode": b'"\xf4\x90\x80\x80"', "continuation": b'"\x80"', "malformed before bad utf-8": b'{bad \xff',
    "bom only": b"\xef\xbb\xbf", "half a bom": b"\xef\xbb", "utf-16 bom only": b"\xff\xfe",
    "utf-16 odd length": b"\xff\xfe{\x00}", "utf-16 lone surrogate": b'\xff\xfe"\x00\x00\xd8"\x00',
    "utf-16-be bom": b"\xfe\xff\x00{\x00}",
    "utf-32-be bom": b"\x00\x00\xfe\xff\x00\x00\x00{\x00\x00\x00}",
    "one nul": b"\x00", "two bytes": b"{\x00", "three bytes": b"[1]", "digit utf-16-le": b"5\x00", "nul digit": b"\x005",
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
}  # fmt: skip
CONTENT_TYPES = [
    "application/json; charset=utf-8", "application/json;charset=latin-1", "APPLICATION/JSON", "application/vnd.api+json",
    "application/problem+json", "application/+json", "application/JSON;foo", "application/json;", "application/json ;x=y",
    "application/hal+JSON", "application/ld+json; profile=\"x\"", "application/geo+json-seq", "application/jsonp",
    "application/x-json", "text/json", "text/plain", "text/html", "text/plain; charset=latin-1", URLENCODED,
    "multipart/form-data; boundary=x", "multipart/form-data", "application/octet-stream", "application/xml", "json",
    "application", "application/", "/json", "application/json, text/plain", "application/json/x", "image/svg+json",
    "garbage;;;", "text/plain; application/json", "application /json", "application/ json", "", ";", "application/json+xml",
    "application/jsonx", "*/*", "application/a+b+json", "application/json charset=utf-8", '"application/json"',
    "application/json\xa0", "\x85application/json\xa0; charset=utf-8", "application/\xa0json", "application/js\xf6n", "application/x\xf6+json",
]  # fmt: skip
ECHOES = [
    '{"name":[1.0,1e16,1e15,123456789012345678.5,1e-5,0.0001,1e22,100000.0,1.10,5e-324,1.7976931348623157e308,0.1,1e20,-0.0,1e-7,9.9e-5,1E5,0.30000000000000004,1e-10,123456.789e3,2.5e-8,1e100,-1.5e-300,4.35,1e21,999999999999999900.0]}',
    '{"name":[0,-0,12345678901234567890,-9223372036854775809,18446744073709551616,1e2,100E-2,-1,9223372036854775807,1234567890123456789012345678901234567890]}',
    '{"z":1,"a":2,"m":{"y":1,"b":2}}', '{"x":"café ☃ 😀"}',
    '{"x":"\\u00e9\\ud83d\\ude00\\u0000\\u001f\\u007f\\u2028\\/\\"\\\\\\b\\f\\n\\r\\t"}',
    '{"_sa_instance":1,"_safe":2,"_s":3,"other":{"_sa":1,"k":[{"_sab":1}]}}', '{"name":"a","name":"b","x":1,"name":"c"}',
    '{"b":1,"a":2,"b":3}', '{"":1," ":2}', '{"é":{"ü":[null,true,false]}}', '{"name":null,"price":null,"tags":null}',
    '{"name":{"_sa_x":1},"price":[{"_sa_x":1}]}', '{"10":1,"9":2,"1":3}', '{"name":"\\ud800"}', '{"name":"\\ud800","price":1}',
    '{"name":"\\udc00\\ud800"}', '{"\\ud800":1}', '{"name":"x","price":"\\udfff"}', '{"name":"\\ud83d\\ude00"}',
    '{"name":"\\ud83d\\\\ude00"}', '{"price":NaN}', '{"name":"x","price":NaN}', '{"price":1e400}', '{"name":"x","price":1e400}',
    '{"name":"x","price":-Infinity}', '{"name":Infinity,"price":1}', '{"name":"x","price":"NaN"}', '{"extra":[[NaN]]}',
    '{"name":"x","price":1,"e":NaN}', '{"name":"x","price":1,"tags":[NaN,-1e999]}', '{"name":"x","price":1e-400}',
    '{"name":1e-400}', '{"name":0.1e1,"price":"0.1e1"}', '{"name":[1e0,1.0e-0,0e5,0.0,-0e0]}',
]  # fmt: skip
ITEMS = [
    VALID_ITEM, '{"name":"x","price":"1.5","description":null,"tax":"2","tags":["a"]}', "{}", "null", "[]", '"x"', "1", "true",
    "1.5", "", '{"name":"x"}', '{"price":1}', '{"name":1,"price":"y","description":2,"tax":"z","tags":[1,"a",null]}',
    '{"name":null,"price":null,"description":1,"tax":[],"tags":{}}', '{"name":"x","price":1,"tags":null}',
    '{"name":"x","price":1,"tags":"a"}', '{"name":"x","price":1,"tags":[[]]}', '{"name":"x","price":1,"unknown":1}',
    '{"Name":"x","price":1}', '{"name":"x","price":true}', '{"name":true,"price":[1]}', '[{"name":"x","price":1}]', '["x",1]',
    '["x",1,null,null,[]]', '[null]', '[[]]', '{"name":"x","price":1,"tags":[]}', '"{\\"name\\":\\"x\\",\\"price\\":1}"',
    ' \n {"name" : "x" , "price" : 1 } \r\n\t', '{"tags":[0,1,2,3,4,5,6,7,8,9,10,11]}', '{"tax":"","price":"","name":""}',
    '{"price":"abc","name":"x","tax":{"a":1}}', '{"name":"x","price":"1_0.5e1"}', '{"name":["x"],"price":{"x":1}}', '[1]',
    '{"a":[[[[[[1]]]]]]}',
]  # fmt: skip
BODY_SHAPES = {
    "body-two": [
        '{"item":{"name":"x","price":1},"user":{"username":"u"},"importance":1}',
        '{"item":{"name":"x","price":1},"user":{},"importance":0}', "{}", "null", "[]", "1", '"x"', "",
        '{"item":null,"user":null,"importance":null}', '{"item":{},"user":{}}', '{"item":1,"user":"u","importance":"5"}',
        '{"item":[],"user":[],"importance":[]}',
        '{"item":{"name":1,"price":"x","tags":[1]},"user":{"username":1,"full_name":2},"importance":-5}', '{"importance":0.5}',
        '{"importance":"0"}', '{"importance":9223372036854775808}', '{"user":{"full_name":null}}',
        '{"item":{"item":{"name":"x","price":1}}}',
    ],
    "body-scalar": [
        "5", '"5"', '"x"', "null", "{}", "[]", "[5]", "true", "1.5", "5.0", "1e3", "", '""', '{"x":5}', "9223372036854775808",
        "-9223372036854775809", "1e20", "NaN", "1e400", '" 5 "', "false", '"\\ud800"',
    ],
    "body-list": [
        "[]", "[{}]", '[{"name":"x","price":1}]', '[{"price":"x"},{"name":2}]', "null", "{}", "1", '"x"', "",
        "[null,1,[],\"x\"]", '[{"name":"a","price":1},{"name":"b"},{"name":"c","price":1},{}]',
        '[{"name":"x","price":1,"tags":[1,"a",2]}]', '{"0":{"name":"x","price":1}}', "[[{}]]", '[{"tags":[1]},{"tags":2}]',
    ],
    "body-dict": [
        "{}", '{"a":1}', '{"a":"x","b":null,"c":1.5,"":true}', "[]", "null", "1", '"x"', "", '{"a":{}}',
        '{"a":[1],"b":"2","c":2.0}', '{"a":"x","a":1}', '{"a":1,"a":"x"}', '{"_sa":"x"}', '{"é":"x"," ":"y","0":"z"}',
        '[["a",1]]', '{"a":9223372036854775808,"b":1e20}',
    ],
    "body-root-validated": [
        '{"p1":"a","p2":"a"}', '{"p1":"hunter2","p2":"hunter3"}', "{}", "null", "[]", '{"p1":"a"}', '{"p1":1,"p2":"a"}',
        '{"p1":1,"p2":2}', '{"p1":"a","p2":"b","extra":1}', '{"p2":"b","p1":"a"}', '{"p1":"","p2":"x"}', '{"p1":"a","p2":null}',
        '["a","b"]', "", '{"p1":"a","p2":"b","_sa_x":1}', '{"p1":"a","p2":"b","p1":"b"}', '{"p1":"a","p2":"b","n":[1.0,1e16]}',
    ],
}  # fmt: skip


@area("v")
def bodies() -> Iterator[Case]:
    yield post("/v/body", None, ctype=None)
    yield post("/v/body", None)
    yield post("/v/body", VALID_ITEM, ctype=None)
    yield post("/v/body", "{bad", ctype=None)
    yield post("/v/body", "", ctype=None)
    yield post("/v/body", "   ")
    yield post("/v/body", VALID_ITEM, ("transfer-encoding", "chunked"))
    yield post("/v/body", '{"name":1}', ("transfer-encoding", "chunked"))
    yield post("/v/body", VALID_ITEM, ("content-encoding", "gzip"), name="content-encoding is ignored")
    for body in [*ITEMS, *ECHOES]:
        yield post("/v/body", body)
    for body in MALFORMED:
        yield post("/v/body", body, name=f"malformed {json.dumps(body, ensure_ascii=False)}")
    for name, raw in JSON_ENCODINGS.items():
        yield post("/v/body", raw, name=f"encoding {name}")
    for ctype in CONTENT_TYPES:
        yield post("/v/body", VALID_ITEM, ctype=ctype)
    for ctype in (TEXT_PLAIN, "application/problem+json", "application/xml"):
        yield post("/v/body", "{bad", ctype=ctype)
        yield post("/v/body", "", ctype=ctype)
        yield post("/v/body", "null", ctype=ctype)
        yield post("/v/body", b'{"name":"\xe9"}', ctype=ctype)
    yield post("/v/body", "é☃😀\x00\n", ctype=TEXT_PLAIN)
    yield post("/v/body", "\ufeff{}", ctype=TEXT_PLAIN)
    yield post("/v/body", VALID_ITEM, ("content-type", JSON), ctype=TEXT_PLAIN, name="two content types, the first is not JSON")
    yield post("/v/body", VALID_ITEM, ("content-type", TEXT_PLAIN), name="two content types, the first is JSON")
    yield post("/v/body", '{"name":"x","price":' + "9" * 400 + "}", name="400 digits")
    yield post("/v/body", '{"name":"x","price":' + "9" * 4300 + "}", name="4300 digits")
    yield post("/v/body", '{"name":"x","price":' + "9" * 4301 + "}", name="4301 digits")
    yield post("/v/body", '{"name":"x","price":-' + "9" * 4301 + "}", name="4301 digits, negative")
    yield post("/v/body", '{"name":"x","price":"' + "9" * 400 + '"}', name="400 digits in a string")
    yield post("/v/body", '{"name":"x","price":1,"x":' + "9" * 4301 + "}", name="4301 digits in what is ignored")
    yield post("/v/body", '{"name":"x","price":1,"x":' + "[" * 900 + "]" * 900 + "}", name="900 deep in what is ignored")
    yield post("/v/body", '{"name":"x","price":1,"x":' + "[" * 2000 + "]" * 2000 + "}", name="2000 deep in what is ignored")
    yield post("/v/body", "[" * 500 + "]" * 500, name="500 deep")
    yield post("/v/body", '{"name":' + "[" * 100 + "]" * 100 + "}", name="100 deep inside")
    yield post("/v/body", "[" * 5000 + "]" * 5000, name="5000 deep")
    yield post("/v/body", '{"a":' * 5000, name="5000 deep and unclosed")
    yield post("/v/body", "[" * 100 + "x", name="100 deep and malformed")
    yield post("/v/body", '{"name":"x","price":1,"tags":[' + ",".join(["1"] * 300) + "]}", name="300 errors")
    yield post("/v/body", '{"name":"' + "é" * 3000 + '"}', name="a long echo")
    for name, bodies in BODY_SHAPES.items():
        for body in bodies:
            yield post(f"/v/{name}", body)
    for body in (
        "", "null", "{}", "[]", "1", '"x"', VALID_ITEM, "{bad", "[1,]", '{"name":1,"price":"x"}', "   ", '{"name":"x"}',
        " null\r\n\t", "null null", "nullx", "\x0cnull", "\ufeffnull",
    ):  # fmt: skip
        yield post("/v/body-opt", body)
    for encoding in ("utf-16", "utf-16-be", "utf-32", "utf-32-le"):
        yield post("/v/body-opt", "null".encode(encoding), name=f"null in {encoding}")
    yield post("/v/body-opt", None, ctype=None)
    yield post("/v/body-opt", VALID_ITEM, ctype=None)
    yield post("/v/body-opt", "", ctype=TEXT_PLAIN)
    yield post("/v/body-opt", "null", ctype=TEXT_PLAIN)
    for name in ("body-scalar", "body-list", "body-dict", "body-two", "body-root-validated"):
        yield post(f"/v/{name}", None, ctype=None)
        yield post(f"/v/{name}", "5", ctype=TEXT_PLAIN)
        yield post(f"/v/{name}", "[]", ctype=None)
        for body in ("{bad", "[1", "nul", b"\xff", "   "):
            yield post(f"/v/{name}", body)
    yield post("/v/body-scalar", "x", ctype=TEXT_PLAIN)
    yield post("/v/body-scalar", "", ctype=TEXT_PLAIN)


@area("v")
def several_sources() -> Iterator[Case]:
    bad, good = [("x-h", "x"), ("cookie", "ck=x")], [("x-h", "1"), ("cookie", "ck=2")]
    for path in ("/v/multi/1?q=2&dq=3", "/v/multi/x?q=x&dq=x", "/v/multi/x", "/v/multi/1?q=2", "/v/multi/1?dq=x&q=1.5"):
        for headers in (good, bad, []):
            for body in (VALID_ITEM, '{"name":1,"price":"x"}', "", "{bad"):
                yield post(path, body, *headers)
    yield post("/v/multi/1?q=2&dq=3", VALID_ITEM, *good, ctype=TEXT_PLAIN)
    yield post("/v/multi/x?q=2&dq=3", VALID_ITEM, *good, ctype=None)
    yield post("/v/multi/x?dq=1&q=x", "null", ("cookie", "ck=1"))
    yield post("/v/multi/x?dq=1&q=x", "[]", ("x-h", "1"), ("x-h", "y"), ("cookie", "other=1"))
    yield post("/v/multi/1?dq=9223372036854775808&q=", b"\xff", *good)
    yield post("/v/multi/1?dq=1&dq=x&q=1&q=2", '{"name":"x","price":1,"tags":[1]}', *good)
    yield post("/v/multi/%20?q=%20&dq=%20", "{}", ("x-h", ""), ("cookie", "ck="))


def part(disposition: str, content: str, *headers: str, boundary: str = "bb") -> str:
    head = "".join(f"{h}\r\n" for h in (f"Content-Disposition: {disposition}" if disposition else "", *headers) if h)
    return f"--{boundary}\r\n{head}\r\n{content}\r\n"


def field(name: str, content: str) -> str:
    return part(f'form-data; name="{name}"', content)


MULTIPART = "multipart/form-data; boundary=bb"
END = "--bb--\r\n"
AGE = field("age", "5")
MULTIPARTS = {
    "ok": field("username", "a") + AGE + END, "bad": field("username", "a") + field("age", "x") + END,
    "missing": field("username", "a") + END,
    "empty value": field("username", "") + field("age", "") + END,
    "blank": field("username", " ") + field("age", " ") + END,
    "unknown field": field("username", "a") + field("zz", "1") + AGE + END,
    "twice": AGE + field("age", "x") + field("username", "a") + field("username", "b") + END,
    "utf-8": field("username", "é😀") + AGE + END, "no parts": END, "no end": field("username", "a") + AGE,
    "cut in a part": field("username", "a") + AGE[:-12],
    "wrong boundary": part('form-data; name="age"', "5", boundary="cc") + "--cc--\r\n",
    "no name": part("form-data", "5") + END, "no disposition": part("", "5", "X-A: 1") + END, "no headers": part("", "5") + END,
    "garbage": "garbage", "empty": "", "json": '{"username":"a","age":5}',
    "lf only": (field("username", "a") + AGE + END).replace("\r\n", "\n"),
    "bad header": "--bb\r\nbad header\r\n\r\n5\r\n--bb--\r\n",
    "preamble": "preamble\r\n" + AGE + END,
    "epilogue": field("username", "a") + AGE + END + "epilogue",
    "unquoted name": part("form-data; name=age", "5") + field("username", "a") + END,
    "lower-case headers": "--bb\r\ncontent-disposition: form-data; name=\"age\"\r\n\r\n5\r\n" + field("username", "a") + END,
    "content-type on a field": part('form-data; name="username"', "a", "Content-Type: text/plain; charset=utf-8") + AGE + END,
    "empty name": field("", "5") + END,
    "attachment": part('attachment; name="age"', "5") + field("username", "a") + END,
    "line breaks": field("username", "a\r\nb\n") + AGE + END,
    "upper case in a part": part('FORM-DATA; NAME="age"', "5") + field("username", "a") + END,
    "no type of a part": part('name="age"', "5") + field("username", "a") + END,
    "two names": part('form-data; name="age"; name="username"', "5") + END,
    "behind a name": part('form-data; name="age"z', "5") + field("username", "a") + END,
}  # fmt: skip
BAD_FORMS = [
    "username=a&age=5", "username=a&age=x", "username=&age=", "username=a", "", "age=5", "username=a+b%20c&age=+5",
    "username=%C3%A9&age=%ff", "username=%ff&age=5", "username=%zz&age=5", "username=a&username=b&age=1&age=x",
    "age=x&age=1&username=a", "username&age", "username==&age=5", "&&username=a&&age=5&", "Username=a&Age=5",
    "username=a;age=5", "username=a&age=5&zz=1", "age=1.5", '{"username":"a","age":5}', "age=9223372036854775808&username=%00",
    "%75sername=a&age=5", "username= &age= ", "username=\u00e9&age=5", "username=a\r\n&age=5\r\n", "username=a&age=5.0",
]  # fmt: skip


@area("v")
def forms() -> Iterator[Case]:
    for body in BAD_FORMS:
        yield form("/v/form", body)
    yield post("/v/form", b"username=\xe9&age=5", ctype=URLENCODED, name="urlencoded, raw Latin-1")
    for body in (
        "n=5", "n=x", "n=", "", "m=1", "n=1&n=x", "n=x&n=1", "n=1&n=", "n", "n=+5", "n=%205%20", "n=null", "N=5", "n[]=5",
    ):  # fmt: skip
        yield form("/v/form-one", body)
        yield form("/v/form-opt", body)
        yield form("/v/form-list", body)
    for body in ("n=1&n=2", "n=1&n=x&n=y", "n=&n=1", "n=1,2"):
        yield form("/v/form-list", body)
    for ctype in (
        JSON, TEXT_PLAIN, "", "APPLICATION/X-WWW-FORM-URLENCODED", f"{URLENCODED}; charset=utf-8",
        f"{URLENCODED};charset=latin-1", "multipart/form-data", "multipart/mixed; boundary=bb", "garbage",
        f"{URLENCODED}, {JSON}",
    ):  # fmt: skip
        yield post("/v/form", "username=a&age=5", ctype=ctype)
        yield post("/v/form-opt", "n=5", ctype=ctype)
    for body in ("{bad", "5", '{"n":5}', b"\xff"):
        yield post("/v/form-one", body)
    for path in ("/v/form", "/v/form-one", "/v/form-opt", "/v/form-list"):
        yield post(path, None, ctype=None)
        yield post(path, "", ctype=MULTIPART)
    yield post("/v/form-one", "n=5", ctype=None)
    for name, body in MULTIPARTS.items():
        yield post("/v/form", body, ctype=MULTIPART, name=f"multipart {name}")
    yield post("/v/form", MULTIPARTS["ok"], ctype="multipart/form-data; boundary=", name="multipart, empty boundary")
    yield post(
        "/v/form", MULTIPARTS["ok"], ctype='multipart/form-data; charset=utf-8; boundary="bb"',
        name="multipart, quoted boundary",
    )  # fmt: skip
    yield post("/v/form", MULTIPARTS["ok"], ctype="MULTIPART/FORM-DATA; BOUNDARY=bb", name="multipart, upper case")
    yield post("/v/form", MULTIPARTS["ok"], ctype="multipart/form-data; boundary = bb", name="multipart, blanks about the =")
    yield post("/v/form", MULTIPARTS["ok"], ctype="multipart/form-data ; boundary=bb", name="multipart, a blank before the ;")
    for charset in ("latin-1", "bogus"):
        yield post(
            "/v/form", MULTIPARTS["utf-8"], ctype=f"multipart/form-data; charset={charset}; boundary=bb",
            name=f"multipart, {charset}",
        )  # fmt: skip
    yield post(
        "/v/form", MULTIPARTS["ok"].encode().replace(b"\r\na\r\n", b"\r\n\xff\r\n"), ctype=MULTIPART,
        name="multipart, not UTF-8",
    )  # fmt: skip
    yield post("/v/form-list", field("n", "1") + field("n", "x") + field("n", "") + END, ctype=MULTIPART, name="multipart list")
    yield post(
        "/v/form-one", part('form-data; name="n"; filename="f.txt"', "5") + END, ctype=MULTIPART,
        name="multipart, a file for a number",
    )  # fmt: skip
    yield post(
        "/v/form-opt", part('form-data; name="n"; filename=""', "") + END, ctype=MULTIPART, name="multipart, an empty file",
    )  # fmt: skip
    yield form("/v/form-list", "n=1&" * 1000)
    yield form("/v/form-list", "n=1&" * 1001)
    yield form("/v/form-one", "x=1&" * 1001 + "n=5")
    yield post("/v/form-list", field("n", "1") * 1001 + END, ctype=MULTIPART, name="multipart, 1001 fields")


# ---- t: one route per type and source ----------------------------------------------------------
# Texts for a scalar, the telling ones first: body and query take all, the other sources the first few.
TELLING = 9
INT = [
    "5", "abc", "", "1.5", " 5 ", "5.0", "1_000", "9223372036854775808", "-9223372036854775809", "-5", "+5", "0", "-0", "007",
    "1__0", "_1", "1_", "5.", ".5", "5.00", "-0.0", "1e3", "0x10", "٣", "true", "+ 5", "--5", "5\n", "\u00a05", "\u200b5",
    "9" * 30, "9223372036854775807", "-9223372036854775808", "NaN", "1,000", "5 5", "5\x00", "1_0.0", "1.0_0", "null", "+", "-",
    "٣.0", "1.0e0", "\x1c5", "\u30005", "９", "0__1", "00_1", "0_", "0_.0", "0-5", "0-_5", "0-05", "-0-5", "0+5", "+-5",
    "9" * 4301, "-" + "9" * 4301, "+" + "9" * 4301, " " + "9" * 4301, "9" * 4301 + "x", "0" * 4301 + "5",
]  # fmt: skip
FLOAT = [
    "1.5", "abc", "", "1e400", " 1.5 ", "nan", "1_0.5", "5.", ".5", "5", "-1.5", "+1.5", "0", "-0.0", "1e3", "1E-7", "inf",
    "-Infinity", "INF", "+nan", "infinit", "1__0", "_1", "1_", "1e", "e5", ".", "0x10", "٣", "true", "1,5", "--1", "1.5\n",
    "\u00a01.5", "9" * 400, "1e-400", "1_0e1_0", "1e+5", "5e-324", "1.7976931348623157e308", "nan(1)", "1.5f", "1 5", "null",
    "0.1", "12345678901234567890", " 1_0", "1_0 ", "1._5", "1e_5", "945520504076408.5", "1.9676145115723578e+24",
]  # fmt: skip
BOOL = [
    "true", "abc", "", "2", " true", "ON", "0", "n", "F", "1", "false", "t", "f", "yes", "no", "y", "off", "True", "FALSE",
    "oN", "1.0", "00", "-1", "null", "true\n", "tru", "yess", "Ｔ",
]  # fmt: skip
STR = ["abc", "", " ", "é", "😀", "a b", "5", "null", "a\nb", "a\x00b", "\u200b", "a,b", '"q"', "a\\b", "x" * 300]
UUID = [
    "550e8400-e29b-41d4-a716-446655440000", "abc", "", "550e8400e29b41d4a716446655440000",
    "550e8400-e29b-41d4-a716-44665544000g", "{550e8400-e29b-41d4-a716-446655440000}", "550e8400-e29b-41d4-a716",
    "550e8400-e29b-41d4-a71-6446655440000", "urn:uuid:550e8400-e29b-41d4-a716-446655440000",
    "550E8400-E29B-41D4-A716-446655440000", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "550e8400-e29b-41d4-a716-4466554400000", "550e8400-e29b-41d4-a716-446655440000 ", "550e8400-e29b-41d4a716446655440000",
    "550e8400e29b41d4a71644665544000", "550e8400e29b41d4a71644665544000g", "x" * 36, "-", "----",
    "550e8400_e29b_41d4_a716_446655440000", "é50e8400-e29b-41d4-a716-446655440000", "{550e8400-e29b-41d4-a716-446655440000",
    "urn:uuid:550e8400e29b41d4a716446655440000", "URN:UUID:550e8400-e29b-41d4-a716-446655440000",
    "550e840-0e29b-41d4-a716-446655440000", "5", "g", "550e8400-e29b-41d4-a716-446655440000-00",
    "{550e8400e29b41d4a716446655440000}", "a😀", "{}", "urn:uuid:", "0x550e8400e29b41d4a716446655440000",
    "550e8400-e29b-41d4-a716-44665544000\n", "550e8400e29b41d4a71644665544٣00", "550e8400-e29b-41d4-é716-446655440000",
]  # fmt: skip
URL = [
    "http://example.com", "abc", "", "http://", "mailto:a@b.c", "http://[::1", "http://a:99999", " http://x ",
    "http://1.2.3.400", "https://user:pw@example.com:8080/p/a?q=1&r#f", "HTTP://EXAMPLE.com/%7Ea", "http:example.com",
    "http:///x", "//x", "/x", "x.y", "http:", ":", "://x", "http://é.com", "http://xn--a", "http://a b", "http://a%20b",
    "ftp://x", "file:///etc", "data:text/plain,x", "urn:a:b", "javascript:alert(1)", "http://a:b", "http://a:", "http://a:80",
    "http://[::1]:80/", "http://[::g]", "http://1.2.3.4", "http://256", "http://0x7f.1", "ht\ntp://x", "1http://x", "ht!tp://x",
    "http://x?", "http://x#", "http://x/../y", "http://x/é?é#é", "http://x\\y", "http://.", "http://a..b", "http://-a",
    "http://a_b", "redis://localhost:6379/0", "postgres://u:p@h/db", "http://@", "http://:80", "http://u@", "5", "http://😀",
    "\x00http://x", "http://x\x00", "http://a<b", "custom:", "http://" + "a" * 300 + ".com",
    " ", "\n", "\u00a0", "http://a\u180eb",
]  # fmt: skip
IPV4 = [
    "1.2.3.4", "abc", "", "256.1.1.1", "1.2.3", " 1.2.3.4", "01.2.3.4", "::1", "1", "0.0.0.0", "255.255.255.255", "1.2.3.4.5",
    "1.2.3.", "1..2.3", "1.2.3.4/24", "1.2.3.4 ", "1.2.3.4\n", "1.2.3.0x4", "٣.2.3.4", "-1.2.3.4", "1.2.3.0004", "16909060",
    "1.2.3.1e1", "127.1", "1,2,3,4", "+1.2.3.4", "1.2.3.00",
]  # fmt: skip
IPV6 = [
    "::1", "abc", "", "1.2.3.4", "::ffff:1.2.3.4", "fe80::1%eth0", "1:2:3:4:5:6:7:8", " ::1", "1::2::3", "::", "2001:DB8::0001",
    "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "::g", ":1", "1:", ":::", "[::1]", "::1/64", "::ffff:256.1.1.1",
    "::1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "fe80::1%", "::1 ", "0:0:0:0:0:0:0:1", "1:0:0:2:0:0:0:3", "::ffff:0:0", "%eth0",
    "fe80::1%a%b", "::01.2.3.4", "0001:0:0:0:0:0:0:0", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4::5:6:7:8", "00001::",
    "::1\n", "2001:db8:0:0:1:0:0:1", "5", "64:ff9b::1.2.3.4",
]  # fmt: skip
BOUNDS = [
    "4", "5", "6", "0", "10", "11", "abc", "-1", "5.0", "1", "", "4.0", "6.0", "5.5", " 6 ", "9223372036854775807",
    "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "9" * 25,
]  # fmt: skip
TEXTS: dict[str, list[str]] = {
    "int": INT, "float": FLOAT, "bool": BOOL, "str": STR, "opt-int": [*INT[:12], "null", "None", "none"], "uuid": UUID,
    "any-url": URL, "ipv4": IPV4, "ipv6": IPV6,
    "enum-str": ["red", "abc", "", "RED", "green", " red", "Color.red", "red\n", "r", "redgreen", "Green", "é", "1"],
    "int-gt": BOUNDS, "int-ge": BOUNDS, "int-lt": BOUNDS, "int-le": BOUNDS, "int-range": BOUNDS,
    "float-gt": [
        "0.5", "0.6", "abc", "-1", "0.50", "nan", "inf", "-inf", "1e400", "", "1", "0", "-1e400", "5e-1", "0.5000000000000001",
        "true",
    ],
    "str-min": ["ab", "abc", "", "é", "ééé", "😀", "   ", "a", "abcd", "😀😀😀", "e\u0301e"],
    "str-min1": ["", "a", " ", "é", "\u200b", "\n", "0", "ab"],
    "str-max": ["abc", "abcd", "", "éééé", "ééé", "😀😀😀", "😀😀😀😀", "a", "    ", "e\u0301e\u0301", "x" * 200],
    "str-pattern": ["abc", "ABC", "", "abc\n", "a1", "é", "a b", "abcZ", "z", "\nabc", "a\x00", "a\nb"],
    "after-even": [
        "2", "3", "abc", "", "2.0", "3.0", "-3", "1.5", "9223372036854775807", "9223372036854775808", "0", "+3", " 3 ", "1_1",
        "-9223372036854775808",
    ],
}  # fmt: skip
LISTS: dict[str, list[list[str]]] = {
    "list-int": [
        [], ["1"], ["1", "2"], ["x"], ["1", "x", "y"], [""], ["1", "", "2"], ["1,2"], ["1.5", "9223372036854775808"], ["[1]"],
        [" 1 ", "2.0"], ["null"],
    ],
    "set-int": [[], ["1"], ["1", "1", "2"], ["x"], ["1", "x", "1", "y"], [""], ["1", "1.0", "01"], ["x", "x"], ["1,2"]],
    "list-min": [[], ["1"], ["1", "2"], ["x"], ["x", "y"], ["1", "x"], [""], ["1", "2", "3"], ["1", ""]],
    "list-max": [
        [], ["1"], ["1", "2"], ["1", "2", "3"], ["x", "y", "z"], ["x"], ["1", "2", "x"], ["1", "2", "3", "4"], ["", "", ""],
        [""],
    ],
}  # fmt: skip


def shown(text: str) -> str:
    return short(json.dumps(text, ensure_ascii=False))


@area("t-query")
def typed_query() -> Iterator[Case]:
    for name, texts in TEXTS.items():
        path = f"/t/query/{name}"
        yield get(path)
        for text in texts:
            yield get(f"{path}?v={pct(text)}", name=f"{name} {shown(text)}")
        yield get(f"{path}?v={pct(texts[0])}&v={pct(texts[1])}", name=f"{name} twice")
    for query in (
        "v", "V=5", "w=5", "v=5&w=6", "%76=5", "v=5;w=6", "&&v=5&", "v==5", "v=%ff", "v=%zz", "v=5+", "v=%2B5", "v[]=5",
        "v=a%26b", "v=%", "v=%4", "v=%C3%28",
    ):  # fmt: skip
        yield get(f"/t/query/int?{query}")
        yield get(f"/t/query/str?{query}")
    for name, lists in LISTS.items():
        for texts in lists:
            yield get(f"/t/query/{name}?" + "&".join(f"v={pct(text)}" for text in texts), name=f"{name} {texts}")
    yield get("/t/query/list-int?v")
    yield get("/t/query/list-int?v[]=1&v[0]=2&V=3")


@area("t-path")
def typed_path() -> Iterator[Case]:
    for name, texts in TEXTS.items():
        for text in texts[: 2 * TELLING] if name != "opt-int" else []:
            yield get(f"/t/path/{name}/{pct(text)}", name=f"{name} {shown(text)}")
    for name in ("int", "str", "str-pattern", "any-url"):
        for text in ("%ff", "%zz", "a+b", "a;b", "a=b&c", "x:y", "5/", "5?v=6", "%E2%98", "."):
            yield get(f"/t/path/{name}/{text}", name=f"{name} as is {text}")


def fits_a_header(text: str) -> bool:
    """HTTP has no control characters in values, and both servers strip the blanks around them."""
    return all(c >= " " and c != "\x7f" for c in text) and text == text.strip(" ")


@area("t-header")
def typed_header() -> Iterator[Case]:
    for name, texts in TEXTS.items():
        path = f"/t/header/{name}"
        yield get(path, name=f"{name} missing")
        for text in filter(fits_a_header, texts[:TELLING]):
            yield get(path, ("v", as_header(text)), name=f"{name} {shown(text)}")
        yield get(path, ("V", as_header(texts[1])), ("v", as_header(texts[0])), name=f"{name} twice")
    for value in ("\xe9", "a\tb", "\xa05", "5\x85", "a, b", '"5"', "%35"):
        yield get("/t/header/int", ("v", value))
        yield get("/t/header/str", ("v", value))
    for name, lists in LISTS.items():
        for texts in (texts for texts in lists if all(map(fits_a_header, texts))):
            yield get(f"/t/header/{name}", *(("v", text) for text in texts), name=f"{name} {texts}")
    yield get("/t/header/list-int", ("v", "1"), ("x", "2"), ("V", "x"))


@area("t-cookie")
def typed_cookie() -> Iterator[Case]:
    for name, texts in TEXTS.items():
        path = f"/t/cookie/{name}"
        yield get(path, name=f"{name} missing")
        for text in filter(fits_a_header, texts[:TELLING]):
            yield get(path, ("cookie", f"v={as_header(text)}"), name=f"{name} {shown(text)}")
        yield get(path, ("cookie", f"v={as_header(texts[0])}; v={as_header(texts[1])}"), name=f"{name} twice")
    for cookie in (
        "v", "v=", "=5", "V=5", "w=5", 'v="5"', 'v="a b"', 'v="a\\"b\\\\c"', 'v="\\065"', 'v="\\400"', 'v="', 'v=""', "v=a=b",
        "v=%35", "v=5; Path=/", "w=1; v=5", "v=\xe9", "v=5,w=6", "v = 5", "v=a b", "v=5;w", 'v="a;b"', "v=\\065", "v=5\xa0",
        "v=\x85 5 \x85; w=1", "\xa0v\xa0=\xa0", 'v="5\xa0"',
    ):  # fmt: skip
        yield get("/t/cookie/int", ("cookie", cookie))
        yield get("/t/cookie/str", ("cookie", cookie))


@area("t-form")
def typed_form() -> Iterator[Case]:
    for name, texts in TEXTS.items():
        path = f"/t/form/{name}"
        yield form(path, "")
        for text in texts[:TELLING]:
            yield post(path, f"v={pct(text)}", ctype=URLENCODED, name=f"{name} {shown(text)}")
        yield post(path, f"v={pct(texts[0])}&v={pct(texts[1])}", ctype=URLENCODED, name=f"{name} twice")
        yield post(path, field("v", texts[1]) + END, ctype=MULTIPART, name=f"{name} multipart {shown(texts[1])}")
    for body in (
        "v", "V=5", "w=5", "v=5&w=6", "%76=5", "v=5;w=6", "&&v=5&", "v==5", "v=%ff", "v=%zz", "v=5+", "v=+", "v=%00", "v=5\n",
        "v=1&v=",
    ):  # fmt: skip
        yield form("/t/form/int", body)
        yield form("/t/form/str", body)
    for ctype in (JSON, TEXT_PLAIN):
        yield post("/t/form/int", "v=5", ctype=ctype)
        yield post("/t/form/opt-int", '{"v":5}', ctype=ctype)
    yield post("/t/form/int", None, ctype=None)
    yield post(
        "/t/form/str", part('form-data; name="v"; filename="f.txt"', "hello") + END, ctype=MULTIPART, name="str from a file",
    )  # fmt: skip
    for name, lists in LISTS.items():
        for texts in lists:
            yield post(
                f"/t/form/{name}", "&".join(f"v={pct(text)}" for text in texts), ctype=URLENCODED, name=f"{name} {texts}",
            )  # fmt: skip
    yield post("/t/form/list-int", field("v", "1") + field("v", "x") + END, ctype=MULTIPART, name="list-int multipart")


# JSON values of `v`: these for every type, then some of its own.
ANY_KIND = ["null", "true", "0", "1", "1.5", '""', '"abc"', "[]", "[1]", "{}", '{"x":1}']
NUMBERS = [
    "false", "5", "-1", "-0", "1.0", "-0.0", "1e3", "1E3", "-1.5", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "-9223372036854775809", "1" + "0" * 40, "9e18", "9.3e18", "-9.3e18", "9223372036854775807.0",
    "1e20", "1e-1", "1e400", "-1e400", "NaN", "Infinity", "1e308", "1e-320", "2", "2.0", "18446744073709551615", "-5e-1",
    "945520504076408.5", "-0.892030337553346714e-218", "-102340190392688974016217097", "1.9676145115723578e+24",
    "[[1]]", '"\\u0035"', '"\\ud800"', '"\\ud800x"', "[NaN]", '{"a":"\\ud800"}', "0.0", "10", "1" + "0" * 400,
]  # fmt: skip
SMALL_NUMBERS = [
    "4", "5", "6", "10", "11", "-1", "5.0", "4.5", "6.0", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "-9223372036854775809", "1e20", "-1e20", "false", "1e400", "NaN",
]  # fmt: skip
INNERS = [
    '{"x":"5"}', '{"x":"a"}', '{"y":"b"}', '{"x":1,"y":2}', '{"x":null,"y":null}', '{"x":1,"z":2}', '{"x":1.5,"y":[]}',
    '{"y":1,"x":"q"}', '{"X":1}', '{"x":1,"y":"b"}', '{"x":[],"x":1}', '["x"]', '[1,"b"]', "[[]]", '"{}"',
    '{"x":9223372036854775808}', '{"y":1}', '{"x":{},"_sa_y":1,"y":null}', '{"x":1e20,"y":"é"}', '{"x":"","y":""}',
]  # fmt: skip
BODY_VALUES: dict[str, list[str]] = {
    "int": NUMBERS, "float": NUMBERS, "opt-int": NUMBERS[:12],
    "bool": [
        "false", "2", "-1", "1.0", "0.0", "2.0", "-0.0", "0.5", "9223372036854775808", "1e20", "NaN", '["true"]', "1e400", "-0",
        "9223372036854775807.0",
    ],
    "str": [
        "false", "[\"a\"]", '"\\u00e9\\n"', '"\\ud800"', "1e16", "1e-7", "NaN", "12345678901234567890", '{"a":{"b":[1.0]}}',
        '"\\ud83d\\ude00"', '"\\u0000"', '{"_sa_x":1,"y":2}', "-0.0", "-0", "[1e-5,1e22]",
    ],
    "none": ["9288773464837.3125", "[5.960464477539063e-08,9007199254740993.5,1125899906842624.125]", "false", '"null"', '"None"', "[null]", '{"a":null}'],
    "any": [
        "false", "-0.0", "1e16", "12345678901234567890123", '"é"', '{"b":1,"a":[null,{"c":1.50}]}', '{"a":1,"a":2}', "[[[[]]]]",
        "1e400", "NaN", '"\\ud800"', '{"_sa_x":1}', "1E2", "-0", "945520504076408.5", "-7.7422884544374880e-27", "9" * 400, '{"\\ud800":1}', "[1,\"a\",null,true,{}]",
    ],
    "uuid": ["5", '["550e8400-e29b-41d4-a716-446655440000"]', "NaN"],
    "any-url": ["5", '["http://x"]'],
    "ipv4": ["16909060", "4294967295", "4294967296", "-1", "false", "1e3", '["1.2.3.4"]', "1.0", "12345678901234567890123"],
    "ipv6": [
        "16909060", "340282366920938463463374607431768211455", "340282366920938463463374607431768211456", "-1", "false",
        '["::1"]', "1e3",
    ],
    "enum-str": ['["red"]', '{"red":null}', '{"red":1}', "5", '"Red"'],
    "enum-one": ['"only"', '"ONLY"', '{"only":null}', '["only"]', "5", '"é"', '"\\ud800"', "1e16"],
    "disc-union": [
        '{"kind":"cat","meows":1}', '{"kind":"dog","barks":1.5}', '{"kind":"cat"}', '{"kind":"dog"}',
        '{"kind":"cat","barks":1}', '{"kind":"cat","meows":"x"}', '{"kind":"dog","barks":"x"}', '{"kind":"bird"}',
        '{"kind":""}', '{"kind":1}', '{"kind":null}', '{"kind":true}', '{"kind":1.5}', '{"kind":[]}', '{"kind":{}}',
        '{"kind":["cat"]}', '{"meows":1}', '{"meows":1,"kind":"cat"}', '{"kind":"CAT","meows":1}', '{"kind":"cat","meows":"5"}',
        '{"kind":"dog","barks":true}', '{"kind":"cat","meows":1,"extra":2}', '{"Kind":"cat"}', '["cat",1]', '"cat"',
        '{"kind":"dog","kind":"cat","meows":1}', '{"kind":"é😀"}', '{"kind":"it\'s"}', '{"kind":"a\\"b"}', '{"kind":"a\\nb"}',
        '{"cat":{"meows":1}}', '{"kind":"cat","meows":null}', '{"meows":"x","kind":"dog","barks":[]}',
        '{"kind":9223372036854775808}', '{"kind":"dog","barks":' + "9" * 400 + "}", '{"kind":"cat","meows":' + "9" * 400 + "}",
        '{"kind":"dog","barks":1e400}', '{"kind":"dog","barks":' + "9" * 300 + "}", '{"kind":1e16}', '{"kind":NaN}', '{"kind":"\\ud800"}',
    ],
    "list-int": [
        "[1,2]", '["1","x",null]', "[1.5,true,[],{}]", "[null]", '{"0":1}', '"[1]"', "[[1]]", "[9223372036854775808,1e20]",
        '["a","b","c","d","e","f","g","h","i","j","k"]', "false", "[1e3,\"5.0\",-0.0]", "[NaN]",
    ],
    "list-list-int": [
        "[[1],[2,3]]", "[[]]", "[[1,\"x\"],[null]]", "[1,[2]]", '["ab"]', "[{}]", "[null,[1.5]]", '[[["1"]]]',
        "[[1],2,[\"x\"],\"y\",[3,{}]]", "[[9223372036854775808]]",
    ],
    "set-int": [
        "[1,1,2]", '[1,"1",1.0,true]', '["x","x"]', "[null,1,[]]", "[3,2,1]", '{"1":1}', '"12"', "[1.5]", "[[1]]",
        "[9223372036854775808]",
    ],
    "tuple-int-str": [
        '[1,"a"]', '["1","a"]', '["x","a"]', '[1,2]', '["x",1]', '[1,"a",3]', '["x",2,3]', '[1,"a",3,4]', '[null,null]', '"1a"',
        '{"0":1,"1":"a"}', '[1.5,"a"]', '["a"]', '[[],[]]', '[null]', '[1,"a",null]', '[9223372036854775808,"a"]', '[1,null]',
        '[true,""]', '["",""]',
    ],
    "dict-any": [
        '{"a":1,"b":[null,{"c":1.50}]}', '{"":null}', '[["a",1]]', '{"a":1,"a":2}', '{"a":1e16}', '{"_sa_x":1}', "[[]]", '"{}"',
    ],
    "dict-str-int": [
        '{"a":1}', '{"a":"5","b":2.0}', '{"a":"x","b":null}', '{"a":[],"b":{},"c":1.5}', '{"":"x"}', '{"a":1,"a":"x"}',
        '[["a",1]]', '{"é":"x","a b":null}', '{"0":"x","-1":"y"}', '{"a":9223372036854775808,"b":1e20}', '{"a":true}',
        '{"_sa":"x","b":"y"}', "[[]]", '{"\\ud800":"x"}',
    ],
    "model": INNERS, "opt-model": INNERS[:10],
    "list-model": [
        "[{}]", '[{"x":1},{"x":"a"},{}]', '[null,1,"a",[]]', '[{"x":1,"y":2},{"y":3}]', '{"x":[]}', "[[]]",
        '[{"x":"5","y":"z"}]', '[{"z":1},{"x":null,"y":null}]', '[[1,"b"]]', '[{"x":1},{"x":2},{"x":3},{"x":[]},{"x":5}]',
        '[{"x":9223372036854775808}]',
    ],
    "opt-list-int": ["[1,2]", '["x",null]', '"a"', "[[]]", "[1.5,\"5\"]", "[null]"],
    "model-nested": [
        '{"inner":{"x":1}}', '{"inner":{}}', '{"inner":null}', '{"inner":{"x":"a"},"items":[{"x":1},{}],"map":{"k":{"x":"b"}}}',
        '{"items":[]}', '{"inner":{"x":1},"items":null,"map":null}', '{"inner":{"x":1},"items":{},"map":[]}',
        '{"inner":{"x":1},"items":[1,null,"a"],"map":{"a":1,"b":null}}', '{"inner":[],"items":"a","map":1}',
        '{"map":{"":{},"é":{"x":[]}}}', '{"inner":{"x":1,"y":2},"items":[{"x":null,"y":null}],"map":{"k":{"x":{},"y":[]}}}',
        '{"inner":{"inner":{"x":1}}}', '{"inner":{"x":"5"},"items":[{"x":"6","y":"z"}],"map":{"m":{"x":7.0}}}',
        '{"items":[{"y":1},{"y":2}],"inner":5}', '{"inner":{"x":1},"extra":{}}',
        '{"map":{"b":{"x":"q"},"a":{"x":"r"}},"items":[{"x":"s"}],"inner":{"x":"t"}}', '{"inner":{"x":1},"map":{"a":[1,"b"]}}',
        '[{"x":1}]', '{"inner":"x","inner":{"x":"y"}}', '{"inner":{"x":9223372036854775808},"items":[{"x":1e20}]}',
        '{"inner":{"x":1},"items":[[]],"map":{"a":"","b":0,"c":true,"d":1.5}}',
    ],
    "model-tree": [
        '{"v":1}', '{"v":"x"}', '{"v":1,"children":[{"v":2}]}', '{"v":1,"children":[{"v":"x"},{}]}',
        '{"children":[{"children":[{"children":[{}]}]}]}', '{"v":1,"children":null}', '{"v":1,"children":{}}',
        '{"v":1,"children":[1,null,[]]}',
        '{"v":"a","children":[{"v":"b","children":[{"v":"c"},{"v":1,"children":"d"}]},{"v":2,"children":[{"v":null}]}]}',
        '{"v":1,"children":[]}', '{"children":[]}',
        '{"v":1,"children":[{"v":1,"children":[{"v":1,"children":[{"v":1,"children":[{"v":1,"children":[{"v":"deep"}]}]}]}]}]}',
        '[1,[]]', '{"v":1,"children":[[1,[]]]}', '{"v":"5","children":[{"v":5.0}]}', '{"v":1.5,"children":"x"}',
    ],
    "model-forbid": [
        '{"x":"a"}', '{"x":1,"y":2}', '{"x":1,"b":1,"a":2}', '{"y":1}', '{"x":"a","y":null}', '{"b":{"c":1},"x":null,"a":[1]}',
        '{"X":1}', '{"":1,"x":1}', '{"x":1,"é":1.0}', '{"x":1,"y":1,"y":2}', '{"x":1,"_sa":2}', '{"a":1,"x":1,"x":"b"}',
        '{"x":1,"y":NaN}', '{"x":"5"}', '[1]', '{"x":1.5,"z":1,"y":2}',
    ],
    "model-alias": [
        '{"userName":1}', '{"user_name":1}', '{"userName":"a"}', '{"userName":1,"o-t-h-e-r":2}',
        '{"userName":1,"o-t-h-e-r":"b"}', '{"userName":"a","o-t-h-e-r":"b"}', '{"other":1}', '{"userName":1,"other":"x"}',
        '{"o-t-h-e-r":null}', '{"username":1}', '{"userName":null,"o-t-h-e-r":[]}', '{"userName":"5","o-t-h-e-r":"6"}',
        '{"userName":1.5}', '[1,2]',
    ],
    "validated": [
        '{"a":"x"}', '{"a":"ve"}', '{"a":1}', '{"a":null}', '{"a":""}', '{"b":"ve"}', '{"a":"ve","b":1}', '{"a":["ve"]}',
        '["ve"]', '{"a":"VE"}', '{"a":"ve","a":"x"}', '{"a":"x","a":"ve"}', '{"a":"\\u0076e"}', '{"a":" ve"}',
    ],
    "model-validated": [
        '{"p1":"a","p2":"a"}', '{"p1":"a","p2":"b"}', '{"p1":"a"}', '{"p1":1,"p2":2}', '{"p1":1,"p2":"b"}',
        '{"p1":"a","p2":"b","z":1.0}', '["a","b"]', '{"p1":"","p2":""}', '{"p2":"b","p1":"é"}', '{"p1":null,"p2":null}',
        '{"p1":"a","p2":"b","_sa":1}',
    ],
    "after-even": [
        "2", "3", "-3", "4.0", "3.0", "false", "9223372036854775807", "9223372036854775808", "1e20", "1e3",
        "-9223372036854775808", "-9223372036854775809", "NaN", "-1",
    ],
    "int-gt": SMALL_NUMBERS, "int-ge": SMALL_NUMBERS, "int-lt": SMALL_NUMBERS, "int-le": SMALL_NUMBERS,
    "int-range": SMALL_NUMBERS,
    "float-gt": [
        "0.5", "0.6", "-1", "0.5000000000000001", "1e400", "NaN", "-1e400", "false", "5e-1", "1e16", "1e-7", "1" + "0" * 400,
        '"0.5"',
    ],
    "float-le": [
        "10", "10.0", "10.5", "11", '"10"', '"10.5"', "1e400", "NaN", "-1e400", "1e16", "1e22", "10.000000000000002", "-0.0",
        '"abc "', '"inf"', "false", "1" + "0" * 30,
    ],
    "str-max1": ['"a"', '"é"', '"😀"', '"ab"', '"e\\u0301"', '"\\n"', '" "', '"\\u0000"', "5"],
    "list-min": [
        "[1,2]", '["x"]', '[1,"x"]', '["x","y"]', '"ab"', "[[],[]]", "[null]", '{"0":1,"1":2}', "[1,2,3]", '["1"]',
        "[9223372036854775808]",
    ],
    "list-min1": ["[1,2]", '["x"]', "[null]", '"a"', '["5"]', "[[]]"],
    "list-max": [
        "[1,2]", "[1,2,3]", '["x","y","z"]', '["x"]', '[1,"x"]', '[1,2,"x"]', "[1,2,3,4,5]", "[null,null,null]", '"abc"',
        '{"a":1,"b":2,"c":3}', '["1","2"]',
    ],
    "dict-min": [
        '{"a":1}', '{"a":1,"b":2}', '{"a":"x"}', '{"a":"x","b":1}', '{"a":1,"a":2}', '{"a":1,"b":2,"c":3}', "[[],[]]",
        '{"a":"5","b":2.0}', '{"a":null}', '{"_sa_x":1}',
    ],
    "dict-max": [
        '{"a":1}', '{"a":1,"b":2}', '{"a":"x","b":2}', '{"a":1,"b":"x"}', '{"a":1,"a":2}', '{"a":"x"}', '{"a":1,"b":2,"c":3}',
        '{"a":1,"_sa":2}', "[[],[]]",
    ],
}  # fmt: skip
WHOLE_BODIES = ["", "null", "[]", "5", "{}", '{"w":1}', '{"V":1}', "{bad", '{"v":}', '[{"v":1}]', '{"v":1,"w":2,"v":null}']


@area("t-body")
def typed_body() -> Iterator[Case]:
    for name in sorted({*BODY_VALUES, *TEXTS}):
        path = f"/t/body/{name}"
        yield post(path, "{}", name=f"{name} missing")
        values = ANY_KIND + BODY_VALUES.get(name, []) + [json.dumps(text, ensure_ascii=False) for text in TEXTS.get(name, [])]
        for value in dict.fromkeys(values):
            yield post(path, f'{{"v":{value}}}', name=f"{name} {short(value)}")
    for name, start, middle, end in [("any", "[", "", "]"), ("dict-any", '{"a":', "1", "}")]:
        for deep in (126, 127, 200):
            yield post(f"/t/body/{name}", f'{{"v":{start * deep}{middle}{end * deep}}}', name=f"{name} {deep} deep")
    for deep in (62, 64):
        nested = '{"v":1,"children":[' * deep + '{"v":"x"}' + "]}" * deep
        yield post("/t/body/model-tree", f'{{"v":{nested}}}', name=f"model-tree {2 * deep} deep and wrong")
    yield post("/t/body/int", f'{{"v":{"[" * 900}{"]" * 900}}}', name="int 900 deep")
    for name in ("int", "opt-int", "model", "list-int", "any", "opt-model", "opt-list-int"):
        for body in WHOLE_BODIES[:4] + WHOLE_BODIES[5:]:
            yield post(f"/t/body/{name}", body, name=f"{name} whole body {body or '(empty)'}")


# ---- u -----------------------------------------------------------------------------------------
UNION_KIND = ["null", "true", "5", "1.5", '"x"', '"5"', "[]", "[1]", "{}", '{"x":1}']
TRACK_OR_INT = [
    '{"title":"a","seconds":1}', '{"title":"a","seconds":"5"}', '{"title":"a"}', '{"title":1,"seconds":"x"}', '{"title":null,"seconds":1.5}',
    '{"seconds":[]}', '["a",1]', "-1", '"1.5"', "5.0", '{"title":{"title":"a"},"seconds":{}}',
]  # fmt: skip
ALBUM_OR_FILM = [
    '{"title":"a","year":1}', '{"title":"a","minutes":1.5}', '{"title":"a","year":1,"minutes":2}', '{"title":"a"}', '{"title":1}',
    '{"title":"a","year":"x"}', '{"title":"a","minutes":"x"}', '{"title":1,"year":"x","minutes":"y"}', '{"title":"a","year":"5"}',
    '{"title":"a","year":1,"tracks":[{"title":"b","seconds":2}]}', '{"title":"a","year":1,"tracks":[{"title":"b"},{"title":1,"seconds":"x"},5]}',
    '{"title":"a","minutes":1,"ratings":{"x":1,"y":"5"}}', '{"title":"a","minutes":1,"ratings":{"x":"a","y":null}}',
    '{"title":2,"year":"q","tracks":[{"seconds":"r"}],"minutes":"s","ratings":{"x":"t"}}', '{"year":1,"minutes":2}',
    '{"title":"a","year":1.5,"minutes":true,"tracks":{},"ratings":[]}', '{"title":"a","tracks":null,"ratings":null}',
]  # fmt: skip
UNION_VALUES: dict[str, list[str]] = {
    "int-str": ['"é"', "1e3", "false", '""', '["x"]', '{"a":[1]}'],
    "str-int": ["-1", "false", '["x"]', '{"a":[1]}'],
    "int-bool": ["false", "0", "1", "2", '"true"', '"yes"', '"maybe"', '"1"', "1.0", "2.0", "0.0", "1e20"],
    "bool-float": ["false", "0", "1", "2", "0.0", "1.0", '"true"', '"1.5"', '"1"', '"nan"', "1e400"],
    "float-int": ["-1", '"1.5"', '"7.0"', '"1e3"', "1.0", "false", '[1.5]'],
    "uuid-int": ['"550e8400-e29b-41d4-a716-446655440000"', '"550e8400"', '"g50e8400-e29b-41d4-a716-446655440000"', '""', '["x"]'],
    "enum-int": ['"red"', '"green"', '"blue"', '"Red"', '""', "1.0", '["red"]', '{"red":[]}', '{"red":null}'],
    "literal-int": ['"red"', '"blue"', '["red"]'],
    "one-or-many": [
        "[1,2]", '["1","2"]', '["x",1.5,null]', "[[1]]", "[{}]", '"1.0"', "[true]", "[1,2,3,4,5,6,7,8,9,\"x\"]", "1e20", '{"0":1}',
    ],
    "model-or-many": [
        '{"title":"a","seconds":1}', '[{"title":"a","seconds":1},{"title":"b","seconds":2}]', '{"title":"a"}', '[{"title":"a"}]',
        '[{"title":"a","seconds":"x"},{},5,null]', '{"title":1,"seconds":"x"}', '[{"title":"a","seconds":"5"}]', '[[]]', '["a",1]',
    ],
    "int-dict": ['{"a":1,"b":2}', '{"a":"5"}', '{"a":"x","b":null}', '{"a":{}}', '{"":1.5}', '[["a",1]]', '{"a":1,"b":[1]}'],
    "tuple-int": ['[1,"a"]', '["1","a"]', '["x",1]', '[1]', '[1,"a",2]', '[null,null]', '["x",2,3]', "[[],[]]", '[1.5,"a"]', '{"0":1,"1":"a"}'],
    "models": ALBUM_OR_FILM,
    "three-models": [
        *ALBUM_OR_FILM, '{"note":"a"}', '{"note":1}', '{"limit":"x"}', '{"limit":"5"}', '{"note":1,"limit":"x"}', '{"title":1,"note":2,"year":"x"}',
        '{"note":null,"limit":null}',
    ],
    "model-forbid-int": [*TRACK_OR_INT, '{"title":1,"a":1,"b":2}', '{"a":1}', '{"title":"a","b":[]}', '{"title":"a","seconds":"x"}'],
    "nested": [*ALBUM_OR_FILM, '"1.5"', "-1"],
    "model-tagged": [
        '{"title":"a","seconds":1}', '{"kind":"cat","meows":1}', '{"kind":"dog","barks":1.5}', '{"kind":"cat"}', '{"kind":"cat","meows":"x"}',
        '{"kind":"bird"}', '{"kind":5}', '{"title":"a"}', '{"title":1,"seconds":"x","kind":"dog","barks":"y"}', '{"meows":1}',
        '{"kind":"cat","meows":"5"}', '{"kind":null}', '{"title":"a","seconds":1,"kind":"cat","meows":1}',
    ],
    "in-member": [
        '{"held":{"title":"a","seconds":1},"count":1}', '{"held":{"title":"a"},"count":1}', '{"held":{"title":"a","seconds":"x"},"count":1}',
        '{"held":{"title":1},"count":"x"}', '{"held":5}', '{"held":null,"count":null}', '{"held":{},"count":1}', '{"count":1}', '{"held":[],"count":"5"}',
        '{"held":{"title":1,"a":2,"b":3},"count":"x"}',
    ],
    "optional": TRACK_OR_INT,
    "list": [
        '[1,{"title":"a","seconds":1}]', '["x"]', '[{"title":"a"}]', '[1,"x",{"title":1},2,{"seconds":"x"},null]', '["5",{"title":"a","seconds":"5"}]',
        "[[]]", "[{}]", '[1.5,true]', '{"title":"a","seconds":1}', '[{"title":"a","seconds":"x"},{"title":"a","seconds":1}]',
    ],
    "dict": [
        '{"a":1,"b":{"title":"a","seconds":1}}', '{"a":"x"}', '{"a":{"title":"a"}}', '{"a":"x","b":{"title":1},"c":3,"d":{"seconds":"x"},"e":null}',
        '{"a":"5","b":{"title":"a","seconds":"5"}}', '{"a":[]}', '{"":{}}', '{"title":"a","seconds":"x"}',
    ],
    "beside": [
        '{"before":1,"either":2,"after":[]}', '{"before":"x","either":"y","after":"z"}', '{"before":"x","either":{"title":1},"after":[1,"z"]}',
        '{"either":"x"}', '{"before":1,"after":[]}', '{"before":"5","either":{"title":"a","seconds":"5"},"after":["6"]}',
        '{"either":{"title":1,"seconds":"x"},"before":null}', '{"after":["x"],"either":2}', '{"before":1,"either":{"title":"a","seconds":1},"after":["x"]}',
        '{"before":1,"either":null,"after":null}',
    ],
    "in-tagged": [
        '{"kind":"audio","source":1,"volume":2}', '{"kind":"audio","source":{"title":"a","seconds":1},"volume":2}', '{"kind":"audio","source":"x","volume":2}',
        '{"kind":"audio","source":{"title":1},"volume":"y"}', '{"kind":"audio","source":"5","volume":"6"}', '{"kind":"audio"}', '{"kind":"audio","volume":1}',
        '{"kind":"video","source":true}', '{"kind":"video","source":{"title":"a","minutes":1}}', '{"kind":"video","source":"yes"}',
        '{"kind":"video","source":{"title":1,"ratings":{"a":"x"}}}', '{"kind":"video","source":2}', '{"kind":"photo","source":"x"}', '{"source":"x"}',
    ],
    "flattened": [
        '{"either":1,"size":2,"name":"a"}', '{"either":{"title":"a","seconds":1},"size":2,"name":"a"}', '{"either":"x","size":2,"name":"a"}',
        '{"either":{"title":1},"size":"y","name":3}', '{"either":"5","size":"6","name":"a"}', '{"either":{"title":"a","seconds":"x"},"size":2,"name":"a"}',
        '{"either":null,"size":null,"name":null}', '{"name":"a"}', '{"either":"x"}', '{"size":1,"name":"a"}', '{"either":{},"size":1,"name":"a"}',
    ],
    "recursive": [
        '{"name":"a","entries":[]}', '{"name":"a","entries":[1,{"name":"b","entries":[2]}]}', '{"name":"a","entries":["x"]}',
        '{"name":"a","entries":[{"name":1}]}', '{"name":"a","entries":[{"name":"b","entries":["x"]}]}', '{"name":1,"entries":[{"name":2,"entries":[{"name":3}]}]}',
        '{"name":"a","entries":["5",{"name":"b","entries":["6"]}]}', '{"name":"a","entries":[null,1,{"entries":[]}]}', '{"entries":{}}',
        '{"name":"a","entries":[{"name":"b","entries":[{"name":"c","entries":[{"name":"d","entries":["x"]}]}]}]}',
    ],
}  # fmt: skip


@area("u")
def unions() -> Iterator[Case]:
    for name, values in UNION_VALUES.items():
        path = f"/u/{name}"
        yield post(path, "{}", name=f"{name} missing")
        for value in dict.fromkeys(UNION_KIND + values):
            yield post(path, f'{{"v":{value}}}', name=f"{name} {short(value)}")
        yield post(path, '{"v":', name=f"{name} broken")
    for value in dict.fromkeys(UNION_KIND + ALBUM_OR_FILM):
        yield post("/u/body-models", value)
    for value in dict.fromkeys(UNION_KIND + UNION_VALUES["one-or-many"]):
        yield post("/u/body-one-or-many", value)
    for name in ("body-models", "body-one-or-many"):
        yield post(f"/u/{name}", "")
        yield post(f"/u/{name}", "{bad")


# ---- m -----------------------------------------------------------------------------------------
def file(name: str, content: str = "hello", filename: str = "a.txt") -> str:
    return part(f'form-data; name="{name}"; filename="{filename}"', content, "Content-Type: text/plain")


def parts(path: str, name: str, *all_parts: str) -> Case:
    return post(path, "".join(all_parts) + END, ctype=MULTIPART, name=f"{path} {name}")


UNSELECTED = file("file", "", "")
ONE_FILE = {
    "a file": [file("file")], "a string": [field("file", "hello")], "nothing": [], "another name": [file("other")],
    "not selected": [UNSELECTED], "without a name": [file("file", "data", "")], "without content": [file("file", "")],
    "two": [file("file"), file("file", "2", "b.txt")], "not selected at last": [file("file"), UNSELECTED],
    "not selected at first": [UNSELECTED, file("file")], "a file and a string": [file("file"), field("file", "x")],
    "a string and a file": [field("file", "x"), file("file")], "an empty string": [field("file", "")],
}  # fmt: skip
FILES = {
    "two": [file("files"), file("files", "b", "b.txt")], "one": [file("files")], "nothing": [], "a string": [field("files", "t")],
    "mixed": [file("files"), field("files", "t")], "strings": [field("files", "t1"), field("files", "t2")],
    "not selected": [file("files", "", "")], "one selected": [file("files", "", ""), file("files")],
    "without content": [file("files", ""), file("files", "", "x")], "an empty string": [field("files", "")],
}  # fmt: skip
ONE = {"file": ONE_FILE, "file-opt": ONE_FILE, "bytes": ONE_FILE, "bytes-opt": ONE_FILE}
MANY = {"files": FILES, "files-opt": FILES, "bytes-list": FILES}
PEOPLE = [
    "name=a&age=5", "name=a&age=5&tags=x&tags=y&note=n", "name=a&age=x", "name=a", "age=5", "", "tags=x", "zz=1", "name=a&age=5&zz=1",
    "name=&age=", "name=a&age=5&note=", "name=a&name=b&age=1&age=x", "name=a&age=5&tags=", "zz=1&age=x&yy=2&yy=3", "note=n",
]  # fmt: skip
DATETIMES = [
    '"2023-01-01T10:00:00Z"', '"2023-01-01T10:00:00+02:00"', '"2023-01-01"', '"2023-01-01 10:00"', '"2023-01-01T10:00:00.123456"',
    '"1700000000"', "1700000000", "1700000000123", "1.5", "-1", '"x"', '""', '"2023-13-01"', '"2023-02-30"', '"2023-01-01T25:00"',
    '"2023-01-01T10"', "1e20", "99999999999999999999", "true", "[]", "{}", '" 2023-01-01"', '"2023-01-01T10:00:00 Z"',
    '"2023-01-01T10:00:00+0200"', '"2023-01-01t10:00z"', '"20230101"', '"-1"',
]  # fmt: skip
DAYS = [
    '"2023-01-02"', '"2023-01-02T00:00:00"', '"2023-01-02T10:00"', "1699920000", "1700000000", '"1699920000"', '"x"', '""',
    '"2023-02-30"', '"2023-13-01"', '"2023-1-2"', "1.5", "1e30", "true", "[]", '"2023-01-02x"', '"02.01.2023"',
]  # fmt: skip
HOURS = [
    '"10:00"', '"10:00:00"', '"10:00:00.5"', '"10:00Z"', "3600", "3600.0", "86400", "-1", '"x"', '""', '"25:00"', '"10:60"', '"10"',
    '"3600"', "true", "[]", '"10:00:00x"',
]  # fmt: skip
PRICES = [
    '"1"', '"1.50"', '" 1 "', '"1_000"', '"1e3"', '"x"', '""', '"inf"', '"NaN"', "1", "1.5", "-2.5", "true", "[]", '"0x1"', '"+5"',
    '"1."', '".5"', '"1 2"', '"--1"', "12345678901234567890",
]  # fmt: skip
KINDS = {
    "at": DATETIMES, "day": DAYS, "hour": HOURS, "price": PRICES, "order": ['"asc"', '"x"', "1", '""', "[]"],
    "votes": ["[1,2]", "[]", '["x","y"]', '[1,"x",300]', '[1,300,"x"]', "1", '"x"'],
    "items": [
        '"[1,2]"', '"[]"', r'"[1,\"x\",null]"', '"["', '""', '"nul"', '"[1,]"', '"[1] 2"', '"5"', '"{}"', "1", "[1]", "null", '"tru"', '" [1] "',
        r'"[\n1,\n x]"', '"-"', '"[1"', '"01"', r'"\"a"',
    ],
    "ratio": ["1.5", '"inf"', '"-inf"', '"nan"', "NaN", "Infinity", '"x"'],
}  # fmt: skip
PUT_BODIES = [
    '{"item":{"articleTitle":"t","price":1}}', '{"item":{"title":"t","price":"x"}}', '{"item":{"price":1}}', '{"item":{}}', "{}", "",
    "null", "[]", "1", '"x"', "true", '{"item":null}', '{"item":[]}', '{"item":1}', '{"articleTitle":"t","price":1}', "{bad",
    '{"item":{"articleTitle":"t","price":1},"person":{"name":"a","age":5},"importance":5}',
    '{"item":{"articleTitle":"t","price":"x"},"person":{"name":1},"importance":"x"}',
    '{"person":{"name":"a","age":5},"importance":5}', '{"item":{"articleTitle":"t","price":1},"importance":"7"}',
    '{"item":{"articleTitle":"t","price":1},"importance":null}', '{"zz":1}', '[{"item":1}]',
]  # fmt: skip


@area("m")
def models() -> Iterator[Case]:
    for route, table in (ONE | MANY).items():
        for name, sent in table.items():
            yield parts(f"/m/{route}", name, *sent)
    for route, name in (("file", "file"), ("files", "files"), ("bytes", "file"), ("bytes-list", "files"), ("file-opt", "file")):
        for body in (f"{name}=hello", f"{name}=", "", f"{name}=a&{name}=b"):
            yield form(f"/m/{route}", body)
        yield post(f"/m/{route}", None)
        yield post(f"/m/{route}", "{}")
    mixed = {
        "everything": [file("file"), file("fileb"), field("token", "t"), field("n", "5")],
        "only what is required": [file("file"), file("fileb"), field("token", "t")],
        "no integer": [file("file"), file("fileb"), field("token", "t"), field("n", "x")],
        "one": [file("file")], "nothing": [], "strings": [field("file", "a"), field("fileb", "b"), field("token", "t")],
        "an empty token": [file("file"), file("fileb"), field("token", "")],
    }  # fmt: skip
    for name, sent in mixed.items():
        yield parts("/m/file-and-form", name, *sent)
    yield form("/m/file-and-form", "token=x&n=q")
    uploads = {
        "everything": [field("name", "n"), file("file"), file("files"), file("files", "b")],
        "only what is required": [field("name", "n"), file("file")], "nothing": [], "no name": [UNSELECTED],
        "strings": [field("name", "n"), field("file", "x"), field("files", "y")],
        "a string among files": [field("name", "n"), file("file"), file("files"), field("files", "y")],
    }  # fmt: skip
    for name, sent in uploads.items():
        yield parts("/m/file-model", name, *sent)
    for body in PEOPLE:
        for route in ("form-model", "form-model-opt", "form-model-strict"):
            yield form(f"/m/{route}", body)
        for route in ("query-model", "query-model-opt", "query-model-strict"):
            yield get(f"/m/{route}?{body}")
    for body in (
        "name=a&age=5&street=s", "", "name=a&age=x", "name=a&age=5&street=s&code=7", "name=a&age=5&street=s&code=x",
        "name=a&age=5&street=s&code=", "code=x", "street=s&code=1", "name=a&age=5&street=",
    ):  # fmt: skip
        yield form("/m/form-models", body)
    for body in ("n=1", "n=1&b=&c=x", "n=&b=", "n=x&b=1", "b=1", "", "n=1&b=1&c="):
        yield form("/m/form-open", body)
    for body in (
        "kind=list&value=a", "kind=list&value=a&value=b", "kind=list&value=", "kind=list&value=&value=", "kind=list",
        "kind=text&value=x", "kind=text&value=", "kind=text", "kind=text&value=x&value=y", "kind=zz", "", "kind=", "value=x",
    ):  # fmt: skip
        yield form("/m/form-tagged", body)
    for headers in (
        [("save-data", "true")], [("save-data", "x")], [], [("save-data", "true"), ("x-tag", "a"), ("x-tag", "b"), ("x-count", "5")],
        [("save-data", "true"), ("x-count", "x")], [("x-count", "x")], [("save-data", "true"), ("x-token", "t")],
        [("save_data", "true")], [("save_data", "true"), ("x_tag", "a"), ("x_count", "x")], [("Save-Data", "1"), ("X-Token", "t")],
        [("save-data", "true"), ("save-data", "x")], [("save-data", "")],
    ):  # fmt: skip
        for route in ("header-model", "header-model-opt", "header-literal"):
            yield get(f"/m/{route}", *headers)
    for cookie in (
        "session=a", "session=a; count=5", "count=x", "session=a; count=x", "session=a; zz=1", "zz=1", "session=", "session=a; session=b", "",
    ):  # fmt: skip
        for route in ("cookie-model", "cookie-model-opt", "cookie-model-strict"):
            yield get(f"/m/{route}", *([("cookie", cookie)] if cookie else []))
    for body in PUT_BODIES:
        for route in ("embedded", "bodies", "bodies-opt"):
            yield request("PUT", f"/m/{route}", ("content-type", JSON), body=body)
    for route in ("embedded", "bodies", "bodies-opt"):
        yield request("PUT", f"/m/{route}", body=None)
        yield request("PUT", f"/m/{route}", ("content-type", TEXT_PLAIN), body="{}")
    for name, values in KINDS.items():
        for value in values:
            yield post("/m/kinds", f'{{"{name}":{value}}}', name=f"kinds {name} {short(value)}")
            if value.startswith('"'):
                yield get(f"/m/kinds?{name}={pct(value[1:-1])}", name=f"kinds in a query {name} {short(value)}")
    yield post("/m/kinds", '{"at":"x","day":"x","hour":"x","price":"x","order":"x","votes":["x",1,"y"],"ratio":"inf"}')
    yield get("/m/kinds?at=x&day=x&hour=x&price=x&order=x&votes=x&votes=y&ratio=inf")


# ---- tutorial ----------------------------------------------------------------------------------
FOO, FULL_FOO = '{"name":"Foo","price":50.5}', '{"name":"Foo","price":50.5,"description":"Some Foo","tax":0.3}'
ONLY_NAME, TWENTY, NICE = '{"name":"Foo"}', '{"name":"Foo","price":"twenty"}', '{"description":"A very nice Item"}'
TAGGED = '{"name":"Foo","description":"A very nice Item","price":35.4,"tax":3.2,"tags":["foo","bar","foo"]'
CHEAP, IMAGE = '{"name":"Foo","price":35.4', '{"url":"http://example.com/image.png","name":"example image"}'
NO_URL, FTP, HALF = '{"url":"not a valid url","name":"n"}', '{"url":"ftp://a.b/c","name":"n"}', '{"url":"http://example.com/image.png"}'
USER, OTHER_USER = '"user":{"username":"johndoe"}', '"user":{"full_name":"John Doe"}'
WHEN = '{"title":"Foo","timestamp":"2023-01-01T12:00:00","description":"a"}'
STARTS = '{"start_datetime":"2018-12-22T14:00:00+00:00","end_datetime":"2018-12-24T15:00:00+00:00","repeat_at":"15:30:00"'
UUID_PATH = "extra-data-types/1/items/ff97dd87-a4a5-4a12-b412-cde99f33e00e"
TUTORIAL_BODIES: dict[str, list[str | None]] = {
    "POST body/1/items/": [FOO, FULL_FOO, '{"name":"Foo","price":"50.5"}', ONLY_NAME, TWENTY, "{}", None, "{some broken json}"],
    "POST body/2/items/": [FOO, FULL_FOO, '{"name":"Foo","price":"50.5","tax":0.3}', "{}"],
    "PUT body/3/items/123": [FOO, FULL_FOO, "{}"], "PUT body/3/items/x": ["{}"],
    "PUT body/4/items/123": [FOO, "{}"], "PUT body/4/items/123?q=somequery": [FULL_FOO], "PUT body/4/items/x?q=": [None],
    "PUT body-fields/1/items/5": [
        f'{{"item":{FOO}}}', '{"item":{"name":"Bar","price":0.2,"description":"Some bar","tax":"5.4"}}',
        '{"item":{"name":"Foo","price":-3.0}}', f'{{"item":{{"name":"Foo","price":0,"description":"{"d" * 301}"}}}}', FOO, None,
    ],
    "PUT body-multiple-params/1/items/5": [None, "null", TWENTY], "PUT body-multiple-params/1/items/5?q=bar": [FOO, None],
    "PUT body-multiple-params/1/items/foo": [None, TWENTY], "PUT body-multiple-params/1/items/1001": ["{}"],
    "PUT body-multiple-params/2/items/5": [
        f'{{"item":{FULL_FOO},"user":{{"username":"johndoe","full_name":"John Doe"}}}}', f'{{"item":{FOO},{USER}}}', None,
        f"{{{USER}}}", f'{{"item":{FOO}}}', f'{{"item":{ONLY_NAME},{USER}}}', f'{{"item":{FOO},{OTHER_USER}}}',
    ],
    "PUT body-multiple-params/2/items/foo": [f'{{"item":{FOO},{USER}}}'],
    "PUT body-multiple-params/3/items/5": [f'{{"importance":2,"item":{FOO},{USER}}}', f'{{"importance":"x","item":{FOO},{USER}}}', None, "[]"],
    "PUT body-multiple-params/4/items/5": [f'{{"importance":2,"item":{FOO},{USER}}}', f'{{"importance":0,"item":{FOO},{USER}}}', None, "{}"],
    "PUT body-multiple-params/4/items/5?q=somequery": [f'{{"importance":2,"item":{FOO},{USER}}}'],
    "PUT body-multiple-params/5/items/5": [
        f'{{"item":{FULL_FOO}}}', f'{{"item":{FOO}}}', None, FOO, f'{{"item":{ONLY_NAME},{USER}}}',
    ],
    "PUT body-nested-models/1/items/123": [f"{TAGGED}}}", f"{CHEAP}}}", "{}", NICE, f'{CHEAP},"tags":[1,null,{{}}]}}', f'{CHEAP},"tags":"a"}}'],
    "PUT body-nested-models/2/items/123": [f"{TAGGED}}}", f"{CHEAP}}}", "{}", NICE, f'{CHEAP},"tags":[1,"a",null]}}'],
    "PUT body-nested-models/3/items/123": [f"{TAGGED}}}", f"{CHEAP}}}", "{}", NICE, f'{CHEAP},"tags":[1,"a",null]}}', f'{CHEAP},"tags":{{}}}}'],
    "PUT body-nested-models/4/items/123": [f'{TAGGED},"image":{IMAGE}}}', f"{CHEAP}}}", "{}", NICE, f'{CHEAP},"image":{HALF}}}'],
    "PUT body-nested-models/5/items/123": [
        f'{TAGGED},"image":{IMAGE}}}', f"{CHEAP}}}", "{}", NICE, f'{CHEAP},"image":{HALF}}}', f'{CHEAP},"image":{NO_URL}}}', f'{CHEAP},"image":{FTP}}}',
    ],
    "PUT body-nested-models/6/items/123": [
        f'{TAGGED},"images":[{IMAGE}]}}', f"{CHEAP}}}", "{}", f'{CHEAP},"images":{IMAGE}}}', f'{CHEAP},"images":[{IMAGE},{HALF},{FTP}]}}',
    ],
    "POST body-nested-models/7/offers/": [
        f'{{"name":"Special","description":"An offer","price":38.6,"items":[{TAGGED},"images":[{IMAGE}]}}]}}',
        f'{{"name":"Special","price":38.6,"items":[{CHEAP},"images":[{IMAGE}]}}]}}', "{}", '{"name":"Special","price":38.6,"items":[{}]}',
        f'{{"name":"Special","price":38.6,"items":[{CHEAP},"images":[{{}}]}}]}}',
    ],
    "POST body-nested-models/8/images/multiple/": [f"[{IMAGE},{IMAGE}]", f"[{NO_URL}]", IMAGE, f"[{FTP},{HALF}]", None],
    "POST body-nested-models/9/index-weights/": ['{"2":2.2,"3":3.3}', '{"foo":2.2,"3":3.3}', '{"2":"x","x":"y"}', "[]"],
    "PUT body-updates/1/items/bar": ['{"name":"Barz","price":3,"description":null}', "{}", '{"tax":null,"tags":[1]}'],
    "PATCH body-updates/2/items/foo": [
        '{"name":"Fooz","description":"Item description","price":3,"tax":10.5,"tags":["tag1","tag2"]}', '{"name":"Barz"}', '{"name":null}',
        '{"price":"x","tax":null}',
    ],
    **{f"POST response-model/{n}/items/": [f"{TAGGED}}}", FOO, "{}"] for n in ("1", "1-01")},
    **{f"POST path-operation-configuration/{n}/items/": [f"{TAGGED}}}", FOO, TWENTY] for n in range(1, 6)},
    "POST path-operation-advanced-configuration/4/items/": [f"{TAGGED}}}", FOO, TWENTY],
    **{f"PUT schema-extra-example/{n}/items/5": [FULL_FOO, ONLY_NAME] for n in range(1, 6)},
    **{f"POST separate-openapi-schemas/{n}/items/": [ONLY_NAME, NICE] for n in (1, 2)},
    "POST server-sent-events/5/chat/stream": ['{"text":"hello world"}', '{"text":5}'],
    **{f"POST generate-clients/{n}/items/": [FOO, TWENTY] for n in (1, 2, 3)},
    **{f"POST generate-clients/{n}/users/": ['{"username":"Foo","email":"foo@example.com"}', "{}"] for n in (2, 3)},
    "POST openapi-callbacks/1/invoices/": ['{"id":"a","customer":"b","total":5.3}', '{"id":1,"total":"x"}'],
    "POST openapi-callbacks/1/invoices/?callback_url=http://example.com": ['{"id":"a","customer":"b","total":5.3}'],
    "POST openapi-callbacks/1/invoices/?callback_url=x": [None], "POST openapi-callbacks/1/invoices/?callback_url=ftp://x": ["{}"],
    "POST sql-databases/2/heroes/": ['{"id":9000,"name":"a","age":30,"secret_name":"b"}', '{"name":"a","age":"x"}'],
    "PATCH sql-databases/2/heroes/1": ['{"name":"a"}', '{"name":null,"age":"x"}'], "PATCH sql-databases/2/heroes/x": [None],
    "POST dataclasses/1/items/": ['{"name":"Foo","price":3}', '{"name":"Foo","price":"invalid price"}', ONLY_NAME, "[]"],
    "POST dataclasses/3/authors/foo/items/": ['[{"name":"Bar"},{"name":"Baz","description":"b"}]', "[{},5]", '[{"name":1},{"name":"a"}]', "{}"],
    **{f"PUT {page}/1/items/345": [WHEN, '{"title":"Foo","timestamp":"not a date"}', '{"title":5}'] for page in ("encoder", "response-directly")},
    f"PUT {UUID_PATH}": [
        f'{STARTS},"process_after":300}}', "{}", f'{STARTS},"process_after":"x"}}', f'{STARTS},"process_after":"PT5M"}}',
        '{"start_datetime":"x","end_datetime":"y","process_after":1.5,"repeat_at":"z"}',
    ],
    "PUT extra-data-types/1/items/x": [None],
    **{f"POST json-base64-bytes/1/{p}": ['{"description":"A file","data":"SGVsbG8sIFdvcmxkIQ=="}', '{"data":"?"}'] for p in ("data", "data-in-out")},
    "POST handling-errors/5/items/": ['{"title":"towel","size":"XL"}', '{"title":"towel","size":5}', "{}", None],
    "PUT bigger-applications/1/items/foo": [None], "PUT bigger-applications/1/items/plumbus?token=jessica": [None],
    "POST bigger-applications/1/admin/": [None], "POST bigger-applications/1/admin/?token=jessica": [None],
    "POST response-status-code/1/items/": [None], "POST response-status-code/1/items/?name=Test+Item": [None],
}  # fmt: skip
LONG_Q, TEXT = f"?q={'q' * 51}", "query-params-str-validations"
TUTORIAL_QUERIES: dict[str, list[str]] = {
    "path-params/1/items/": ["1", "alice"], "path-params/2/items/": ["1", "item1", "4.2"], "path-params/3/users/": ["me", "alice"],
    "path-params/4/files/": ["home/johndoe/myfile.txt", "/home/johndoe/myfile.txt"],
    "path-params/5/models/": ["alexnet", "lenet", "resnet", "foo"],
    "path-params-numeric-validations/1/items/": ["42", "123?item-query=somequery", "invalid_id"],
    **{f"path-params-numeric-validations/{n}/items/": ["42?q=", "123?q=somequery", "invalid_id?q=somequery", "42", "x"] for n in (2, 3)},
    "path-params-numeric-validations/4/items/": ["42?q=", "1?q=somequery", "invalid_id?q=somequery", "0?q=somequery", "42"],
    "path-params-numeric-validations/5/items/": ["1?q=", "1000?q=a", "invalid_id?q=a", "0?q=a", "1001?q=a", "42", "0"],
    "path-params-numeric-validations/6/items/": [
        "0?q=&size=0.1", "1000?q=a&size=10.4", "-1?q=a&size=5", "1001?q=a&size=5", "1?q=a&size=0.0", "1?q=a&size=10.5", "-1?size=11", "x?size=y", "1",
    ],
    "query-params/1/items/": ["", "?skip=1", "?skip=1&limit=1", "?skip=a&limit=b"],
    "query-params/2/items/": ["foo", "bar?q=somequery"], "query-params/3/items/": ["foo", "bar?q=somequery", "baz?short=true", "baz?short=x"],
    "query-params/4/users/": ["123/items/foo", "1/items/bar?q=somequery", "42/items/baz?short=true", "x/items/baz?short=y"],
    "query-params/5/items/": ["foo?needy=very", "foo"], "query-params/6/items/": ["foo?needy=very", "foo?skip=a&limit=b", "foo?needy=&limit="],
    **{
        f"query-param-models/{n}/items/": [
            "", "?limit=10&offset=5&order_by=updated_at&tags=tag1&tags=tag2", "?limit=150&offset=-1&order_by=invalid",
            "?limit=10&offset=5&order_by=updated_at&tags=tag1&tags=tag2&tool=plumbus",
        ]
        for n in (1, 2)
    },
    f"{TEXT}/1/items/": ["", "?q=", "?q=query"], f"{TEXT}/2/items/": ["", "?q=", "?q=query", LONG_Q],
    f"{TEXT}/3/items/": ["", "?q=query", "?q=qu", LONG_Q], f"{TEXT}/4/items/": ["", "?q=fixedquery", "?q=nonregexquery", "?q=x"],
    f"{TEXT}/5/items/": ["", "?q=query", "?q=fa", "?q="], f"{TEXT}/6/items/": ["", "?q=fixedquery", "?q=fa", "?q="],
    f"{TEXT}/6c/items/": ["", "?q=", "?q=query", "?q=fa"],
    **{f"{TEXT}/{n}/items/": ["", "?q=fixedquery", "?q=fa"] for n in (7, 8)},
    f"{TEXT}/9/items/": ["", "?item-query=fixedquery", "?q=fixedquery"],
    f"{TEXT}/10/items/": ["", "?item-query=fixedquery", "?q=fixedquery", "?item-query=nonregexquery", "?item-query=x"],
    **{f"{TEXT}/{n}/items/": ["", "?q=foo&q=bar", "?q="] for n in (11, 12, 13)},
    f"{TEXT}/14/items/": ["", "?hidden_query=somevalue"], f"{TEXT}/15/items/": ["", "?id=isbn-9781529046137", "?id=isbn-nope", "?id=wtf-yes"],
    "events/3/predict": ["?x=2", "?x=y", ""],
    **{f"additional-responses/{n}/items/": ["foo", "bar"] for n in (1, 3)},
    **{f"additional-responses/{n}/items/": ["foo", "foo?img=1", "foo?img=x"] for n in (2, 4)},
    **{f"response-model/{n}/portal": ["", "?teleport=true", "?teleport=x"] for n in ("3-02", "3-05")},
    "sql-databases/2/heroes/": ["", "?offset=1&limit=100", "?offset=x&limit=101", "1", "9000", "x"],
    **{f"dependencies/{n}/items/": ["", "?q=foo", "?q=foo&skip=5&limit=30", "?skip=x&limit=y"] for n in ("1", "1-02", 2, 3, 4)},
    **{f"dependencies/{n}/users/": ["", "?skip=x"] for n in ("1", "1-02")},
    "dependencies/11/query-checker/": ["", "?q=qwerty", "?q=foobar"],
    "handling-errors/1/items/": ["foo", "bar"], "handling-errors/2/items-header/": ["foo", "bar"],
    "handling-errors/3/unicorns/": ["shinny", "yolo"],
    "handling-errors/4/items/": ["foo", "3", "2", "3/4"], "handling-errors/6/items/": ["foo", "3", "2", "3/4"],
    "bigger-applications/1/": ["", "?token=jessica", "?token=x"],
    "bigger-applications/1/users/": ["", "?token=jessica", "?token=monica", "foo", "foo?token=jessica", "me", "me?token=jessica"],
    "bigger-applications/1/items/": ["", "?token=jessica", "plumbus", "plumbus?token=jessica"],
}  # fmt: skip
COMMON = [("save-data", "true"), ("if-modified-since", "yesterday"), ("traceparent", "123"), ("x-tag", "one"), ("x-tag", "two")]
KEY_AND_TOKEN = [("x-token", "fake-super-secret-token"), ("x-key", "fake-super-secret-key")]
TUTORIAL_HEADERS: dict[str, list[list[Header]]] = {
    "header-params/1/items/": [[], [("x-header", "notvalid")], [("user-agent", "testclient")]],
    "header-params/2/items/": [[], [("strange_header", "FastAPI test")], [("strange-header", "no underscore")]],
    "header-params/3/items/": [[], [("x-token", "foo")], [("x-token", "foo"), ("x-token", "bar")]],
    **{f"header-param-models/{n}/items/": [COMMON, COMMON[:1], [], [COMMON[0], ("tool", "plumbus")]] for n in (1, 2)},
    "header-param-models/3/items/": [
        [(n.replace("-", "_"), v) for n, v in COMMON], COMMON, [("save_data", "true")], [], [("save_data", "true"), ("tool", "plumbus")],
    ],
    "server-sent-events/4/items/stream": [[], [("last-event-id", "0")], [("last-event-id", "x")]],
    "cookie-params/1/items/": [[], *([("cookie", c)] for c in ("ads_id=ads_track", "ads_id=ads_track; session=s", "session=s"))],
    **{
        f"cookie-param-models/{n}/items/": [
            [], [("cookie", "session_id=123; fatebook_tracker=456; googall_tracker=789")], [("cookie", "session_id=123")],
            [("cookie", "session_id=123; extra=track-me-here-too")],
        ]
        for n in (1, 2)
    },
    **{
        f"dependencies/{path}/": [[], [("x-token", "invalid")], [KEY_AND_TOKEN[0], ("x-key", "invalid")], KEY_AND_TOKEN, KEY_AND_TOKEN[1:]]
        for path in ("6/items", "12/items", "12/users")
    },
    "dependencies/5/items/": [[], [("cookie", "last_query=from_cookie")]], "dependencies/5/items/?q=foo": [[("cookie", "last_query=from_cookie")]],
    **{
        f"bigger-applications/1/items/{path}": [KEY_AND_TOKEN[:1], [("x-token", "invalid")]]
        for path in ("", "?token=jessica", "plumbus", "plumbus?token=jessica", "bar?token=jessica")
    },
    "security/3/users/me": [[], *([("authorization", a)] for a in ("Bearer johndoe", "Bearer nonexistent", "Notexistent testtoken", "Bearer alice"))],
}  # fmt: skip
LOGINS = ["username=Foo&password=secret", "username=Foo", "password=secret", "", "username=&password="]
TUTORIAL_FORMS: dict[str, list[str]] = {
    "request-forms/1/login/": LOGINS, "request-form-models/1/login/": LOGINS,
    "request-form-models/2/login/": [*LOGINS, "username=Foo&password=secret&extra=extra"],
    "security/3/token": [
        "username=johndoe&password=secret", "username=johndoe&password=incorrect", "username=foo&password=secret", "", "grant_type=x&username=a",
        "grant_type=password&username=johndoe&password=secret&scope=a+b&client_id=c&client_secret=d",
    ],
    "request-files/1/files/": [""], "request-files/1/uploadfile/": [""], "request-files/2/files/": [""], "request-files/2/uploadfiles/": [""],
    "request-files/1-02/files/": [""], "request-files/1-02/uploadfile/": [""], "request-forms-and-files/1/files/": ["", "token=foo"],
}  # fmt: skip
TWO_FILES = [file("files", "<file content>", "test.txt"), file("files", "<file content2>", "test2.txt")]
FILE_A, FILE_B = file("file", "<file content>", "test.txt"), file("fileb", "<file b content>", "testb.txt")
TUTORIAL_PARTS: dict[str, dict[str, list[str]]] = {
    **{f"request-files/{n}/{path}/": {"a file": [FILE_A], "nothing": []} for n in ("1", "1-02", "1-03") for path in ("files", "uploadfile")},
    **{f"request-files/{n}/{path}/": {"two files": TWO_FILES, "nothing": []} for n in (2, 3) for path in ("files", "uploadfiles")},
    "request-forms-and-files/1/files/": {"no token": [FILE_A], "everything": [field("token", "foo"), FILE_A, FILE_B]},
}


@area("tutorial")
def tutorial() -> Iterator[Case]:
    for target, bodies in TUTORIAL_BODIES.items():
        method, path = target.split(" ")
        for body in bodies:
            yield request(method, f"/tutorial/{path}", *([] if body is None else [("content-type", JSON)]), body=body)
    for ctype in ("application/geo+json", TEXT_PLAIN, "application/geo+json-seq", "application/not-really-json", None):
        yield post("/tutorial/body/1/items/", FOO, ctype=ctype)
    yield form("/tutorial/body/1/items/", "name=Foo&price=50.5")
    for ctype in (JSON, None, TEXT_PLAIN):
        yield post("/tutorial/strict-content-type/1/items/", FOO, ctype=ctype)
    for path, rests in TUTORIAL_QUERIES.items():
        for rest in rests:
            yield get(f"/tutorial/{path}{rest}")
    for hero in ("1", "9000", "x"):
        yield request("DELETE", f"/tutorial/sql-databases/2/heroes/{hero}")
    for path, requests in TUTORIAL_HEADERS.items():
        for headers in requests:
            # Without headers it is a query, and some of these are asked above.
            if headers or path not in TUTORIAL_QUERIES:
                yield get(f"/tutorial/{path}", *headers)
    for token in ("", "?token=jessica"):
        for item in ("plumbus", "bar"):
            yield request("PUT", f"/tutorial/bigger-applications/1/items/{item}{token}", KEY_AND_TOKEN[0])
        for value in ("fake-super-secret-token", "invalid"):
            yield request("POST", f"/tutorial/bigger-applications/1/admin/{token}", ("x-token", value))
    for path, texts in TUTORIAL_FORMS.items():
        for text in texts:
            yield form(f"/tutorial/{path}", text)
        yield post(f"/tutorial/{path}", None, ctype=None)
        yield post(f"/tutorial/{path}", '{"file":"Foo","username":"Foo","password":"secret"}')
    for path, table in TUTORIAL_PARTS.items():
        for name, sent in table.items():
            yield parts(f"/tutorial/{path}", name, *sent)
    yield parts("/tutorial/request-files/1/files/", "a large file", file("file", "x" * (2**16 + 1), "test.txt"))


# ---- websocket ---------------------------------------------------------------------------------
CLOSE_CODES = [
    *range(1000, 1017), -1, 0, 1, 999, 1100, 1999, 2000, 2999, 3000, 3001, 3999, 4000, 4001, 4404, 4999, 5000, 9999, 65535,
    65536, 2**31, 2**63 - 1, 2**63,
]  # fmt: skip
NO_INTEGERS = ["abc", "", "1008.5", "1e3", "0x3e8", "true", "null", "%C3%A9", "1008,1008", "10 08"]
ODD_INTEGERS = ["1008.0", "%201008%20", "%2B1008", "1_008", "01008", "%D9%A31008"]
REASONS = [
    "", "r", "two words", "q\"b\\s/", "{\"a\":1}", "café", "☃", "😀", "nul\0", "line\nbreak", "x" * 40, "x" * 121, "x" * 122, "x" * 123,
    "x" * 124, "x" * 125, "x" * 126, "x" * 200, "é" * 60, "é" * 61, "é" * 62, "x" + "é" * 61, "日" * 41, "日" * 42, "😀" * 30, "😀" * 31,
]  # fmt: skip
LENGTHS = [0, 1, 2, 40, 41, 60, 61, 62, 63, 100, 121, 122, 123, 124, 125, 126, 127, 200, 1000, 65536, -1]
DENIALS = [
    *range(200, 209), 226, 300, 301, 302, 303, 304, 307, 308, *range(400, 419), 421, 422, 423, 426, 428, 429, 431, 451, 460, 499,
    *range(500, 512), 520, 598, 599, 600, 999,
]  # fmt: skip


@area("websocket")
def websocket() -> Iterator[Socket]:
    for text in ("hi", "", "é", "日本", "😀", "nul\0", '{"a":1}', "x" * 125, "x" * 126, "x" * 65535, "x" * 65536, "x" * 100_000):
        yield socket("/ws/echo", text)
    yield socket("/ws/echo", "one", "two")
    yield socket("/ws/echo", b"bytes")
    yield socket("/ws/echo", b"")
    yield socket("/ws/echo?unknown=1", "hi")
    yield socket("/ws/ech%6F", "hi")
    for close in ((1000, ""), (1000, "bye"), (1001, ""), (3000, "r"), (4999, "é")):
        yield socket("/ws/echo", close=close)
    for path in (
        "/ws/nope", "/nope", "/", "/ws", "/ws/", "/ws/echo/", "/ws/echo/x", "/WS/echo", "/ws//echo", "/ws/valid", "/ws/valid/",
        "/ws/valid/1/2", "/ws/after/4000", "/h/nope", "/hs/nope", "/%20",
    ):  # fmt: skip
        yield socket(path)
    for path in (
        "/http/ok", "/http/raise/418", "/http/unhandled", "/route/get-only", "/route/post-only", "/v/query", "/v/query?q=5&r=a",
        "/v/body", "/v/path/abc", "/h/raise/child", "/h/get-only",
    ):  # fmt: skip
        yield socket(path, name=f"{path}, which is no WebSocket")
    for code in CLOSE_CODES:
        yield socket(f"/ws/before?code={code}")
        yield socket(f"/ws/after?code={code}")
        yield socket(f"/ws/after?code={code}&reason=r")
    for code in NO_INTEGERS + ODD_INTEGERS:
        yield socket(f"/ws/before?code={code.replace(' ', '%20')}")
        yield socket(f"/ws/after?code={code.replace(' ', '%20')}")
    for query in ("", "?reason=r", "?code=4001&code=abc", "?code=abc&code=4001", "?unknown=1", "?Code=4001", "?code"):
        yield socket(f"/ws/before{query}")
        yield socket(f"/ws/after{query}")
    for reason in REASONS:
        yield socket(f"/ws/before?reason={pct(reason)}", name=f"before, {short(reason)}")
        yield socket(f"/ws/after?reason={pct(reason)}", name=f"after, {short(reason)}")
    for reason in REASONS[:10]:
        yield socket(f"/ws/after?code=4001&reason={pct(reason)}", name=f"after with 4001, {reason}")
    yield socket("/ws/after?reason=%ff")
    yield socket("/ws/after?reason=a&reason=b")
    for n in LENGTHS:
        yield socket(f"/ws/after?n={n}")
        yield socket(f"/ws/after-utf8?n={n}")
    for n in NO_INTEGERS:
        yield socket(f"/ws/after?n={n.replace(' ', '%20')}")
        yield socket(f"/ws/after-utf8?n={n.replace(' ', '%20')}")
    for query in ("?reason=r&n=3", "?code=4001&reason=r&n=0", "?code=x&n=x", "?code=x&reason=r&n=1", "?code=4001&n=123", "?code=999&n=124"):
        yield socket(f"/ws/after{query}")
    yield socket("/ws/after-utf8")
    yield socket("/ws/after-utf8?m=1")
    yield socket("/ws/after", "unread", name="after, and what the client said is not read")
    yield socket("/ws/after", *["x" * 1000] * 100, name="after, and much that the client said is not read")
    for path in ("/ws/unhandled-before", "/ws/unhandled-after"):
        yield socket(path)
        yield socket(f"{path}?code=4001")
        yield socket(path, headers=(("accept", "application/json"),))
    for status in DENIALS:
        yield socket(f"/ws/http-before?code={status}")
    for query in ("", "?code=", "?code=abc", "?code=404.5", "?code=404.0", "?code=%20404", "?code=404&code=403"):
        yield socket(f"/ws/http-before{query}")
    for path in (
        "1?q=1", "1", "1?q=", "1?q=x", "abc?q=1", "abc?q=x", "abc", "1.5?q=1.5", "1.0?q=1.0", "-1?q=-1", "0?q=0", "007?q=1_0",
        "1?q=1&q=x", "1?q=x&q=1", "1?Q=1", "%20?q=%20", "%C3%A9?q=1", "1?q=%C3%A9", "%ff?q=1", "1?q=1&r=2", "true?q=1", "%2B1?q=%2B1",
        "9223372036854775807?q=-9223372036854775808", "9223372036854775808?q=1", "1?q=9223372036854775808",
    ):  # fmt: skip
        yield socket(f"/ws/valid/{path}")
    for protocols in ("chat", "chat, superchat"):
        yield socket("/ws/echo", "hi", headers=(("sec-websocket-protocol", protocols),))
        yield socket("/ws/before", headers=(("sec-websocket-protocol", protocols),))
    yield socket("/ws/valid/x", headers=(("origin", "http://example.com"), ("cookie", "a=b"), ("authorization", "Bearer x")))
