"""The life of an engine we start: one a home, on demand, found again, restarted when killed, stopped when idle."""

from __future__ import annotations

import atexit
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import neo4j
import psutil
from filelock import FileLock, Timeout
from neo4j import exceptions as foreign

from pacte_graph.errors import DatabaseError, EngineBusy, TimeLimit
from pacte_graph.settings import Settings
from pacte_graph.store import embedded, neo4j_local
from pacte_graph.store.deadline import within
from pacte_graph.store.home import EngineName, Home, State, writing
from pacte_graph.store.keeper import GRACE, stop_process

_keepers: list[subprocess.Popen[bytes]] = []


@atexit.register
def _let_go() -> None:
    """Leave the keepers alone at our end: they are meant to outlive us, and are no leak."""
    for keeper in _keepers:
        keeper.returncode = keeper.poll() or 0


LOCKED = ("LockException", "is locked by another process", "FileLockException", "already in use by another")
TAKEN = ("Address already in use", "BindException", "already bound", "Unable to bind", "PortBindException", "Unable to listen")
ANSWER = 10.0
"""Seconds an engine may take for a first answer once it listens; then it is asked again."""
PORT_HINT = "Try again: another port is chosen each time."


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a database: address, account, and its name on the server (None: the server's default).

    ``reader`` is the password of the accounts that may only read, on the engine that has them (see ``embedded.reader``).
    """

    engine: str
    uri: str
    user: str
    password: str
    reader: str | None
    database: str | None


def free_port() -> int:
    """Return a port of loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def access(home: Home, state: State) -> Access:
    """Return how to reach the engine that runs."""
    passwords = home.passwords()
    if state.engine == "embedded":
        return Access("embedded", state.uri, "writer", passwords["writer"], passwords["reader"], embedded.DATABASE)
    return Access("neo4j", state.uri, "neo4j", passwords["writer"], None, "neo4j")


def ensure(settings: Settings, engine: EngineName | None = None, *, remember: bool = False) -> tuple[Home, State]:
    """Return the running engine of the home, started if need be. Two callers at once start one.

    Raises EngineBusy when another engine runs in this home or holds its data, AccessRefused when the home can't be written,
    DatabaseError when the engine does not answer in ``settings.start_seconds``.
    """
    home = Home(settings.home.expanduser().absolute())
    home.prepare()
    wanted = engine or home.chosen()
    with _alone(home, settings):
        state = home.state()
        if state is not None and state.alive:
            if state.engine != wanted:
                raise EngineBusy(
                    f"This home runs the engine {state.engine}, not {wanted}.",
                    hint=f"Stop it first: pacte db stop, then pacte db start --engine {wanted}",
                )
            if not state.kept:
                _keep(home, "--adopt")
            if not _wait(home, settings, state, None):
                raise _silent(home, settings, state)
        else:
            home.set_state(None)
            state = _start(home, settings, wanted)
        home.touch()  # a slow start is no idleness
        if remember:
            home.choose(wanted)
        return home, state


@contextmanager
def _alone(home: Home, settings: Settings) -> Iterator[None]:
    """Hold the home's lock: one command at a time starts or stops its engine."""
    try:
        with FileLock(home.lock_file, timeout=settings.start_seconds + GRACE):
            yield
    except Timeout as error:
        raise EngineBusy("Another command has been starting or stopping the engine for too long.", hint="Try again.") from error


def _silent(home: Home, settings: Settings, state: State) -> DatabaseError:
    return EngineBusy(
        f"The engine {state.engine} of {home.root} runs but has not answered for {settings.start_seconds:g} seconds.",
        hint="Try again later, or stop it: pacte db stop.",
    )


def _start(home: Home, settings: Settings, engine: EngineName) -> State:
    """Start an engine on a free port; once more on another when someone took the port in between."""
    try:
        return _try_start(home, settings, engine, free_port())
    except EngineBusy as error:
        if error.hint != PORT_HINT:
            raise
    return _try_start(home, settings, engine, free_port())


def _try_start(home: Home, settings: Settings, engine: EngineName, port: int) -> State:
    if engine == "embedded":
        command, version = embedded.lay_out(home, settings, port, free_port()), embedded.version()
    else:
        command, version = neo4j_local.lay_out(home, settings, port), neo4j_local.version()
    launch = {"engine": engine, "version": version, "port": port, "command": command, "idle_seconds": settings.idle_minutes * 60}
    home.write(home.root / "launch.json", json.dumps(launch))
    with writing(home.root):
        home.log_file.write_bytes(b"")
    keeper = _keep(home)
    state = _launched(home, keeper, settings.start_seconds)
    if not _wait(home, settings, state, keeper):
        _abandon(home, keeper)
        raise _failure(home, engine, settings)
    return state


def _keep(home: Home, *words: str) -> subprocess.Popen[bytes]:
    """Start the keeper, detached: it outlives us. We hold its handle, so that one that ends in our lifetime is no zombie."""
    _keepers[:] = [keeper for keeper in _keepers if keeper.poll() is None]
    with (home.root / "logs" / "keeper.log").open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "pacte_graph.store.keeper", str(home.root), *words],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=home.root, start_new_session=True,
        )  # fmt: skip
    _keepers.append(keeper)
    return keeper


