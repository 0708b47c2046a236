"""« Et si… ? »: what an address supposes, what is compared and listed, and what the picture holds, on hand-made networks."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash.development.base_component import Component

from dashapp.indicators.whatif import asking, compared, form, lists, section, svg
from dashapp.indicators.whatif.asking import Supposed, asked, checked, keys
from dashapp.indicators.whatif.surroundings import MOST, surroundings
from dashapp.services import Services
from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.metrics.registry import REGISTRY
from pacte_graph.metrics.whatif import what_if
from pacte_graph.metrics.whatif.comparing import INDICATORS
from pacte_graph.network.model import Link, Milestone, Network, Node, Scope
from pacte_graph.settings import Settings
from tests.dashapp.test_app import text_of

EVIL = '<script>alert("1")</script> & Cie'
STATE = {"programme": "programme:x", "lang": "fr"}


def network() -> Network:
    nodes = [
        Node("project:x:1", "Project", {"number": 1, "name": "Pont", "budget": 1_000_000.0, "regional_funding": 250_000.0}),
        Node("project:x:2", "Project", {"number": 2, "name": "Quai", "budget": 500_000.0}),
        Node("project:x:3", "Project", {"number": 3, "since": dt.date(2031, 1, 1), "until": dt.date(2031, 12, 31)}),
        Node("actor:x:a", "Actor", {"name": "Ville", "kind": "local_authority"}),
        Node("actor:x:b", "Actor", {"name": EVIL, "kind": "company"}),
        Node("actor:x:c, d", "Actor", {"name": "Chambre, c", "kind": "chamber"}),
        Node("territory:x:m", "Territory", {"name": "Bourg", "level": "commune", "population": 900}),
        Node("territory:x:n", "Territory", {"name": "Val", "level": "commune", "population": 100}),
        Node("person:x:p", "Person", {"name": "P"}),
    ]
    links = [
        Link("LINKED_TO", "project:x:1", "project:x:2", "", {"sense": "pulls", "intensity": 3}),
        Link("LINKED_TO", "project:x:1", "project:x:3", "", {}),
        Link("TAKES_PART_IN", "actor:x:a", "project:x:1", "lead", {"role": "lead"}),
        Link("TAKES_PART_IN", "actor:x:a", "project:x:2", "lead", {"role": "lead"}),
        Link("TAKES_PART_IN", "actor:x:b", "project:x:1", "partner", {"role": "partner"}),
        Link("TAKES_PART_IN", "actor:x:c, d", "project:x:2", "partner", {"role": "partner"}),
        Link("APPLIES_IN", "project:x:1", "territory:x:m", "", {"status": "declined"}),
        Link("APPLIES_IN", "project:x:1", "territory:x:n", "", {"status": "unknown"}),
        Link("APPLIES_IN", "project:x:2", "territory:x:n", "", {"status": "declined"}),
    ]
    steps = [
        Milestone("milestone:1", "project:x:1", "Pose", dt.date(2031, 1, 1), dt.date(2031, 3, 31), "premier trimestre 2031"),
        Milestone("milestone:2", "project:x:2", "Fin", dt.date(2032, 1, 1), dt.date(2032, 12, 31)),
        Milestone("milestone:3", "project:x:3", "Vague"),
    ]
    return Network.of(nodes, links, scope=Scope("programme:x"), programme={"name": "X"}, milestones=steps)


def supposed(*removed: str, **delays: int) -> Any:
    return what_if(network(), Supposed(removed, {f"project:x:{key[1:]}": months for key, months in delays.items()}).changes())


def parts(root: Any) -> Iterator[Component]:
    if isinstance(root, list | tuple):
        for item in root:
            yield from parts(item)
    elif isinstance(root, Component):
        yield root
        yield from parts(getattr(root, "children", None))


class Kept(Services):
    """Services on a network in memory; ``asked`` counts what was computed."""

    def __init__(self, path: Path, held: Network) -> None:
        super().__init__(Settings(home=path))
        self.held, self.asked = held, 0

    def data_version(self) -> str:
        return "1"

    def network(self, scope: Scope) -> Network:
        assert scope.programme == "programme:x"
        return self.held

    def what_if(self, scope: Scope, supposed: Supposed) -> Any:
        self.asked += 1
        return super().what_if(scope, supposed)


def test_an_address_says_what_is_supposed_and_back() -> None:
    state = {"remove": "project:x:1,actor:x:c%2C d, ,project:x:1", "delay": "project:x:2:6,project:x:3:60"}
    found = asked(state)
    assert found.removed == ("project:x:1", "actor:x:c, d")
    assert dict(found.delays) == {"project:x:2": 6, "project:x:3": 60}
    assert asked(keys(found)) == found
    assert asked({}) == Supposed()
    assert keys(Supposed()) == {}
    assert not Supposed()


@pytest.mark.parametrize("text", ["project", ":6", "project:x:1:", "project:x:1:six", "project:x:1:0", "project:x:1:61", "a:²",
                                  "a:-1", "a:9999999999999", "a:1,a:2"])  # fmt: skip
def test_a_delay_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        asked({"delay": text})


def test_only_what_is_there_and_can_go_is_removed() -> None:
    checked(network(), Supposed(("project:x:1", "actor:x:a"), {"project:x:2": 3}))
    with pytest.raises(UnknownName, match="project:x:9"):
        checked(network(), Supposed(("project:x:9",)))
    with pytest.raises(UnknownName, match="project:x:8"):
        checked(network(), Supposed((), {"project:x:8": 2}))
    with pytest.raises(UsageError, match="territory:x:m"):
        checked(network(), Supposed(("territory:x:m",)))


def test_nothing_is_computed_before_something_is_supposed(tmp_path: Path) -> None:
    services = Kept(tmp_path, network())
    drawn = section.section(services, STATE)
    assert services.asked == 0
    assert "sans rien écrire dans la base" in text_of(drawn)
    assert not [part for part in parts(drawn) if getattr(part, "id", None) == "whatif-answer"]


@pytest.mark.parametrize(
    ("keys_", "said"),
    [
        ({"remove": "project:x:9"}, "n'existe pas dans cette base"),
        ({"delay": "project:x:1:soon"}, "ne convient pas"),
        ({"remove": "project:x:1", "delay": "project:x:1:3"}, "ne convient pas"),
    ],
)
def test_what_cannot_be_supposed_is_one_sentence(tmp_path: Path, keys_: dict[str, str], said: str) -> None:
    drawn = section.section(Kept(tmp_path, network()), {**STATE, **keys_})
    alerts = [part for part in parts(drawn) if getattr(part, "role", None) == "alert"]
    assert len(alerts) == 1
    assert said in text_of(alerts[0])
    assert "whatif-run" in {getattr(part, "id", None) for part in parts(drawn) if isinstance(getattr(part, "id", None), str)}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_answer_is_said_then_shown(tmp_path: Path, lang: str) -> None:
    services = Kept(tmp_path, network())
    drawn = section.section(services, {**STATE, "lang": lang, "remove": "project:x:1", "delay": "project:x:2:6"})
    titles = [text_of(part) for part in parts(drawn) if type(part).__name__ == "H3"]
    expected = {
        "fr": ["Ce que cela changerait", "Avant et après", "Entraînement perdu : lecture linéaire",
               "Qui est touché : lecture structurelle", "Autour de ce qui disparaît", "Projets en retard", "Jalons qui glissent"],
        "en": ["What that would change", "Before and after", "Pull lost: linear reading", "Who is touched: structural reading",
               "Around what goes", "Late projects", "Milestones that slip"],
    }  # fmt: skip
    assert titles == expected[lang]
    assert services.asked == 1


def test_answers_on_small_networks_are_kept(tmp_path: Path) -> None:
    services = Kept(tmp_path, network())
    first, second, other = (
        services.what_if(Scope("programme:x"), Supposed((name,))) for name in ("project:x:1", "project:x:1", "project:x:2")
    )
    assert first is second
    assert other is not first


def test_every_metric_compared_has_a_measure_followed_or_no_number_of_the_whole() -> None:
    named = {key.partition(".")[0] for key in compared.FOLLOWED}
    codes = [metric.id for metric in REGISTRY.values() if metric.code.split("-")[0] in INDICATORS]
    assert named <= set(codes)
    assert set(codes) - named <= {"collaboration"}  # a profile of each project, nothing of the whole
    assert compared.FOLLOWED.keys() == compared.MEASURES.keys()


def test_measures_are_written_in_their_units_with_their_bounds() -> None:
    rows = {row.label: row for row in compared.rows(supposed("project:x:1"), "fr")}
    assert (rows["Projets"].before, rows["Projets"].after, rows["Projets"].difference) == ("3", "2", "−1")
    budget = rows["Budgets connus (€)"]
    assert (budget.before, budget.after) == ("1\u202f500\u202f000\xa0€", "500\u202f000\xa0€")
    assert budget.difference == "−1\u202f000\u202f000\xa0€"
    regional = rows["Financements régionaux connus (€)"]
    assert (regional.after, regional.difference) == ("inconnu", "—")
    share = rows["Territoires avec un projet propre : commune"]
    assert (share.before, share.after, share.difference) == ("100,0\xa0%", "50,0\xa0%", "−50,0 points")
    assert share.moves
    scales = [label for label in rows if label.startswith("Projets déclinés : ")]
    assert "Projets déclinés : métropole" in scales


def test_what_is_undefined_is_said_never_zero() -> None:
    rows = {row.label: row for row in compared.rows(supposed("project:x:1", "project:x:2", "project:x:3"), "en")}
    texts = [cell for row in rows.values() for cell in (row.before, row.after, row.difference)]
    assert not [cell for cell in texts if cell in ("None", "nan", "inf", "-0", "−0")]
    assert "undefined" in texts


@pytest.mark.parametrize(
    ("before", "after", "unit", "said"),
    [
        (0.0312, 0.0317, "share", "+0,1 point"),
        (0.5, 0.48, "share", "−2,0 points"),
        (0.807, 0.8, "figure", "−0,01"),
        (2, 5, "figure", "+3"),
        (1.0, 1.0, "figure", "0"),
        (None, 3, "amount", "—"),
    ],
)
def test_the_difference_is_that_of_what_is_written(before: float | None, after: float, unit: str, said: str) -> None:
    assert compared.signed(compared.shown_difference(before, after, unit), unit, "fr") == said


def test_who_is_touched_is_counted_named_and_led_to() -> None:
    drawn = lists.touched(supposed("project:x:1"), STATE)
    text = text_of(drawn)
    assert EVIL in text
    assert "1\u202f000\u202f000\xa0€" in text
    assert "Bourg" in text
    assert "Chambre" not in text
    links = [part.href for part in parts(drawn) if type(part).__name__ == "A"]
    assert links
    assert all(link.startswith("/explorateur?programme=programme%3Ax") for link in links)
    assert "aucun projet retiré" in text_of(lists.touched(supposed("actor:x:a"), STATE))
    assert "1 montant inconnu" in text_of(lists.touched(supposed("project:x:2"), STATE))


def test_long_lists_are_cut_aloud() -> None:
    nodes = [Node(f"actor:x:{at}", "Actor", {"name": f"A{at:03}"}) for at in range(lists.SHOWN + 2)]
    drawn = lists.named([node.id for node in nodes], Network.of(nodes, []), STATE)
    assert len(drawn.children) == lists.SHOWN + 1
    assert text_of(drawn.children[-1]) == "2 autres"


def test_milestones_have_old_and_new_dates_and_their_way() -> None:
    found = supposed(p1=6)
    rows = [
        [text_of(cell) for cell in part.children] for part in parts(lists.milestones(found, STATE)) if type(part).__name__ == "Tr"
    ]
    assert rows[1] == ["Pose", "certain", "premier trimestre 2031", "juillet–septembre 2031", "Pont"]
    assert rows[2] == ["Fin", "certain", "2032", "juillet 2032 – juin 2033", "Pont → Quai"]
    assert rows[3] == ["Vague", "possible", "date inconnue", "6 mois plus tard", "Pont → Projet 3 (titre inconnu)"]
    english = [[text_of(cell) for cell in part.children] for part in parts(lists.milestones(found, {**STATE, "lang": "en"}))
               if type(part).__name__ == "Tr"]  # fmt: skip
    assert english[1][2:4] == ["January–March 2031", "July–September 2031"]


def test_late_projects_have_both_dates_and_removals_alone_have_no_milestones() -> None:
    text = text_of(lists.late(supposed(p3=2), STATE))
    assert "1er janvier 2031 → 1er mars 2031" in text
    assert lists.late(supposed("project:x:1"), STATE) == []
    assert lists.milestones(supposed("project:x:1"), STATE) == []


def test_the_picture_holds_the_removed_their_partners_and_theirs() -> None:
    around = surroundings(network(), ["project:x:1"], ["actor:x:b", "territory:x:m"], "fr")
    states = [{item.id: item.state for item in column} for column in around.columns]
    assert states[0] == {"project:x:1": "removed"}
    assert states[1] == {
        "actor:x:b": "struck", "territory:x:m": "struck", "project:x:2": "stays", "project:x:3": "stays", "actor:x:a": "stays"
    }  # fmt: skip
    assert states[2] == {"actor:x:c, d": "stays", "territory:x:n": "stays"}
    assert ("actor:x:a", "project:x:2") in around.ties
    assert ("project:x:1", "territory:x:n") not in around.ties
    assert around.left_out == (0, 0, 0)


def crowd(members: int) -> Network:
    nodes = [Node(f"project:x:{at}", "Project", {"number": at}) for at in (1, 2)]
    nodes += [Node(f"actor:x:{at:03}", "Actor", {"name": f"A{at}"}) for at in range(members)]
    links = [Link("TAKES_PART_IN", node.id, "project:x:1", "", {}) for node in nodes[2:]]
    links += [Link("TAKES_PART_IN", "actor:x:000", "project:x:2", "", {})]
    return Network.of(nodes, links, scope=Scope("programme:x"), programme={"name": "X"})


def test_a_crowd_is_cut_aloud_the_struck_first() -> None:
    held = crowd(100)
    found = what_if(held, Supposed(("project:x:1",)).changes())
    around = surroundings(held, ["project:x:1"], found.orphaned[-3:], "fr")
    assert sum(map(len, around.columns)) <= sum(MOST) == 80
    assert around.left_out == (0, 100 - MOST[1], 0)
    assert {item.id for item in around.columns[1]} >= set(found.orphaned[-3:])
    assert section.left_out(around, "fr") == ["« Liés directement » : 66 autres ne sont pas dessinés."]


def test_the_picture_is_sound_holds_no_markup_and_every_name_fits() -> None:
    around = surroundings(network(), ["project:x:1", "actor:x:a"], ["actor:x:b"], "fr")
    picture = svg.draw(around, EVIL, "fr")
    root = ET.fromstring(picture)
    assert "<script" not in picture
    space = "{http://www.w3.org/2000/svg}"
    frames = [
        item
        for item in root.iter(f"{space}rect")
        if item.get("height") == f"{svg.HIGH:g}" and item.get("width") == f"{svg.BOX:g}"
    ]
    assert len(frames) == sum(map(len, around.columns))
    assert [item.get("stroke-dasharray") for item in frames].count("5 3") == 2
    assert [item.text for item in root.iter(f"{space}text")].count("!") == 2  # the box, and the legend
    assert svg.address(picture).startswith("data:image/svg+xml;base64,")
    for text in ("W" * 80, "CENTRE NATIONAL DE LA RECHERCHE SCIENTIFIQUE", "i" * 200):
        assert svg.fitted(text, 100).endswith("…")
    assert len(svg.fitted("W" * 80, 100)) < len(svg.fitted("i" * 80, 100))


@pytest.mark.parametrize("removed", [("actor:x:a", "actor:x:b", "actor:x:c, d"), ("project:x:3",), ("actor:x:b",)])
def test_any_removal_has_an_answer(removed: tuple[str, ...]) -> None:
    for lang in ("fr", "en"):
        assert section.answer(supposed(*removed), {**STATE, "lang": lang})


def test_a_network_of_one_node_has_an_answer() -> None:
    held = Network.of([Node("project:x:1", "Project", {"number": 1})], [], scope=Scope("programme:x"), programme={"name": "X"})
    drawn = section.answer(what_if(held, Supposed(("project:x:1",)).changes()), STATE)
    assert "Rien n'est lié à ce qui disparaît." in text_of(drawn)


def test_lists_offer_projects_and_actors_and_keep_what_is_chosen() -> None:
    found = form.options(network(), asking.REMOVABLE, "", ("project:x:9",), "fr")
    assert [group["group"] for group in found] == ["Projets", "Acteurs", "?"]
    assert [item["label"] for item in found[0]["items"]] == ["1 · Pont", "2 · Quai", "Projet 3 (titre inconnu)"]
    assert found[2]["items"] == [{"value": "project:x:9", "label": "project:x:9"}]


def test_a_large_network_is_searched_by_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form, "LARGE", 5)
    found = form.options(network(), asking.REMOVABLE, "chambre", ("project:x:1",), "fr")
    assert [[item["value"] for item in group["items"]] for group in found] == [["project:x:1"], ["actor:x:c, d"]]


def test_a_very_large_network_says_that_it_takes_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "demi-minute" not in text_of(form.form(network(), Supposed(), STATE))
    monkeypatch.setattr(form, "SLOW", 5)
    assert "demi-minute" in text_of(form.form(network(), Supposed(), STATE))


def test_the_latest_answer_on_a_large_network_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashapp.services.KEPT_WHOLE", 5)
    services, scope = Kept(tmp_path, network()), Scope("programme:x")
    first = services.what_if(scope, Supposed(("project:x:1",)))
    assert services.what_if(scope, Supposed(("project:x:1",))) is first
    assert services.what_if(scope, Supposed(("project:x:2",))) is not first
    assert services.what_if(scope, Supposed(("project:x:1",))) is not first


def test_months_said_stay_when_another_project_is_chosen() -> None:
    fields = form.months(network(), ["project:x:1", "project:x:3"], {"project:x:1": 9}, "fr")
    assert [field.value for field in fields] == [9, asking.USUAL]
    assert fields[1].label == "Retard de « Projet 3 (titre inconnu) », en mois"
