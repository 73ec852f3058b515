"""Open a WebSocket with the `websockets` client, and write down what becomes of it."""

from __future__ import annotations

import base64
from contextlib import suppress
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from cases import Socket

# The server's own, what opens any WebSocket, and what depends on a random key.
NOT_COMPARED = {"date", "server", "connection", "content-length", "upgrade", "sec-websocket-accept"}


def asked(case: Socket) -> dict[str, Any]:
    return {
        "name": case.name,
        "path": case.path,
        "headers": [list(header) for header in case.headers],
        "send": [as_text(message) for message in case.send],
        "close": None if case.close is None else list(case.close),
    }


def answer(port: int, case: Socket) -> dict[str, Any]:
    """The answer to the handshake; and if it is 101 the messages and the close frame, `null` if none came."""
    try:
        connection = connect(
            f"ws://127.0.0.1:{port}{case.path}",
            additional_headers=case.headers,
            user_agent_header=None,
            compression=None,
            ping_interval=None,
            proxy=None,
            open_timeout=30,
            close_timeout=30,
        )
    except InvalidStatus as error:
        response = error.response
        return told(response.status_code, response.headers) | {"answer": (response.body or b"").decode()}
    with connection:
        seen = told(101, connection.response.headers)
        messages = talk(connection, case)
        frame = connection.protocol.close_rcvd
        return seen | {"messages": messages, "closed": None if frame is None else [int(frame.code), frame.reason]}


def told(status: int, headers: Any) -> dict[str, Any]:
    kept = [[name.lower(), value] for name, value in headers.raw_items() if name.lower() not in NOT_COMPARED]
    return {"status": status, "answer_headers": kept}


def talk(connection: ClientConnection, case: Socket) -> list[Any]:
    # The server may have closed before it has heard all of it. What it said until then is to be had.
    with suppress(ConnectionClosed):
        for message in case.send:
            connection.send(message)
    if case.close is not None:
        connection.close(*case.close)
    messages: list[Any] = []
    with suppress(ConnectionClosed):
        while True:
            messages.append(as_text(connection.recv(timeout=30)))
    return messages


def as_text(message: str | bytes) -> str | dict[str, str]:
    return message if isinstance(message, str) else {"base64": base64.b64encode(message).decode()}