def _launched(home: Home, keeper: subprocess.Popen[bytes], seconds: float) -> State:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        state = home.state()
        if state is not None and state.keeper == keeper.pid:
            return state
        if keeper.poll() is not None:
            break
        time.sleep(0.05)
    _abandon(home, keeper)
    raise DatabaseError("The engine could not be launched.", hint=f"See {home.root / 'logs' / 'keeper.log'}.")


def _abandon(home: Home, keeper: subprocess.Popen[bytes]) -> None:
    """End a start that failed: the keeper stops the engine, and leaves no state."""
    keeper.terminate()
    try:
        keeper.wait(GRACE + 10)
    except subprocess.TimeoutExpired:
        keeper.kill()
        keeper.wait(10)
    state = home.state()
    if state is not None and state.alive:
        stop_process(state.pid, 5)
    home.set_state(None)


def _wait(home: Home, settings: Settings, state: State, keeper: subprocess.Popen[bytes] | None) -> bool:
    """Wait for a first answer (the port opens before the database exists); False when there will be none or it is late."""
    door = access(home, state)
    end = time.monotonic() + settings.start_seconds
    while time.monotonic() < end and state.alive and (keeper is None or keeper.poll() is None):
        if _listening(state) and (_answers(door) or (state.engine == "neo4j" and _set_first_password(door))):
            return True
        if keeper is not None and any(word in line for line in home.log_lines() for word in (*LOCKED, *TAKEN)):
            return False  # the engine gave up, though its process may linger
        time.sleep(0.1)
    return False


def _listening(state: State) -> bool:
    """Return True when it is the engine's own process that listens: nobody else is ever told a password."""
    try:
        sockets = psutil.Process(state.pid).net_connections("tcp")
    except psutil.Error:
        return False
    return any(item.status == psutil.CONN_LISTEN and item.laddr.port == state.port for item in sockets)


def _driver(uri: str, user: str, password: str) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(
        uri, auth=(user, password), connection_timeout=5, max_transaction_retry_time=0, notifications_min_severity="OFF"
    )


def _answers(door: Access) -> bool:
    """Return True when the database answers a first query with our password."""

    def ask() -> bool:
        with _driver(door.uri, door.user, door.password) as driver, driver.session(database=door.database) as session:
            return bool(session.run("RETURN 1 AS one").single(strict=True)["one"] == 1)

    return _tried(ask)


def _set_first_password(door: Access) -> bool:
    """Replace the password a fresh Neo4j starts with; True when ours is in force."""

    def change() -> bool:
        with _driver(door.uri, "neo4j", neo4j_local.FIRST_PASSWORD) as driver, driver.session(database="system") as session:
            words = {"old": neo4j_local.FIRST_PASSWORD, "new": door.password}
            session.run("ALTER CURRENT USER SET PASSWORD FROM $old TO $new", words).consume()
        return True

    return _tried(change) and _answers(door)


def _tried(work: Callable[[], bool]) -> bool:
    """Return what a short work returns; False when it fails or hangs."""
    try:
        return within(ANSWER, work)
    except (foreign.Neo4jError, foreign.DriverError, OSError, TimeLimit):
        return False


def _failure(home: Home, engine: str, settings: Settings) -> DatabaseError:
    """Return why an engine did not start, as far as its log tells."""
    told, log = home.last_log_line(), "\n".join(home.log_lines())
    if any(word in log for word in LOCKED):
        return EngineBusy(f"The data of {home.root} is held by another engine.", hint="Stop that one, then try again.")
    if any(word in log for word in TAKEN):
        return EngineBusy(f"A port on 127.0.0.1 that the engine {engine} asked for is taken by another program.", hint=PORT_HINT)
    if "No space left" in log:
        return DatabaseError(f"The disk of {home.root} is full; nothing was changed.", hint="Free some room, then try again.")
    what = f" It last said: {told}" if told else ""
    return DatabaseError(
        f"The engine {engine} did not answer within {settings.start_seconds:g} seconds.{what}", hint=f"See {home.log_file}."
    )


def stop(settings: Settings) -> bool:
    """Stop the engine of the home cleanly; True when one ran."""
    home = Home(settings.home.expanduser().absolute())
    if not home.root.exists():
        return False
    with _alone(home, settings):
        state = home.state()
        if state is None or not state.alive:
            home.set_state(None)
            return False
        if state.kept:
            stop_process(state.keeper, GRACE + 10)
        stop_process(state.pid)
        home.set_state(None)
        return True


def running(settings: Settings) -> State | None:
    """Return the engine of the home that runs now, without starting one."""
    state = Home(settings.home.expanduser().absolute()).state()
    return state if state is not None and state.alive else None
