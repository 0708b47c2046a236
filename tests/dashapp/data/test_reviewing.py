"""The review of duplicates: page by page, names typed stay, and a decision doesn't compare everything again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dashapp.data.deciding import answer
from dashapp.data.page import _half, _ignored
from dashapp.data.review import ANSWER, SHOWN, UNDO, coded, review_view
from dashapp.data.reviewing import Reviewing
from dashapp.services import Services
from pacte_graph import loading
from pacte_graph.loading import review, thesaurus
from pacte_graph.store import Store

from .test_jobs import FR, address, settled, texts


@pytest.fixture
def services(embedded_store: Store) -> Iterator[Services]:
    """Return services on an engine that holds thirteen pairs."""
    embedded_store.settings.thesaurus_file.unlink(missing_ok=True)
    found = Services(embedded_store.settings)
    found._store = embedded_store
    names = [
        f"Association {word} de Sorbelle"
        for word in [
            "pêche",
            "tennis",
            "voile",
            "judo",
            "danse",
            "chorale",
            "lecture",
            "théâtre",
            "échecs",
            "rugby",
            "escrime",
            "boxe",
            "vélo",
        ]
    ]
    rows = [
        f"actor:{side}:{at},{name if side == 'a' else name.upper()},association"
        for at, name in enumerate(names, 10)
        for side in "ab"
    ]
    job = settled(found.jobs.start("tableur", {"actors.csv": address("\n".join(["id,name,kind", *rows]))}, {}))
    settled(found.jobs.confirm(job.token, prune=False, force=False))
    found._version = ("", 0.0)
    yield found
    found.jobs.close()


def pairs(reviewing: Reviewing) -> list[tuple[str, str]]:
    return [(item.first, item.second) for item in reviewing.pairs()]


def test_pairs_come_page_by_page(services: Services) -> None:
    reviewing = Reviewing(services)
    first, second = (texts(review_view(reviewing, FR, start)) for start in (0, SHOWN))
    assert "Paires 1 à 10 sur 13" in first
    assert "Voir les suivantes" in first
    assert "Voir les précédentes" not in first
    assert "Paires 11 à 13 sur 13" in second
    assert "Voir les précédentes" in second
    for item in (reviewing.pairs()[0], reviewing.pairs()[12]):
        pair = coded(f"{item.first}\n{item.second}")
        assert (pair in first) != (pair in second)
    assert "Paires 11 à 13" in texts(review_view(reviewing, FR, 500))


def test_a_decision_keeps_the_page_and_the_names_typed_for_other_pairs(services: Services) -> None:
    reviewing = Reviewing(services)
    decided, other = (f"{item.first}\n{item.second}" for item in reviewing.pairs()[11:13])
    typed = {decided: "", other: "Un nom à moi"}
    after = texts(answer(reviewing, {"type": ANSWER, "pair": decided, "what": "apart"}, typed, FR, SHOWN))
    assert "Paires 11 à 12 sur 12" in after
    assert '"value": "Un nom à moi"' in after


def test_a_decision_compares_nothing_again_and_reads_no_record_twice(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    reviewing = Reviewing(services)
    review_view(reviewing, FR)
    found = pairs(reviewing)
    asked: list[Any] = []
    real = services.records
    monkeypatch.setattr(review, "proposals", lambda *_: asked.append("compared") or [])
    monkeypatch.setattr(services, "records", lambda names: asked.extend(names) or real(names))
    for what, (first, second) in zip(("apart", "keep_left"), found[:2], strict=True):
        told = {"type": ANSWER, "pair": f"{first}\n{second}", "what": what}
        answer(reviewing, told, {f"{first}\n{second}": "Nom neuf"}, FR)
    assert asked == [*found[10], *found[11]]
    assert pairs(reviewing) == found[2:]


def test_taking_a_decision_back_reads_only_the_records_it_is_about(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    reviewing = Reviewing(services)
    found = pairs(reviewing)
    review_view(reviewing, FR)
    first, second = found[0]
    answer(reviewing, {"type": ANSWER, "pair": f"{first}\n{second}", "what": "keep_left"}, {}, FR)
    asked: list[str] = []
    real = services.records
    monkeypatch.setattr(services, "records", lambda names: asked.extend(names) or real(names))
    answer(reviewing, {"type": UNDO, "node": second}, {}, FR)
    assert sorted(asked) == sorted([first, second])
    assert pairs(reviewing) == found


def test_what_is_left_is_what_comparing_again_gives(services: Services) -> None:
    reviewing = Reviewing(services)
    for what, (first, second) in zip(("apart", "keep_left", "keep_right"), pairs(reviewing)[:3], strict=True):
        reviewing.decide(first, second, what, "", by="me")
    verdicts = thesaurus.load(services.settings.thesaurus_file)
    again = [(item.first, item.second) for item in review.proposals(services.store, verdicts)]
    assert pairs(reviewing) == again
    assert len(again) == 10


def test_an_undone_merge_and_a_change_from_elsewhere_are_seen(services: Services) -> None:
    reviewing = Reviewing(services)
    first, second = pairs(reviewing)[0]
    reviewing.decide(first, second, "keep_left", "", by="me")
    assert (first, second) not in pairs(reviewing)
    services._version = ("", 0.0)
    assert "Fusion annulée" in texts(answer(reviewing, {"type": UNDO, "node": second}, {}, FR))
    services._version = ("", 0.0)
    assert (first, second) in pairs(reviewing)
    review.merge(services.store, services.settings.thesaurus_file, first, second)
    services._version = ("", 0.0)
    services._decided += 1
    assert (first, second) not in pairs(reviewing)


def test_the_record_kept_is_shown_under_its_new_name(services: Services) -> None:
    reviewing = Reviewing(services)
    review_view(reviewing, FR)
    first, second = pairs(reviewing)[0]
    reviewing.decide(first, second, "keep_left", "Nom neuf", by="me")
    assert loading.fact(services.store, first)["properties"]["name"] == "Nom neuf"
    assert reviewing.records([first])[first]["properties"]["name"] == "Nom neuf"


@pytest.mark.parametrize(
    ("text", "fr", "en"),
    [
        ("CC BY 4.0 (© Union européenne / European Union)", "CC BY 4.0 (© Union européenne)", "CC BY 4.0 (© European Union)"),
        ("mise en page / layout", "mise en page", "layout"),
        ("dessin (viz, x / y) / drawing", "dessin (viz, x / y)", "drawing"),
        ("Licence Ouverte 2.0", "Licence Ouverte 2.0", "Licence Ouverte 2.0"),
    ],
)
def test_a_cards_text_is_cut_where_its_languages_meet(text: str, fr: str, en: str) -> None:
    assert (_half(text, "fr"), _half(text, "en")) == (fr, en)


def test_what_is_ignored_on_purpose_is_in_one_language() -> None:
    assert "layout" not in texts(_ignored(("mise en page / layout",), "fr"))
