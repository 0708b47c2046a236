"""The store: the one way to any database, over Bolt, in Cypher that every engine runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import neo4j
from neo4j import exceptions as foreign

from pacte_graph import schema
from pacte_graph.errors import DatabaseError
from pacte_graph.settings import Settings
from pacte_graph.store import embedded, guard, life
from pacte_graph.store.deadline import within
from pacte_graph.store.home import EngineName, Home, State
from pacte_graph.store.life import Access
from pacte_graph.store.translate import translated
from pacte_graph.store.values import EngineInfo, GuardedRows, plain, sendable

Parameters = Mapping[str, Any]
Result = TypeVar("Result")
PATIENCE = 2.0
"""Seconds beyond a guarded read's limit that the engine has to stop it by itself."""
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
DYING = 2.0
"""Seconds a killed process may take to be gone."""
_LOST = (foreign.ServiceUnavailable, foreign.SessionExpired, OSError)
_ENFORCED = {
    "embedded": "a reader account of the engine that may only read, for a bounded time",
    "neo4j": "READ access mode and a transaction timeout, enforced by the server; files and addresses are blocked",
    "server": "READ access mode and a transaction timeout, enforced by the server; LOAD CSV is refused before sending",
}


class Store:
    """A database that answers. Use as a context manager; safe to share between threads.

    An engine we started is kept awake while a store is open, found again after it was killed, and started if need be.
    """

    def __init__(self, settings: Settings, connect: Callable[[], tuple[Access, str, State | None, Home | None]]) -> None:
        self.settings = settings
        self._connect = connect
        self._lock = threading.RLock()
        self._closed = threading.Event()
        self._open()
        if self._home is not None:
            threading.Thread(target=self._heartbeat, name="pacte-store-heartbeat", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; the engine stays up until it is idle or stopped."""
        self._closed.set()
        with self._lock:
            self._disconnect()

    def info(self) -> EngineInfo:
        """Return which engine answers, and how reads are kept from writing."""
        return EngineInfo(self._access.engine, self._version, self._access.uri, _ENFORCED[self._access.engine])

    def read(self, query: str, parameters: Parameters | None = None) -> list[dict[str, Any]]:
        """Return all rows of one of the house's own reading queries, as plain values."""

        def work() -> list[dict[str, Any]]:
            with self._session(self._writer, neo4j.READ_ACCESS) as session:
                result = session.run(_query(query), _sent(parameters))
                return [{key: plain(value) for key, value in dict(record).items()} for record in result]

        return self._again(work)

    def stream(self, query: str, parameters: Parameters | None = None) -> Iterator[dict[str, Any]]:
        """Return the rows of a reading query one at a time, so that memory stays bounded whatever their number."""
        self._find_again()
        with translated(self._access.uri), self._session(self._writer, neo4j.READ_ACCESS, fetch_size=2000) as session:
            for record in session.run(_query(query), _sent(parameters)):
                yield {key: plain(value) for key, value in dict(record).items()}

    def read_guarded(self, query: str, parameters: Parameters | None = None, *, seconds: float, rows: int) -> GuardedRows:
        """Return at most ``rows`` rows of someone's query, run where the engine itself refuses to write and to open files.

        Raises QueryRefused on an attempt, TimeLimit after ``seconds``, UsageError on bad Cypher. The engine stops what runs too
        long (the embedded one within the next limit of ``embedded.READER_SECONDS``); should it not, we stop waiting.
        """
        guard.check(query, foreign=self._access.engine == "server")

        def work() -> GuardedRows:
            start = time.perf_counter()
            with self._session(self._reader(seconds), neo4j.READ_ACCESS, fetch_size=min(1000, rows + 1)) as session:
                timeout = None if self._access.engine == "embedded" else seconds
                result = session.run(_query(query, timeout), _sent(parameters))
                columns, taken = tuple(result.keys()), []
                for record in result:
                    taken.append(tuple(plain(value) for value in record.values()))
                    if len(taken) > rows:
                        break
                return GuardedRows(columns, tuple(taken[:rows]), len(taken) > rows, (time.perf_counter() - start) * 1000)

        return self._again(lambda: within(seconds * 1.25 + PATIENCE, work))

    def write(self, query: str, parameters: Parameters | None = None) -> None:
        """Run one writing statement in a transaction of its own: all of it or nothing."""
        self.write_many([(query, parameters)])

    def write_many(self, statements: Sequence[tuple[str, Parameters | None]]) -> None:
        """Run several statements in one transaction: all of them or nothing.

        Once more when the engine was killed before the commit was sent: nothing was written then.
        """
        if not self._written(statements, last=False):
            self._written(statements, last=True)

    def _written(self, statements: Sequence[tuple[str, Parameters | None]], *, last: bool) -> bool:
        self._find_again()
        committing = False
        with translated(self._access.uri):
            try:
                session = self._session(self._writer, neo4j.WRITE_ACCESS)
                with session, session.begin_transaction() as transaction:
                    for query, parameters in statements:
                        transaction.run(query, _sent(parameters)).consume()
                    committing = True
                    transaction.commit()
            except _LOST:
                if committing or last or not self._ended():
                    raise
                return False
        return True

    def prepare(self) -> None:
        """Make the constraints of the schema (an identifier is unique in its label); running it again changes nothing."""
        with translated(self._access.uri), self._session(self._writer, neo4j.WRITE_ACCESS) as session:
            for label in schema.NODES:
                name = f"unique_{label.lower()}_id"
                session.run(f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE").consume()

    def data_version(self) -> str:
        """Return a text that changes whenever an import run starts or ends, records are merged or sources are ranked."""
        rows = self.read(
            "MATCH (run:ImportRun) RETURN count(run) AS runs, max(run.started_at) AS started, max(run.ended_at) AS ended"
        )
        merged = self.read("MATCH (n:Absorbed) RETURN count(n) AS merged, max(n.absorbed_at) AS at")
        ranked = self.read("MATCH (s:Source) RETURN collect(s.trust) AS ranked")
        return "|".join(str(value) for row in (*rows, *merged, *ranked) for value in row.values())

    def counts(self) -> dict[str, int]:
        """Return how many nodes and links the database holds."""
        nodes = self.read("MATCH (n) RETURN count(n) AS total")[0]["total"]
        links = self.read("MATCH ()-[r]->() RETURN count(r) AS total")[0]["total"]
        return {"nodes": int(nodes), "links": int(links)}

    def _open(self) -> None:
        self._access, self._version, self._state, self._home = self._connect()
        self._writer = _driver(self._access, self._access.user, self._access.password)
        self._readers: dict[str, neo4j.Driver] = {}
        try:
            with translated(self._access.uri), self._session(self._writer, neo4j.READ_ACCESS) as session:
                session.run("RETURN 1 AS one").consume()
                self._version = self._version or self._writer.get_server_info().agent
        except BaseException:
            self._disconnect()
            raise

    def _disconnect(self) -> None:
        for driver in (self._writer, *self._readers.values()):
            driver.close()

    def _reader(self, seconds: float) -> neo4j.Driver:
        """Return the driver that may only read for so long, where the engine has such accounts; else the only one there is."""
        if self._access.reader is None:
            return self._writer
        user = embedded.reader(seconds)
        with self._lock:
            if user not in self._readers:
                self._readers[user] = _driver(self._access, user, self._access.reader)
            return self._readers[user]

    def _session(self, driver: neo4j.Driver, mode: str, fetch_size: int = 5000) -> neo4j.Session:
        return driver.session(database=self._access.database, default_access_mode=mode, fetch_size=fetch_size)

    def _again(self, work: Callable[[], Result]) -> Result:
        """Run a reading work; once more when the engine was lost in between."""
        self._find_again()
        with translated(self._access.uri):
            try:
                return work()
            except _LOST:
                if not self._ended():
                    raise
        self._find_again()
        with translated(self._access.uri):
            return work()

    def _ended(self) -> bool:
        """Return True when the engine we started has ended; one that is just dying is given a moment."""
        if self._state is None:
            return False
        end = time.monotonic() + DYING
        while self._state.alive and time.monotonic() < end:
            time.sleep(0.05)
        return not self._state.alive

    def _find_again(self) -> None:
        """Reconnect when the engine we started has ended since."""
        if self._home is not None:
            self._home.touch()
        if self._state is None or self._state.alive:
            return
        with self._lock:
            if not self._state.alive:
                self._disconnect()
                self._open()

    def _heartbeat(self) -> None:
        while not self._closed.wait(min(30.0, self.settings.idle_minutes * 20)):
            if self._home is not None and self._home.root.exists():
                self._home.touch()


def _query(text: str, seconds: float | None = None) -> neo4j.Query:
    return neo4j.Query(text, timeout=seconds)


def _sent(parameters: Parameters | None) -> dict[str, Any]:
    return {key: sendable(value) for key, value in (parameters or {}).items()}


def _driver(access: Access, user: str, password: str) -> neo4j.Driver:
    with translated(access.uri):
        return neo4j.GraphDatabase.driver(
            access.uri,
            auth=(user, password),
            connection_timeout=15,
            max_transaction_retry_time=0,
            notifications_min_severity="OFF",
        )


def _address(uri: str) -> str:
    """Return the address of a server as given. Raises DatabaseError for what is none."""
    try:
        parts = urlsplit(uri)
        sound = parts.scheme in SCHEMES and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if not sound:
        raise DatabaseError(
            f"NEO4J_URI is no address of a database: {uri}", hint="It looks like bolt://host:7687 or neo4j+s://host"
        )
    return uri


def open_store(settings: Settings, *, engine: EngineName | None = None, remember: bool = False) -> Store:
    """Return a store on the database the settings name: ``NEO4J_URI`` first, else the home's engine, started if need be."""
    if settings.neo4j_uri:
        uri, password = _address(settings.neo4j_uri), settings.neo4j_password
        secret = password.get_secret_value() if password else ""
        door = Access("server", uri, settings.neo4j_username, secret, None, settings.neo4j_database)
        return Store(settings, lambda: (door, "", None, None))

    def connect() -> tuple[Access, str, State | None, Home | None]:
        home, state = life.ensure(settings, engine, remember=remember)
        return life.access(home, state), state.version, state, home

    return Store(settings, connect)
