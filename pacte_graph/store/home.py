"""The home folder: where data, passwords, logs and the state of the running engine lie. Only its user can read it."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import psutil

from pacte_graph.errors import AccessRefused, DatabaseError

EngineName = Literal["embedded", "neo4j"]
DISK_FULL = 28  # errno.ENOSPC


@dataclass(frozen=True, slots=True)
class State:
    """The engine that runs: its process and its keeper's (with their start times, for ids are reused), and its port."""

    engine: EngineName
    version: str
    port: int
    pid: int
    pid_started: float
    keeper: int
    keeper_started: float

    @property
    def uri(self) -> str:
        """Return the Bolt address, on loopback."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def alive(self) -> bool:
        """Return True when the engine's own process still runs."""
        return same_process(self.pid, self.pid_started)

    @property
    def kept(self) -> bool:
        """Return True when the keeper that stops it when idle still runs."""
        return same_process(self.keeper, self.keeper_started)


def same_process(pid: int, started: float) -> bool:
    """Return True when ``pid`` still is the process that started then (within a second), and not a zombie."""
    try:
        process = psutil.Process(pid)
        return abs(process.create_time() - started) < 1.0 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


@dataclass(frozen=True, slots=True)
class Home:
    """Paths and small files of one home. Every write is atomic; every failure is a sentence with what to do."""

    root: Path

    @property
    def state_file(self) -> Path:
        """Return the file that says which engine runs."""
        return self.root / "engine-state.json"

    @property
    def lock_file(self) -> Path:
        """Return the file whose lock one starting or stopping command holds."""
        return self.root / "engine.lock"

    @property
    def used_file(self) -> Path:
        """Return the file whose modification time says when a command last used the engine."""
        return self.root / "last-used"

    @property
    def log_file(self) -> Path:
        """Return the engine's own log."""
        return self.root / "logs" / "engine.log"

    def data(self, engine: EngineName) -> Path:
        """Return the folder of one engine's data and configuration."""
        return self.root / engine

    def prepare(self) -> None:
        """Make the home, and in it folders for its user alone.

        Raises AccessRefused where it can't be written, DatabaseError on a full disk.
        """
        with writing(self.root):
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name in ("logs", "embedded", "neo4j"):  # a folder that was there before us keeps its rights
                (self.root / name).mkdir(exist_ok=True, mode=0o700)
                (self.root / name).chmod(0o700)
            self.touch()

    def touch(self) -> None:
        """Say that the engine is in use now."""
        self.used_file.touch()

    def write(self, path: Path, text: str) -> None:
        """Write a small file whole or not at all, readable by its user alone."""
        with writing(path.parent):
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def state(self) -> State | None:
        """Return what the state file says, or None where there is none or it is not one of ours."""
        try:
            return State(**json.loads(self.state_file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def set_state(self, state: State | None) -> None:
        """Write or remove the state."""
        if state is None:
            self.state_file.unlink(missing_ok=True)
        else:
            self.write(self.state_file, json.dumps(asdict(state)))

    def chosen(self) -> EngineName:
        """Return the engine this home uses: the last one chosen by ``pacte db start --engine``, else the embedded one."""
        with contextlib.suppress(OSError):
            if (self.root / "engine").read_text(encoding="utf-8").strip() == "neo4j":
                return "neo4j"
        return "embedded"

    def choose(self, engine: EngineName) -> None:
        """Remember which engine this home uses."""
        if self.chosen() != engine:
            self.write(self.root / "engine", engine + "\n")

    def passwords(self) -> dict[str, str]:
        """Return the random passwords of this home, made once, in a file only its user can read."""
        path = self.root / "passwords.json"
        try:
            return dict(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            made = {name: secrets.token_urlsafe(24) for name in ("root", "writer", "reader")}
            self.write(path, json.dumps(made))
            return made
        except (OSError, ValueError) as error:
            raise AccessRefused(
                f"The file of passwords {path} can't be read ({error}).",
                hint="Give yourself the right to read it, or choose another home with PACTE_HOME.",
            ) from error

    def log_lines(self) -> list[str]:
        """Return the last lines of the engine's log that say something, oldest first (it holds no password)."""
        try:
            lines = self.log_file.read_text(encoding="utf-8", errors="replace").splitlines()[-200:]
        except OSError:
            return []
        return [line.strip() for line in lines if line.strip() and not line.strip().startswith(("at ", "..."))]

    def last_log_line(self) -> str:
        """Return the last line of the engine's log that tells of an error, else its last line."""
        told = self.log_lines()
        errors = [line for line in told if any(word in line for word in ("rror", "xception", "SEVER"))]
        return " ".join((errors or told or [""])[-1].split())[:300]


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn a failure to write under ``folder`` into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno == DISK_FULL:
            raise DatabaseError(
                f"The disk of {folder} is full; nothing was changed.",
                hint="Free some room, or choose another home with PACTE_HOME.",
            ) from error
        raise AccessRefused(
            f"The home folder {folder} can't be written ({error.strerror or error}).",
            hint="Choose a folder of yours with PACTE_HOME.",
        ) from error
