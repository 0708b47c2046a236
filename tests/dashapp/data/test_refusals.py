"""What the page says of files that can't be taken and of rows that are refused: in the reader's language, with what to do."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, cast

import pytest

from dashapp.data import jobs as module
from dashapp.data.difference import plan_view
from dashapp.data.downloads import rejected_csv
from dashapp.data.jobs import Job, Jobs
from dashapp.data.parts import trouble
from pacte_graph.errors import DatabaseError, DataRefused, PacteError, UsageError, tell
from pacte_graph.loading import Counts, Plan, Report
from pacte_graph.loading.keys import LinkKey
from pacte_graph.loading.plans import Change, Vanished
from pacte_graph.records import Card, NotUnderstood, Ref, Rejected
from pacte_graph.store import Store

from .test_jobs import ACTORS, FR, address, job_view, settled, texts

EN = {"lang": "en", "programme": ""}
TOLD = tell("an amount is a number", "un montant est un nombre")


@pytest.fixture
def jobs(embedded_store: Store) -> Iterator[Jobs]:
    found = Jobs(lambda: embedded_store, 100_000)
    yield found
    found.close()


class Folder:
    name = "/tmp/pacte-upload-x"

    def cleanup(self) -> None:
        """Do nothing."""


def made(**told: Any) -> Job:
    return Job("t", told.pop("importer", "tableur"), told.pop("files", ("a.csv",)), cast("Any", Folder()), **told)


def plan(**told: Any) -> Plan:
    return Plan(Card("source:x", "X", "X"), "tableur", "2", "run:x", "", (), **told)


def refused(**told: Any) -> Plan:
    return plan(rejected=(Rejected("suivi.xlsx", 5, None, "beaucoup", TOLD, sheet="Projets"),), **told)


def test_reasons_are_in_the_readers_language_and_name_the_sheet() -> None:
    strange = (NotUnderstood("suivi.xlsx", 2, None, tell("a passage", "un passage")),)
    shown = texts(plan_view(refused(not_understood=strange), "t", "fr"))
    for told in ("un montant est un nombre", "suivi.xlsx!Projets:5", "un passage"):
        assert told in shown
    assert '"lang"' not in shown
    english = plan(rejected=(Rejected("a.csv", 1, None, "x", "only in English"),))
    assert '"lang": "en"' in texts(plan_view(english, "t", "fr"))
    assert '"lang"' not in texts(plan_view(english, "t", "en"))


def test_the_list_to_download_has_the_sheet_and_the_readers_language() -> None:
    job = made(plans=[refused()])
    (row,) = csv.DictReader(io.StringIO(rejected_csv(job, "fr")), delimiter=";")
    assert row == {
        "Fichier": "suivi.xlsx",
        "Feuille": "Projets",
        "Ligne": "5",
        "Page": "",
        "Contenu": "beaucoup",
        "Raison": TOLD.fr,
    }
    (row,) = csv.DictReader(io.StringIO(rejected_csv(job, "en")))
    assert row["Reason"] == "an amount is a number"


def test_a_fact_in_doubt_is_said_kept_and_not_counted_as_gone() -> None:
    found = plan(vanished=(Vanished(Ref("Actor", "actor:1"), cast("Any", "doubt")), Vanished(Ref("Actor", "actor:2"), "removed")))
    view = plan_view(found, "t", "fr")
    shown = texts(view)
    assert "gardé : une ligne qui en parle est refusée" in shown
    rows = [[cell.children for cell in row.children] for row in view[2].children.children[2].children]
    assert ["Plus affirmés", "1", "0"] in rows
    assert ["Gardés dans le doute", "1", "0"] in rows


def test_values_that_show_instead_of_a_word_taken_back_are_told() -> None:
    key = Ref("Actor", "actor:2")
    gone = Vanished(key, "withdrawn", (Change(key, "name", "Delta Association", "Delta"), Change(key, "town", "Auch", None)))
    shown = texts(plan_view(plan(vanished=(gone,)), "t", "fr"))
    assert "reste : d'autres sources l'affirment ; Nom : Delta Association → Delta ; Ville : Auch → —" in shown


def test_after_a_load_the_page_says_what_was_done() -> None:
    found = plan(vanished=(Vanished(Ref("Actor", "actor:2"), "removed"),))
    kept = texts(plan_view(found, "t", "fr", report=Report(found, "run:x")))
    assert "serait retiré" not in kept
    assert "Ce qui va changer" not in kept
    assert "resté" in kept
    gone = texts(plan_view(found, "t", "fr", report=Report(found, "run:x", removed=Counts(1, 0))))
    assert '"retiré"' in gone


def test_what_one_more_source_states_is_said_in_a_whole_sentence() -> None:
    echo = Change(Ref("Actor", "actor:1"), "sources", ["source:y"], ["source:x", "source:y"])
    shown = texts(plan_view(plan(changes=(echo,)), "t", "fr"))
    assert "déjà connus et affirmés maintenant par une source de plus : 1." in shown
    assert '"dont' not in shown


def test_a_role_is_said_in_words() -> None:
    key = LinkKey("TAKES_PART_IN", Ref("Actor", "actor:1"), Ref("Project", "project:1"), "lead")
    shown = texts(plan_view(plan(vanished=(Vanished(key, "removed"),)), "t", "fr"))
    assert "[lead]" not in shown
    assert "actor:1 → project:1 [Porteur]" in shown


def test_the_problems_of_a_refused_load_are_listed_once() -> None:
    error = DataRefused(tell("2 problems:\n- one\n- two", "2 problèmes :\n- un\n- deux"), hint=tell("Correct.", "Corrigez."))
    shown = texts(job_view(made(stage="failed", step="compare", error=error), FR))
    for told in ("Rien n'a été chargé", '"2 problèmes :"', '"un"', '"deux"', "Corrigez."):
        assert told in shown
    assert "- un" not in shown
    assert "2 problems" not in shown
    assert '"lang"' not in shown


def test_an_error_known_in_english_only_says_so() -> None:
    shown = texts(job_view(made(stage="failed", step="write", error=PacteError("broken")), FR))
    assert "Le chargement a échoué" in shown
    assert '"lang": "en"' in shown
    assert "L'opération a échoué" in shown


def test_a_table_of_another_layout_is_sent_to_the_button(jobs: Jobs) -> None:
    job = settled(jobs.start("tableur", {"partenaires.csv": address("Raison sociale\nCCI\n")}, {}))
    shown = texts(job_view(job, FR))
    for told in ("Ce fichier n'a pas pu être lu", "partenaires.csv", "Proposer une correspondance", "CORDIS"):
        assert told in shown
    for hidden in ("pacte-upload", "pacte map", "Lignes refusées"):
        assert hidden not in shown
    several = settled(jobs.start("tableur", {"a.csv": address("x\n1\n"), "b.csv": address("y\n1\n")}, {}))
    assert "Ces fichiers n'ont pas pu être lus" in texts(job_view(several, FR))
    assert "pacte-upload" not in texts(job_view(several, FR))


def test_another_kind_of_files_is_proposed(jobs: Jobs) -> None:
    job = settled(jobs.start("graphe", {"a.gexf": address("not a graph")}, {}))
    assert job.advice == "kind"
    assert "le type de fichiers" in texts(job_view(job, FR))


def test_a_place_on_the_server_is_never_shown(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    class Breaking:
        def read(self, paths: list[Any], **_: Any) -> Any:
            raise OSError(f"can't open {paths[0]} in {paths[0].parent}/x")

    monkeypatch.setattr(module.loading, "importer", lambda _: Breaking())
    job = settled(jobs.start("tableur", {"actors.csv": address(ACTORS)}, {}))
    assert job.error is not None
    assert job.error.message == "OSError: can't open actors.csv in actors/x"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\n"])
def test_an_empty_file_is_called_empty(jobs: Jobs, content: bytes) -> None:
    with pytest.raises(DataRefused, match=r"actors\.csv is empty") as caught:
        jobs.start("tableur", {"actors.csv": address(content)}, {})
    assert "actors.csv est vide." in texts([trouble(caught.value, "fr")])


def test_no_file_and_too_large_files_are_said_plainly(jobs: Jobs) -> None:
    for ask in (lambda: jobs.start("tableur", {}, {}), lambda: jobs.propose("tableur", {}), lambda: jobs.propose("cordis", {})):
        with pytest.raises(UsageError) as none:
            ask()
        shown = texts([trouble(none.value, "fr")])
        assert "Aucun fichier n'a été choisi." in shown
        assert '"lang"' not in shown
    with pytest.raises(DataRefused) as large:
        jobs.start("tableur", {"a.csv": address(b"x" * 100_001)}, {})
    assert "Les fichiers dépassent ensemble 0 Mo" in texts([trouble(large.value, "fr")])


def test_an_error_of_the_database_says_what_to_do_first() -> None:
    shown = texts([trouble(DatabaseError("no answer"), "fr")])
    assert "La base de données ne répond pas" in shown


def test_the_end_of_a_step_is_a_step_of_its_own() -> None:
    assert "Écriture : 5 / 10" in texts(job_view(made(stage="writing", step="write", done=5, total=10), FR))
    shown = texts(job_view(made(stage="writing", step="write", done=10, total=10), FR))
    assert "Vérification finale…" in shown
    assert "10 / 10" not in shown
