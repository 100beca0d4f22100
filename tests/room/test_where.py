"""Where the room listens: this machine alone, unless it is told otherwise; and by which names it may be asked."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from starlette.requests import Request

from bot.commands.demo import HOST, address_of, door_at
from sandbox.control import from_elsewhere
from store.complaint import Complaint


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as doors:
        yield doors


def test_it_is_found_where_it_listens(stack: ExitStack) -> None:
    def found(host: str) -> str:
        door = door_at(stack, host, 0)
        return address_of(door).replace(str(door.getsockname()[1]), "PORT")

    assert found(HOST) == "http://127.0.0.1:PORT"
    assert found("127.0.0.2") == "http://127.0.0.2:PORT"
    assert found("0.0.0.0") == "http://127.0.0.1:PORT"
    if socket.has_ipv6:
        assert found("::1") == "http://[::1]:PORT"


@pytest.mark.parametrize("host", ["203.0.113.7", "no.such.host.invalid"])
def test_an_address_of_another_machine_is_named(stack: ExitStack, host: str) -> None:
    with pytest.raises(Complaint, match=rf"--host: '{host}' cannot be had \(.+\): expected an address of this machine"):
        door_at(stack, host, 0)


@pytest.mark.parametrize("host", [HOST, "127.0.0.2"])
def test_a_port_that_is_taken(stack: ExitStack, host: str) -> None:
    door = door_at(stack, host, 0)
    with pytest.raises(Complaint, match=r"--port: \d+ is taken"):
        door_at(stack, host, door.getsockname()[1])


@pytest.mark.parametrize(
    ("came_in_on", "host", "refused"),
    [
        ("127.0.0.1", "localhost:8765", False),
        ("192.0.2.2", "192.0.2.2:8765", False),
        ("2001:db8::1", "[2001:db8::1]:8765", False),
        ("192.0.2.2", "192.0.2.3:8765", True),
        ("192.0.2.2", "a.page.example:8765", True),
        ("a.page.example", "a.page.example:8765", True),
    ],
)
def test_a_name_that_others_can_make_point_here_opens_nothing(came_in_on: str, host: str, refused: bool) -> None:
    headers = [(b"host", host.encode())]
    asked = Request({"type": "http", "headers": headers, "server": (came_in_on, 8765), "path": "/", "method": "GET"})
    assert from_elsewhere(asked) is refused
