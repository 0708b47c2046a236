"""The embedded engine: how ArcadeDB's server is laid out and started from its wheel, on loopback, without a password in sight.

Users are written to its own file as salted PBKDF2-SHA256 hashes; the reader's group may only read, for a bounded time.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from importlib.metadata import version as installed
from importlib.util import find_spec
from pathlib import Path

from pacte_graph.errors import DatabaseError
from pacte_graph.settings import Settings
from pacte_graph.store.home import Home, writing

DATABASE = "pacte"
ROUNDS = 65_536
READER_SECONDS = (1, 2, 5, 10, 20, 30, 60, 120, 300)
"""Time limits that a reading account exists for: the engine bounds an account, not a query."""
CLOSED = ("mcp", "postgresw", "redisw", "graphql", "console")
"""Parts of the server that would be doors; their jars are left out."""
LOGGING = """\
handlers=java.util.logging.ConsoleHandler
.level=INFO
java.util.logging.ConsoleHandler.level=INFO
java.util.logging.SimpleFormatter.format=%1$tF %1$tT %4$s %5$s%6$s%n
"""
OPENED = ("java.util.concurrent.atomic", "java.nio.channels.spi", "java.lang")


def version() -> str:
    """Return the version of the engine's wheel."""
    return f"ArcadeDB {installed('arcadedb-embedded')}"


def _package() -> Path:
    spec = find_spec("arcadedb_embedded")
    if spec is None or spec.origin is None:
        raise DatabaseError("The embedded engine is not installed.", hint="Install it: pip install arcadedb-embedded")
    return Path(spec.origin).parent


def _hash(password: str) -> str:
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), ROUNDS, 32)
    return f"PBKDF2WithHmacSHA256${ROUNDS}${salt}${base64.b64encode(digest).decode()}"


def _users(passwords: dict[str, str]) -> str:
    rows = [
        {"name": "root", "databases": {"*": ["admin"]}, "password": _hash(passwords["root"])},
        {"name": "writer", "databases": {DATABASE: ["admin"]}, "password": _hash(passwords["writer"])},
    ]
    reading = _hash(passwords["reader"])
    rows += [{"name": name, "databases": {DATABASE: [name]}, "password": reading} for name in _readers()]
    return "".join(json.dumps(row) + "\n" for row in rows)


def _group(access: list[str], records: list[str], milliseconds: int) -> dict[str, object]:
    return {"resultSetLimit": -1, "readTimeout": milliseconds, "access": access, "types": {"*": {"access": records}}}


def _readers() -> dict[str, int]:
    return {f"reader_{seconds}": seconds for seconds in READER_SECONDS}


def reader(seconds: float) -> str:
    """Return the reading account whose time limit is the least that is no shorter than ``seconds`` (the longest there is beyond).

    >>> reader(1.5)
    'reader_2'
    """
    return f"reader_{next((limit for limit in READER_SECONDS if limit >= seconds), READER_SECONDS[-1])}"


def _groups() -> str:
    rights = ["updateSecurity", "updateSchema", "updateDatabaseSettings"]
    records = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
    readers = {name: _group([], ["readRecord"], seconds * 1000) for name, seconds in _readers().items()}
    groups = {"admin": _group(rights, records, -1), **readers}
    return json.dumps({"databases": {"*": {"groups": groups}}, "version": 1})


def _jars() -> list[Path]:
    closed = tuple(f"arcadedb-{name}-" for name in CLOSED)
    return sorted(jar for jar in (_package() / "jars").glob("*.jar") if not jar.name.startswith(closed))


def lay_out(home: Home, settings: Settings, port: int, http_port: int) -> list[str]:
    """Write the engine's configuration and return its command. Passwords stand nowhere but in the user's own file."""
    folder = home.data("embedded")
    with writing(folder):
        for name in ("config", "databases"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    home.write(folder / "config" / "server-users.jsonl", _users(home.passwords()))
    home.write(folder / "config" / "server-groups.json", _groups())
    home.write(folder / "config" / "mcp-config.json", json.dumps({"enabled": False}))
    home.write(folder / "config" / "logging.properties", LOGGING)
    options = {
        "server.rootPath": folder,
        "server.databaseDirectory": folder / "databases",
        "server.defaultDatabases": f"{DATABASE}[]",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.mode": "development",  # production hides error texts
        "server.logsDirectory": home.root / "logs",
        "serverMetrics": "false",
        "bolt.host": "127.0.0.1",
        "bolt.port": port,
        "bolt.defaultDatabase": DATABASE,
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": http_port,
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "queryMaxRangeSize": 1_000_000,
        "command.timeout": int(max(30.0, settings.query_seconds) * 1000),
    }
    words = [f"-Xmx{settings.engine_memory}", "-XX:-UsePerfData"]
    words.append(f"-Djava.util.logging.config.file={folder / 'config' / 'logging.properties'}")
    words += [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENED]
    words += [f"-Darcadedb.{name}={value}" for name, value in options.items()]
    words += ["-cp", os.pathsep.join(map(str, _jars())), "com.arcadedb.server.ArcadeDBServer"]
    return [str(_package() / "jre" / "bin" / "java"), *words]
