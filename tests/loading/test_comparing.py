from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pacte_graph.loading import rows
from pacte_graph.loading.comparing import Held, Voice, compare, create, withdraw
from pacte_graph.loading.merging import Stated
from pacte_graph.records import Ref, Where

KEY = Ref("Actor", "actor:a")


def stated(line: int = 1, **properties) -> Stated:
    return Stated(KEY, properties, (Where("f.csv", line),))


def voice(source: str, run: str = "run:1") -> Voice:
    return Voice(source, run, "1")


def load(held: Held | None, source: str, line: int = 1, **properties) -> Held:
    fact = stated(line, **properties)
    return create(fact, voice(source)) if held is None else compare(fact, held, voice(source)).held


def test_the_same_words_change_nothing() -> None:
    held = create(stated(name="A"), voice("s"))
    outcome = compare(stated(name="A"), held, voice("s", "run:2"))
    assert outcome.held is held
    assert (outcome.changes, outcome.conflicts, outcome.restated) == ((), (), False)


def test_a_source_changes_its_own_mind() -> None:
    held = create(stated(name="A", note="n"), voice("s"))
    outcome = compare(stated(name="B"), held, voice("s", "run:2"))
    assert [(item.property, item.old, item.new) for item in outcome.changes] == [("name", "A", "B"), ("note", "n", None)]
    assert outcome.held.properties == {"name": "B"}
    assert (outcome.held.first_run, outcome.held.last_run) == ("run:1", "run:2")
    assert outcome.conflicts == ()


def test_another_line_is_no_change_of_value() -> None:
    held = create(stated(1, name="A"), voice("s"))
    outcome = compare(stated(2, name="A"), held, voice("s", "run:2"))
    assert outcome.changes == ()
    assert outcome.restated
    assert outcome.held.statements["s"].where == (Where("f.csv", 2),)


def test_a_second_source_that_agrees_is_added() -> None:
    outcome = compare(stated(name="A", note="n"), create(stated(name="A"), voice("t")), voice("s", "run:2"))
    assert [(item.property, item.old, item.new) for item in outcome.changes] == [
        ("note", None, "n"),
        ("sources", ["t"], ["s", "t"]),
    ]
    assert outcome.held.spoken == {}
    assert outcome.conflicts == ()


def test_a_second_source_that_disagrees_does_not_win() -> None:
    outcome = compare(stated(name="B"), create(stated(name="A"), voice("t")), voice("s"))
    assert outcome.held.properties == {"name": "A"}
    assert outcome.held.spoken == {("name", "s"): "B", ("name", "t"): "A"}
    (conflict,) = outcome.conflicts
    assert (conflict.kept, conflict.kept_source, conflict.other, conflict.other_source) == ("A", "t", "B", "s")
    assert {row["value"]: row["kept"] for row in rows.spoken_rows(outcome.held).values()} == {'"A"': True, '"B"': False}


def test_a_standing_disagreement_is_listed_again_and_written_once() -> None:
    held = load(load(None, "t", name="A"), "s", name="B")
    again = compare(stated(name="B"), held, voice("s", "run:2"))
    assert again.held is held
    assert len(again.conflicts) == 1
    winner = compare(stated(name="A"), held, voice("t", "run:2"))
    assert winner.held is held
    assert [(item.kept_source, item.other_source) for item in winner.conflicts] == [("t", "s")]


def test_agreement_ends_a_disagreement() -> None:
    held = load(load(load(None, "t", name="A"), "s", name="B"), "s", name="A")
    assert held.spoken == {}
    held = load(load(load(None, "t", name="A"), "s", name="B"), "t", name="B")
    assert held.spoken == {}
    assert held.properties == {"name": "B"}


def test_the_winner_may_change_its_mind_when_it_was_alone() -> None:
    held = load(load(load(None, "t", name="A"), "s", name="B"), "t", name="C")
    assert held.properties == {"name": "C"}
    assert held.spoken == {("name", "s"): "B", ("name", "t"): "C"}


def test_a_value_that_two_sources_state_outlives_one_of_them() -> None:
    held = load(load(load(None, "t", name="A"), "u", name="A"), "t", name="B")
    assert held.properties == {"name": "A"}
    assert held.spoken == {("name", "t"): "B", ("name", "u"): "A"}


def test_withdrawing_leaves_what_others_state() -> None:
    held = load(load(None, "t", name="A", note="n"), "s", name="B")
    outcome = withdraw(held, voice("t", "run:2"))
    assert outcome.held.properties == {"name": "B"}
    assert outcome.held.spoken == {}
    assert list(outcome.held.statements) == ["s"]
    assert [(item.property, item.new) for item in outcome.changes] == [("name", "B"), ("note", None)]


def test_a_fact_survives_the_database() -> None:
    held = load(load(None, "t", name="A"), "s", name="B", aliases=["x"])
    assert rows.held(KEY, rows.properties(held), held.spoken) == held


SOURCES = st.sampled_from(["s", "t", "u"])
WORDS = st.dictionaries(st.sampled_from(["name", "note", "kind"]), st.sampled_from(["A", "B", "C"]), max_size=3)
STEPS = st.lists(st.tuples(SOURCES, st.none() | WORDS), min_size=1, max_size=12)


@given(STEPS)
def test_whatever_is_loaded_every_value_kept_is_stated_and_every_word_is_kept(steps) -> None:
    held, last = None, {}
    for source, words in steps:
        if words is not None:
            held = load(held, source, **words)
            last[source] = words
        elif held is not None:
            held = withdraw(held, voice(source)).held
            last.pop(source, None)
    if held is None:
        return
    for name in ("name", "note", "kind"):
        said = {source: words[name] for source, words in last.items() if name in words}
        assert held.voices(name) == said
        assert (held.properties.get(name) in said.values()) == bool(said)
        assert (name in held.properties) == bool(said)
        assert {source for prop, source in held.spoken if prop == name} == (set(said) if len(set(said.values())) > 1 else set())
