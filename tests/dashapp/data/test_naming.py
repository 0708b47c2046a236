"""What an upload's source is called: after what the user gave, whatever folder of the server it went through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashapp.data.jobs import Job, Jobs
from dashapp.data.naming import chosen, imposed, nameless, placed, safe, usual
from pacte_graph.store import Store

from .test_jobs import ACTORS, FR, address, job_view, settled, texts

PEOPLE = "id,name\nperson:x:1,Zoé\n"
OTHERS = "id,name,kind\nactor:y:9,Port de Sorbelle,association\n"
MAPPING = '[[tables]]\nkind = "Actor"\nid = "actor:liste:{Raison sociale}"\n[tables.columns]\n"Raison sociale" = "name"\n'


@pytest.fixture
def jobs(embedded_store: Store) -> Iterator[Jobs]:
    found = Jobs(lambda: embedded_store, 100_000)
    yield found
    found.close()


def loaded(jobs: Jobs, job: Job) -> Job:
    assert settled(job).stage == "ready", job.error
    settled(jobs.confirm(job.token, prune=False, force=False))
    assert job.stage == "done", job.error
    return job


def test_a_table_given_again_changes_nothing(jobs: Jobs) -> None:
    loaded(jobs, jobs.start("tableur", {"actors.csv": address(ACTORS)}, {}))
    again = settled(jobs.start("tableur", {"actors.csv": address(ACTORS)}, {}))
    assert again.plans[0].card.id == "source:tableur:actors"
    assert again.plans[0].empty
    assert "Rien ne changera" in texts(job_view(again, FR))
    assert "pacte-upload" not in texts(job_view(again, FR))


@pytest.mark.parametrize("name", ["actors.csv", "ACTORS.CSV", "Acteurs.csv"])
def test_a_lone_table_is_read_however_its_name_is_written(jobs: Jobs, name: str) -> None:
    job = settled(jobs.start("tableur", {name: address(ACTORS)}, {}))
    assert job.stage == "ready", job.error
    assert job.plans[0].card.id == f"source:tableur:{Path(name).stem}"


def test_each_table_with_a_mapping_is_a_source_of_its_own(jobs: Jobs) -> None:
    ids = set()
    for name in ("partenaires.csv", "adherents.csv"):
        job = settled(jobs.start("tableur", {name: address("Raison sociale\nCCI\n")}, {}, MAPPING))
        assert job.stage == "ready", job.error
        ids.add(job.plans[0].card.id)
    assert ids == {"source:tableur:partenaires", "source:tableur:adherents"}


def test_sets_of_tables_are_told_apart_by_the_name_given(jobs: Jobs) -> None:
    first = {"actors.csv": address(ACTORS), "people.csv": address(PEOPLE)}
    second = {"actors.csv": address(OTHERS), "people.csv": address(PEOPLE.replace(":x:", ":y:"))}
    assert loaded(jobs, jobs.start("tableur", first, {}, source="Pacte nord")).plans[0].card.id == "source:tableur:Pacte nord"
    other = settled(jobs.start("tableur", second, {}, source="Pacte sud"))
    assert not other.plans[0].vanished
    assert not other.unnamed
    unnamed = settled(jobs.start("tableur", second, {}))
    assert unnamed.plans[0].card.id == "source:tableur:actors-people"
    assert "Sans nom donné, cette source s'appelle « actors-people »" in texts(job_view(unnamed, FR))


def test_a_card_among_the_tables_decides(jobs: Jobs) -> None:
    card = 'id = "source:x"\nname_fr = "X"\nname_en = "X"\n'
    files = {"actors.csv": address(ACTORS), "people.csv": address(PEOPLE), "source.toml": address(card)}
    job = settled(jobs.start("tableur", files, {}, source="ignoré"))
    assert job.plans[0].card.id == "source:x"
    assert not job.unnamed


def test_what_names_a_source() -> None:
    assert nameless("tableur", ["actors.csv"], mapped=False)
    assert nameless("tableur", ["a.csv", "b.csv"], mapped=False)
    assert not nameless("tableur", ["partenaires.csv"], mapped=False)
    assert not nameless("tableur", ["actors.csv", "source.toml"], mapped=False)
    assert not nameless("tableur", ["actors.csv"], mapped=True)
    assert not nameless("tableur", ["actors.xlsx"], mapped=False)
    assert not nameless("cordis", ["a.csv", "b.csv"], mapped=False)
    assert imposed("Projets.csv.gz")
    assert chosen("a/b") == "a_b"
    assert chosen("../..") == "_"
    assert usual(["source.toml"]) == "tables"
    assert safe("e\N{COMBINING ACUTE ACCENT}tude.csv") == "étude.csv"


def test_other_files_stay_where_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert placed([path], "tableur", tmp_path / "named", "a") == [path]
    assert placed([tmp_path / "a.csv"], "cordis", tmp_path / "named", "a") == [tmp_path / "a.csv"]
