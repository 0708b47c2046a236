"""The keeper: a small detached process that starts the engine, watches it, and stops it when nobody has used it for a while.

``python -m pacte_graph.store.keeper HOME`` reads ``launch.json``; with ``--adopt`` it keeps an engine whose keeper died.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import psutil
from filelock import FileLock, Timeout

from pacte_graph.store.home import EngineName, Home, State

STEP = 0.5
GRACE = 30.0


class _Asked:
    """Remembers that the keeper was asked to stop."""

    def __init__(self) -> None:
        self.stop = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.stop = True


def _engine(plan: dict[str, object]) -> EngineName:
    return "neo4j" if plan["engine"] == "neo4j" else "embedded"


def _launch(home: Home, plan: dict[str, object]) -> State:
    """Start the engine as our child, in the state file before it answers."""
    command = plan["command"]
    assert isinstance(command, list)  # noqa: S101 - our own file
    with home.log_file.open("wb") as log:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=home.data(_engine(plan))
        )
    me = psutil.Process()
    state = State(
        engine=_engine(plan),
        version=str(plan["version"]),
        port=int(str(plan["port"])),
        pid=child.pid,
        pid_started=psutil.Process(child.pid).create_time(),
        keeper=me.pid,
        keeper_started=me.create_time(),
    )
    home.set_state(state)
    return state


def _adopt(home: Home) -> State | None:
    state, me = home.state(), psutil.Process()
    if state is None or not state.alive:
        return None
    values = {name: getattr(state, name) for name in ("engine", "version", "port", "pid", "pid_started")}
    adopted = State(**values, keeper=me.pid, keeper_started=me.create_time())
    home.set_state(adopted)
    return adopted


def stop_process(pid: int, grace: float = GRACE) -> None:
    """Ask the process to end, and end it when it hasn't after ``grace`` seconds."""
    try:
        process = psutil.Process(pid)
        process.terminate()
        try:
            process.wait(grace)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(10)
    except psutil.NoSuchProcess:
        return


def _idle(home: Home, seconds: float) -> bool:
    try:
        return time.time() - home.used_file.stat().st_mtime > seconds
    except OSError:
        return True  # the home is gone: nobody uses the engine


def watch(home: Home, state: State, idle_seconds: float, asked: _Asked) -> None:
    """Wait until the engine ends, is idle, or we are asked to stop; then see that it is stopped and the state says so."""
    while state.alive and not asked.stop and _ours(home, state):
        if _idle(home, idle_seconds) and _stop_idle(home, state, idle_seconds):
            break
        time.sleep(STEP)
    stop_process(state.pid)
    if _ours(home, state):
        home.set_state(None)


def _ours(home: Home, state: State) -> bool:
    """Return False once the home is gone or belongs to another engine."""
    current = home.state()
    return current is not None and current.pid == state.pid


def _stop_idle(home: Home, state: State, seconds: float) -> bool:
    """Stop the engine under the home's lock, so that no command finds it in between; False when one is just using it."""
    try:
        with FileLock(home.lock_file, timeout=0):
            if not _idle(home, seconds):
                return False
            stop_process(state.pid)
            home.set_state(None)
            return True
    except Timeout:
        return False


def main(words: list[str]) -> int:
    """Run the keeper of the home named first."""
    os.umask(0o077)
    asked = _Asked()  # from here on nothing ends us between starting the engine and watching it
    home = Home(Path(words[0]))
    plan = json.loads((home.root / "launch.json").read_text(encoding="utf-8"))
    state = _adopt(home) if "--adopt" in words else _launch(home, plan)
    if state is not None:
        watch(home, state, float(plan["idle_seconds"]), asked)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
