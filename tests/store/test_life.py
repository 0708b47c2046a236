"""The life of an engine: one a home, found again, restarted when killed, stopped when idle, and never in the way."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import psutil
import pytest

from pacte_graph.errors import DatabaseError, EngineBusy
from pacte_graph.settings import Settings
from pacte_graph.store import life, open_store
from pacte_graph.store.home import Home, State

_spec = spec_from_file_location("store_processes", Path(__file__).with_name("conftest.py"))
assert _spec is not None
assert _spec.loader is not None
helpers = module_from_spec(_spec)
_spec.loader.exec_module(helpers)
engines, opener, processes, until = helpers.engines, helpers.opener, helpers.processes, helpers.until

CREATE = "CREATE (:Project {id: 'kept'})"
KEPT = "MATCH (n:Project) RETURN n.id AS id ORDER BY id"


def state_of(settings: Settings) -> State:
    state = Home(settings.home).state()
    assert state is not None
    return state


def test_commands_at_once_start_one_engine(own: Settings) -> None:
    openers = [opener(own) for _ in range(3)]
    said = [item.communicate(timeout=200) for item in openers]
    assert [item.returncode for item in openers] == [0, 0, 0], said
    assert len({out for out, _ in said}) == 1
    assert len(engines(own)) == 1


def test_the_engine_outlives_the_command_and_is_found_again(own: Settings) -> None:
    first = opener(own)
    uri, _ = first.communicate(timeout=200)
    with open_store(own) as store:
        assert store.info().uri == uri
    assert len(engines(own)) == 1


def test_stop_is_clean_and_said(own: Settings) -> None:
    assert not life.stop(own)
    with open_store(own) as store:
        store.write(CREATE)
    assert life.running(own) is not None
    assert life.stop(own)
    assert life.running(own) is None
    assert processes(own) == []
    assert Home(own.home).state() is None
    with open_store(own) as store:
        assert store.read(KEPT) == [{"id": "kept"}]


def test_a_killed_engine_is_noticed_and_started_again(own: Settings) -> None:
    with open_store(own) as store:
        store.write(CREATE)
        psutil.Process(state_of(own).pid).kill()
        assert store.read(KEPT) == [{"id": "kept"}]
        psutil.Process(state_of(own).pid).kill()
        store.write("CREATE (:Project {id: 'later'})")
        assert store.read(KEPT) == [{"id": "kept"}, {"id": "later"}]
        assert [row[0] for row in store.read_guarded(KEPT, seconds=10, rows=5).rows] == ["kept", "later"]
    assert len(engines(own)) == 1


def test_engine_and_keeper_killed_leave_a_stale_state_that_is_seen(own: Settings) -> None:
    with open_store(own) as store:
        store.write(CREATE)
    state = state_of(own)
    psutil.Process(state.keeper).kill()
    psutil.Process(state.pid).kill()
    assert until(lambda: not state.alive)
    assert state_of(own) == state
    assert life.running(own) is None
    with open_store(own) as store:
        assert store.read(KEPT) == [{"id": "kept"}]


def test_an_engine_whose_keeper_was_killed_is_kept_again(own: Settings) -> None:
    with open_store(own) as store:
        uri = store.info().uri
    before = state_of(own)
    psutil.Process(before.keeper).kill()
    assert until(lambda: not before.kept)
    with open_store(own) as store:
        assert store.info().uri == uri
        assert until(lambda: state_of(own).keeper != before.keeper)
    assert state_of(own).pid == before.pid
    assert life.stop(own)
    assert processes(own) == []


def test_a_process_id_that_now_is_another_program_is_not_the_engine(own: Settings) -> None:
    home = Home(own.home)
    home.prepare()
    me = os.getpid()
    state = State("embedded", "x", 1, me, psutil.Process(me).create_time() - 1000, me, 0.0)
    home.set_state(state)
    assert not state.alive
    assert life.running(own) is None
    assert not life.stop(own)
    with open_store(own) as store:
        assert store.info().uri != state.uri
    assert psutil.pid_exists(me)


def taken(door: socket.socket, port: int) -> bool:
    """Return True once ``door`` is bound to ``port``."""
    try:
        door.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


def test_a_port_that_is_someone_elses_now_is_not_used(own: Settings) -> None:
    with open_store(own) as store:
        store.write(CREATE)
    state = state_of(own)
    psutil.Process(state.keeper).kill()
    psutil.Process(state.pid).kill()
    assert until(lambda: not state.alive)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        assert until(lambda: taken(other, state.port))  # a killed process lets go of its port a moment after it ended
        other.listen()
        with open_store(own) as store:
            assert store.info().uri != state.uri
            assert store.read(KEPT) == [{"id": "kept"}]


def test_a_state_file_that_is_no_state_is_no_engine(own: Settings) -> None:
    home = Home(own.home)
    home.prepare()
    for text in ("", "{", "[]", '{"pid": 1}', json.dumps({"engine": "embedded"})):
        home.state_file.write_text(text)
        assert life.running(own) is None


def test_an_idle_engine_stops_and_one_in_use_does_not(own: Settings) -> None:
    quick = own.model_copy(update={"idle_minutes": 3 / 60})
    with open_store(quick) as store:
        assert not until(lambda: life.running(quick) is None, seconds=6)
        assert store.read("RETURN 1 AS one") == [{"one": 1}]
    assert until(lambda: processes(quick) == [], seconds=120)
    assert life.running(quick) is None


def test_an_engine_whose_home_is_gone_stops(own: Settings) -> None:
    open_store(own).close()
    Home(own.home).set_state(None)
    assert until(lambda: processes(own) == [], seconds=120)


def test_data_that_another_engine_holds_is_not_touched(own: Settings) -> None:
    open_store(own).close()
    state = state_of(own)
    psutil.Process(state.keeper).kill()
    assert until(lambda: not state.kept)
    Home(own.home).set_state(None)
    with pytest.raises(EngineBusy, match="held by another engine") as caught:
        open_store(own)
    assert caught.value.exit_code == 3
    assert state.alive
    Home(own.home).set_state(state)
    with open_store(own) as store:
        assert store.info().uri == state.uri


def test_the_other_engine_is_not_started_beside(own: Settings) -> None:
    open_store(own).close()
    with pytest.raises(EngineBusy, match="runs the engine embedded, not neo4j") as caught:
        open_store(own, engine="neo4j", remember=True)
    assert "pacte db stop" in caught.value.hint
    assert Home(own.home).chosen() == "embedded"


def test_a_port_that_is_taken_is_said(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        monkeypatch.setattr(life, "free_port", lambda: taken)
        with pytest.raises(EngineBusy, match="taken") as caught:
            open_store(own)
    assert caught.value.exit_code == 3
    assert until(lambda: processes(own) == [], seconds=120)
    monkeypatch.undo()
    open_store(own).close()


def test_a_port_taken_in_between_is_replaced(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    free = life.free_port
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ports = iter([other.getsockname()[1], free(), free(), free()])
        monkeypatch.setattr(life, "free_port", lambda: next(ports))
        with open_store(own) as store:
            assert store.read("RETURN 1 AS one") == [{"one": 1}]
    assert len(engines(own)) == 1


def test_an_engine_that_does_not_answer_in_time_is_stopped_and_said(own: Settings) -> None:
    hasty = own.model_copy(update={"start_seconds": 0.3})
    with pytest.raises(DatabaseError, match=r"did not answer within 0\.3 seconds|could not be launched"):
        open_store(hasty)
    assert until(lambda: processes(own) == [], seconds=120)
    with open_store(own) as store:
        assert store.read("RETURN 1 AS one") == [{"one": 1}]


def test_an_engine_that_hangs_is_said(own: Settings) -> None:
    open_store(own).close()
    engine = psutil.Process(state_of(own).pid)
    engine.suspend()
    try:
        with pytest.raises(EngineBusy, match="has not answered"):
            open_store(own.model_copy(update={"start_seconds": 1}))
    finally:
        engine.resume()
    open_store(own).close()


def test_the_engine_chosen_is_remembered(own: Settings) -> None:
    home = Home(own.home)
    home.prepare()
    assert home.chosen() == "embedded"
    home.choose("neo4j")
    assert Home(own.home).chosen() == "neo4j"
    open_store(own, engine="embedded", remember=True).close()
    assert Home(own.home).chosen() == "embedded"


def test_the_state_says_what_runs(own: Settings) -> None:
    with open_store(own) as store:
        state = life.running(own)
        assert state is not None
        assert (state.engine, state.uri, state.version) == ("embedded", store.info().uri, store.info().version)
        assert state.alive
        assert state.kept
        assert not replace(state, pid_started=state.pid_started - 60).alive
