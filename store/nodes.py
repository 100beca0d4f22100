"""Nodes: the processes that serve one PostgreSQL database side by side, each known by an advisory lock that it holds.

A lock goes with its connection: who is killed is gone in that instant, whatever the clocks say, and the server asks
after a machine that is silent every few seconds.
"""

from msgspec import Struct
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

NODES, POLLING = 20261127, 20261128  # the first number of our locks; the second is a node's own, or 0
CLAIMING = 20261129  # whoever claims deliveries goes alone for that moment
SILENT = {"keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 2, "tcp_user_timeout": 3000}
HOLD, LEAD = (text(f"SELECT pg_try_advisory_lock({first}, :number)") for first in (NODES, POLLING))
ALIVE = text(
    "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = :nodes AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class SeatLost(Exception):
    """The connection is gone."""


class Seen(Struct, frozen=True):
    """`alive`: the numbers of all nodes, this one included; `leads`: this is the one that asks for updates."""

    alive: frozenset[int]
    leads: bool


class Seat:
    """A node's place, on a connection of its own. `number`: positive, below 2**31."""

    def __init__(self, engine: Engine, number: int) -> None:
        self.engine = create_engine(engine.url, poolclass=NullPool, hide_parameters=True, connect_args=SILENT)
        self.number, self.leads, self.alive = number, False, frozenset[int]()
        self.connection: Connection | None = None

    def look(self, *, lead: bool) -> Seen:
        """`lead`: this node would ask for updates. Raises SeatLost: what it held is gone with the connection, and the
        next look takes it anew."""
        try:
            connection = self.connection or self.taken()
            if lead and not self.leads:
                self.leads = bool(connection.execute(LEAD, {"number": 0}).scalar())
            self.alive = frozenset(connection.execute(ALIVE, {"nodes": NODES}).scalars())
            return Seen(self.alive, self.leads)
        except DBAPIError:
            self.leave()
            raise SeatLost from None

    def alone(self) -> bool:
        """The last look showed no other node; without a connection nobody knows."""
        return self.alive == {self.number}

    def taken(self) -> Connection:
        self.connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        for name, value in (("idle", 2), ("interval", 1), ("count", 2)):
            self.connection.execute(text(f"SET tcp_keepalives_{name} = {value}"))
        self.connection.execute(HOLD, {"number": self.number})
        return self.connection

    def leave(self) -> None:
        connection, self.connection, self.leads, self.alive = self.connection, None, False, frozenset()
        if connection is not None:
            connection.invalidate()
            connection.close()
