"""Uploads without a browser: names made safe, sizes bounded, difference before writing, nothing written read-only."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashapp.app import create_app
from dashapp.data.deciding import answer
from dashapp.data.difference import job_view
from dashapp.data.downloads import rejected_csv
from dashapp.data.jobs import MOST_KEPT, Job, Jobs
from dashapp.data.page import layout
from dashapp.data.review import AGAIN, ANSWER, UNDO, coded, decoded, review_view
from dashapp.data.reviewing import Reviewing
from dashapp.data.wiring import asked
from dashapp.services import Services
from pacte_graph import loading
from pacte_graph.errors import DataRefused, UnknownName, UsageError
from pacte_graph.settings import Settings
from pacte_graph.store import Store

FR = {"lang": "fr", "programme": ""}


def address(text: str | bytes) -> str:
    data = text.encode() if isinstance(text, str) else text
    return f"data:text/csv;base64,{base64.b64encode(data).decode()}"


ACTORS = "id,name,kind\nactor:x:1,Université de Sorbelle,university\nactor:x:2,UNIVERSITE DE SORBELLE,university\n"


def settled(job: Job) -> Job:
    assert job.thread is not None
    job.thread.join(60)
    return job


@pytest.fixture
def jobs(embedded_store: Store) -> Iterator[Jobs]:
    """Return the uploads of an app on an empty embedded engine."""
    found = Jobs(lambda: embedded_store, 100_000)
    yield found
    found.close()


@pytest.fixture
def services(embedded_store: Store) -> Services:
    """Return services on that engine."""
    found = Services(embedded_store.settings)
    found._store = embedded_store
    return found


def texts(components: Any) -> str:
    return json.dumps(
        [item.to_plotly_json() for item in components], default=lambda item: item.to_plotly_json(), ensure_ascii=False
    )


def test_an_upload_is_compared_then_written_when_confirmed(jobs: Jobs, embedded_store: Store) -> None:
    job = settled(jobs.start("tableur", {"actors.csv": address(ACTORS)}, {}))
    assert job.stage == "ready", job.error
    assert embedded_store.read("MATCH (n:Actor) RETURN count(n) AS n") == [{"n": 0}]
    shown = texts(job_view(job, FR))
    assert "Université de Sorbelle (actor:x:1)" in shown
    assert "Doublons probables (1)" in shown
    settled(jobs.confirm(job.token, prune=False, force=False))
    assert job.stage == "done", job.error
    assert embedded_store.read("MATCH (n:Actor) RETURN count(n) AS n") == [{"n": 2}]
    assert jobs.confirm(job.token, prune=False, force=False).stage == "done"  # a button pressed twice loads once
    assert len(loading.history(embedded_store)) == 1
    assert "/explorateur" in texts(job_view(job, FR))


def test_several_tables_are_one_source_whatever_folder_they_arrive_in(jobs: Jobs) -> None:
    files = {"actors.csv": address(ACTORS), "people.csv": address("id,name\nperson:x:1,Zoé\n")}
    sources = {settled(jobs.start("tableur", files, {})).plans[0].card.id for _ in range(2)}
    assert sources == {"source:tableur:actors-people"}


def test_names_can_t_leave_the_folder_and_sizes_are_bounded(jobs: Jobs) -> None:
    job = settled(jobs.start("tableur", {"../../etc/actors.csv": address(ACTORS)}, {}))
    assert job.files == ("actors.csv",)
    with pytest.raises(DataRefused, match="larger than 0 MB"):
        jobs.start("tableur", {"a.csv": address(b"x" * 100_001)}, {})
    with pytest.raises(DataRefused, match="did not arrive whole"):
        jobs.start("tableur", {"a.csv": "data:text/csv;base64,!!!!"}, {})
    with pytest.raises(DataRefused, match="Two files"):
        jobs.start("tableur", {"x/a.csv": address("id\n"), "y/a.csv": address("id\n")}, {})
    with pytest.raises(UsageError, match="No file"):
        jobs.start("tableur", {}, {})
    with pytest.raises(UnknownName):
        jobs.start("nothing", {"a.csv": address("id\n")}, {})


def test_a_refused_file_says_every_problem(jobs: Jobs) -> None:
    job = settled(jobs.start("tableur", {"actors.csv": address("colour\nred\n")}, {}))
    assert job.stage == "failed"
    assert "actors.csv" in texts(job_view(job, FR))
    assert "gardé" in texts(job_view(None, FR))


def test_only_a_few_uploads_are_kept_and_their_files_go_with_them(jobs: Jobs) -> None:
    first = settled(jobs.start("tableur", {"actors.csv": address(ACTORS)}, {}))
    for _ in range(MOST_KEPT):
        settled(jobs.start("tableur", {"actors.csv": address(ACTORS)}, {}))
    assert jobs.get(first.token) is None
    assert not Path(first.folder.name).exists()
    with pytest.raises(UnknownName):
        jobs.confirm(first.token, prune=False, force=False)


def test_a_foreign_table_gets_a_mapping_and_loads_with_it(jobs: Jobs) -> None:
    files = {"liste.csv": address("Raison sociale;Commune\nCCI de Valombre;Valombre\n")}
    proposed = jobs.propose("tableur", files)
    assert "Raison sociale" in proposed
    mapping = '[[tables]]\nkind = "Actor"\nid = "actor:liste:{Raison sociale}"\n[tables.columns]\n"Raison sociale" = "name"\n"Commune" = "town"\n'
    job = settled(jobs.start("tableur", files, {}, mapping))
    assert job.stage == "ready", job.error
    assert [dict(fact.properties) for fact in job.plans[0].created] == [{"name": "CCI de Valombre", "town": "Valombre"}]
    with pytest.raises(UsageError, match="needs no mapping"):
        jobs.propose("anr", files)


def test_rows_refused_are_a_csv_without_formulas(jobs: Jobs) -> None:
    told = "id,name,kind\nactor:x:1,A,association\n=cmd|' /C calc'!A0,B,=1+1\n"
    job = settled(jobs.start("tableur", {"actors.csv": address(told)}, {}))
    rows = list(csv.DictReader(io.StringIO(rejected_csv(job, "fr")), delimiter=";"))
    assert rows
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_options_are_one_a_line() -> None:
    assert asked("programme = x\n\nepci=1,2") == {"programme": "x", "epci": "1,2"}
    with pytest.raises(UsageError, match="key=value"):
        asked("programme")


def test_duplicates_are_decided_and_undone(services: Services, jobs: Jobs) -> None:
    services.jobs = jobs
    job = settled(jobs.start("tableur", {"actors.csv": address(ACTORS)}, {}))
    settled(jobs.confirm(job.token, prune=False, force=False))
    services._version = ("", 0.0)
    assert "Université de Sorbelle" in texts(review_view(Reviewing(services), FR))
    pair = "actor:x:1\nactor:x:2"
    after = texts(answer(Reviewing(services), {"type": ANSWER, "pair": pair, "what": "keep_right"}, {pair: "Sorbelle"}, FR))
    assert "Université de Sorbelle (actor:x:1) est fusionnée dans Sorbelle (actor:x:2)" in after
    assert loading.fact(services.store, "actor:x:2")["properties"]["name"] == "Sorbelle"
    services._version = ("", 0.0)
    assert "Fusion annulée" in texts(answer(Reviewing(services), {"type": UNDO, "node": "actor:x:1"}, {}, FR))
    services._version = ("", 0.0)
    answer(Reviewing(services), {"type": ANSWER, "pair": pair, "what": "apart"}, {}, FR)
    services._version = ("", 0.0)
    assert services.duplicates() == []


def test_records_with_accents_are_decided_by_the_button_that_names_them(services: Services, jobs: Jobs) -> None:
    services.jobs = jobs
    told = "id,name,kind\nactor:x:Vallée,Union des Vallées,university\nactor:x:vallees,UNION DES VALLEES,university\n"
    settled(jobs.confirm(settled(jobs.start("tableur", {"actors.csv": address(told)}, {})).token, prune=False, force=False))
    services._version = ("", 0.0)
    shown = texts(review_view(Reviewing(services), FR))
    pair = coded("actor:x:Vallée\nactor:x:vallees")
    assert pair.isascii()
    assert f'"pair": "{pair}"' in shown
    answer(Reviewing(services), {"type": ANSWER, "pair": decoded(pair), "what": "apart"}, {}, FR)
    services._version = ("", 0.0)
    after = texts(review_view(Reviewing(services), FR))
    assert "Union des Vallées (actor:x:Vallée) et UNION DES VALLEES (actor:x:vallees)" in after
    answer(Reviewing(services), {"type": AGAIN, "pair": decoded(pair)}, {}, FR)
    services._version = ("", 0.0)
    assert len(services.duplicates()) == 1


def test_read_only_offers_nothing_and_does_nothing(embedded_store: Store) -> None:
    services = Services(embedded_store.settings, read_only=True)
    services._store = embedded_store
    shown = texts([layout(services, FR)])
    assert "Consultation seule" in shown
    assert "data-upload" not in shown
    told = texts(answer(Reviewing(services), {"type": UNDO, "node": "actor:x:1"}, {}, FR))
    assert "consultation seule" in told


def test_every_way_of_writing_is_refused_read_only(settings: Settings) -> None:
    app = create_app(settings, read_only=True)
    try:
        client = app.server.test_client()
        assert client.get("/donnees/modele.xlsx").status_code == 200
        assert client.get("/donnees/refus/nothing.csv").status_code == 404
    finally:
        app.services.close()
