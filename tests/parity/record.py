"""Send every request of `cases.py` to the real FastAPI and write down what it answers.

    python record.py            write fixtures/<area>.jsonl
    python record.py --check    record into memory, exit 1 when a committed fixture differs
    python record.py --port N   ask the WebSockets of the port that listens there, exit 1 when one does not do what
                                was recorded, or written down as ours

Needs CPython 3.11 with `requirements.txt`. Takes a few seconds.
"""

from __future__ import annotations

import argparse
import base64
import importlib.metadata
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True
import sockets  # noqa: E402
from cases import AREAS, Case, Socket  # noqa: E402

HERE = Path(__file__).resolve().parent
FIXTURES = HERE / "fixtures"
NOT_COMPARED = {"date", "server", "connection", "transfer-encoding", "content-length"}


# ---- talking to the server ---------------------------------------------------------------------
class Server:
    """The reference app under uvicorn on a free loopback port."""

    def __enter__(self) -> Server:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        # The order in which Python prints a set depends on the hash seed.
        env = os.environ | {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        args = f"-m uvicorn app:app --port {self.port} --http h11 --ws websockets-sansio --log-level critical".split()
        self.process = subprocess.Popen([sys.executable, *args], cwd=HERE, env=env, stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                self.connect().close()
                return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        self.__exit__()
        raise SystemExit("the reference app did not start: is requirements.txt installed?")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def send(self, case: Case) -> bytes:
        """The raw answer. One connection each: the server drops it after an unhandled error."""
        with self.connect() as connection:
            received = b""
            try:
                connection.sendall(on_the_wire(case))
                while block := connection.recv(65536):
                    received += block
            except ConnectionError:
                pass  # dropped: what came until then is the answer
            return received


def on_the_wire(case: Case) -> bytes:
    headers = [("host", "testserver"), *case.headers, ("connection", "close")]
    body = case.body or b""
    if ("transfer-encoding", "chunked") in case.headers:
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    elif case.body is not None:
        headers.append(("content-length", str(len(body))))
    head = f"{case.method} {case.path} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in headers) + "\r\n"
    return head.encode("latin-1") + body


def answer(raw: bytes, method: str) -> dict[str, Any]:
    """The compared parts of an answer; `"status": null` when the connection was closed without one."""
    if not raw:
        return {"status": None}
    head, _, body = raw.partition(b"\r\n\r\n")
    status_line, *lines = head.decode("latin-1").split("\r\n")
    status = int(status_line.split(" ")[1])
    headers = [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    found = dict(headers)
    if "chunked" in found.get("transfer-encoding", "").lower():
        body = dechunked(body)
    kept = [[n, as_set(v) if n == "allow" else v] for n, v in headers if n not in NOT_COMPARED]
    result: dict[str, Any] = {"status": status, "answer_headers": kept, "answer": as_text(body)}
    has_body = method != "HEAD" and status not in (204, 304)
    if has_body and len(body) < int(found.get("content-length", 0)):
        result["truncated"] = True
    return result


def dechunked(data: bytes) -> bytes:
    body = b""
    while data:
        size, _, data = data.partition(b"\r\n")
        body, data = body + data[: int(size, 16)], data[int(size, 16) + 2 :]
    return body


def as_set(methods: str) -> str:
    return ", ".join(sorted({method.strip() for method in methods.split(",")}))


# ---- fixtures ----------------------------------------------------------------------------------
def as_text(data: bytes) -> str | dict[str, str]:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def line(fixture: dict[str, Any]) -> str:
    """Compact JSON on one line; what an editor would not show is escaped."""
    text = json.dumps(fixture, ensure_ascii=False, separators=(",", ":"))
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def record() -> dict[str, list[dict[str, Any]]]:
    with Server() as server:
        return {area: [fixture(server, case) for case in cases] for area, cases in AREAS.items()}


def fixture(server: Server, case: Case | Socket) -> dict[str, Any]:
    if isinstance(case, Socket):
        return sockets.asked(case) | sockets.answer(server.port, case)
    asked = {
        "name": case.name,
        "method": case.method,
        "path": case.path,
        "headers": [list(header) for header in case.headers],
        "body": None if case.body is None else as_text(case.body),
    }
    return asked | answer(server.send(case), case.method)


def differences(area: str, fresh: list[dict[str, Any]]) -> list[str]:
    file = FIXTURES / f"{area}.jsonl"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    committed = {fixture["name"]: fixture for fixture in map(json.loads, text.split("\n")[:-1])}
    found = [f"{area}: {name}\n  no longer asked" for name in committed.keys() - {f["name"] for f in fresh}]
    for new in fresh:
        old = committed.get(new["name"])
        if old is None:
            found.append(f"{area}: {new['name']}\n  not recorded yet")
        elif old != new:
            keys = [key for key in new | old if new.get(key) != old.get(key)]
            shown = "".join(f"\n  {key}\n    - {old.get(key)!r:.1000}\n    + {new.get(key)!r:.1000}" for key in keys)
            found.append(f"{area}: {new['name']}{shown}")
    if not found and text != "".join(line(f) + "\n" for f in fresh):
        found.append(f"{area}: same fixtures, other order or notation")
    return sorted(found)


def check_port(port: int) -> None:
    """Whether a port does with the client of the fixtures what `cargo test` has seen it do with another one."""
    expected = committed(FIXTURES / "websocket.jsonl")
    for name, ours in committed(HERE / "ours-websocket.jsonl").items():
        name = name.removeprefix("websocket: ")
        expected[name] |= ours | {"name": name}
    wrong = []
    for case in AREAS["websocket"]:
        assert isinstance(case, Socket)
        got = sockets.asked(case) | sockets.answer(port, case)
        want = expected[case.name]
        if normal(got) != normal({key: want[key] for key in got if key in want}):
            wrong.append(f"{case.name}\n  - {want!r:.1000}\n  + {got!r:.1000}")
    if wrong:
        print("\n".join(wrong[:50]))
        raise SystemExit(f"{len(wrong)} of {len(expected)} WebSockets differ from what was written down")
    print(f"{len(expected)} WebSockets hold")


def committed(file: Path) -> dict[str, dict[str, Any]]:
    return {fixture["name"]: fixture for fixture in map(json.loads, file.read_text(encoding="utf-8").split("\n")[:-1])}


def normal(fixture: dict[str, Any]) -> dict[str, Any]:
    return fixture | {"answer_headers": sorted(fixture["answer_headers"])}


def refuse_other_versions() -> None:
    pins = [pin.split("==") for pin in (HERE / "requirements.txt").read_text().split() if "==" in pin]
    wrong = [f"{name} {have}, not {want}" for name, want in pins if (have := importlib.metadata.version(name)) != want]
    if sys.version_info[:2] != (3, 11):
        wrong.append(f"Python {sys.version_info.major}.{sys.version_info.minor}, not 3.11")
    if wrong:
        raise SystemExit("the fixtures are facts about other versions: " + "; ".join(wrong))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true", help="compare with what is committed, write nothing")
    arguments.add_argument("--port", type=int, help="ask the WebSockets of the port, which listens there")
    given = arguments.parse_args()
    check = given.check
    refuse_other_versions()
    if given.port is not None:
        check_port(given.port)
        return
    recorded = record()
    total = sum(map(len, recorded.values()))
    if check:
        known = {f"{area}.jsonl" for area in recorded}
        found = [f"{file.name}: no such area" for file in FIXTURES.glob("*") if file.name not in known]
        found += [text for area, fresh in recorded.items() for text in differences(area, fresh)]
        if found:
            print("\n".join(found[:50]))
            raise SystemExit(f"{len(found)} of {total} fixtures differ from what FastAPI answers")
        print(f"{total} fixtures hold")
        return
    FIXTURES.mkdir(exist_ok=True)
    for area, fresh in recorded.items():
        (FIXTURES / f"{area}.jsonl").write_text("".join(line(f) + "\n" for f in fresh), encoding="utf-8")
        print(f"{len(fresh):5} {area}")
    print(f"{total:5} fixtures")


if __name__ == "__main__":
    main()
