"""What the outside may ask of a running bot: `/healthz`, and `/metrics` for Prometheus."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.commands.status import FRESH, gathered
from bot.node import Node
from scheduling.clock import Clock
from store import beats
from store.database import Store, Unavailable

PATIENCE = 2.0  # seconds; whoever asks waits for three (deploy/Dockerfile)
GAUGES = ("perhaps_twice", "missed", "inbox", "failed_updates")


class Health:
    """`stalled`: whether this process sends; others may show life in the same database. `node`: None where it is the
    only one."""

    def __init__(self, store: Store, clock: Clock, stalled: Callable[[], bool], node: Node | None) -> None:
        self.store, self.clock, self.stalled, self.node = store, clock, stalled, node

    def routes(self) -> list[Route]:
        return [Route("/healthz", self.healthz), Route("/metrics", self.metrics)]

    async def healthz(self, _request: Request) -> Response:
        """200 while the database answers, and clockwork and dispatcher have shown life lately, else 503 and why."""
        try:
            async with asyncio.timeout(PATIENCE):
                shown = {name: await self.store.run(beats.last, name) for name in ("tick", "dispatch")}
        except (TimeoutError, Unavailable):
            return PlainTextResponse("the database does not answer\n", 503)
        for name, last in shown.items():
            if last is None or self.clock.now() - last > FRESH:
                return PlainTextResponse(f"the last {name} was {last}\n", 503)
        if self.stalled():
            return PlainTextResponse("sending stands still\n", 503)
        return PlainTextResponse("ok\n")

    async def metrics(self, _request: Request) -> Response:
        """What `status` reads, in Prometheus' text format; 404 without the extra `metrics`."""
        try:
            from prometheus_client import CollectorRegistry, Gauge, generate_latest
        except ImportError:
            return PlainTextResponse("pip install 'jiaolian[metrics]'\n", 404)
        try:
            figures = await self.store.run(gathered, self.clock.now())
        except Unavailable:
            return PlainTextResponse("the database does not answer\n", 503)
        registry = CollectorRegistry()
        owed = Gauge("jiaolian_deliveries", "Messages by state", ["state"], registry=registry)
        for state, number in figures["deliveries"].items():
            owed.labels(state).set(number)
        for name in GAUGES:
            Gauge(f"jiaolian_{name}", name.replace("_", " "), registry=registry).set(figures[name])
        for name in ("last_tick", "last_dispatch"):
            if figures[name]:
                gauge = Gauge(
                    f"jiaolian_{name}_seconds", f"Unix time of the {name.replace('_', ' ')}", registry=registry
                )
                gauge.set(datetime.fromisoformat(figures[name]).timestamp())
        stalled = Gauge("jiaolian_stalled", "Whether sending stands still on this node", registry=registry)
        stalled.set(self.stalled())
        if self.node is not None:
            Gauge("jiaolian_nodes", "Nodes that serve this database", registry=registry).set(len(self.node.alive))
            leads = Gauge("jiaolian_leads", "Whether this node asks for updates", registry=registry)
            leads.set(self.node.leads.is_set())
        return PlainTextResponse(generate_latest(registry))
