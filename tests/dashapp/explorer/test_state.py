from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from dashapp.explorer.state import DEFAULT, View, query_string, read, write
from pacte_graph.figures.model import Recipe

IDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
NUMBERS = st.floats(-900, 900).map(lambda value: round(value, 1) + 0.0)


VIEWS = st.builds(
    View,
    st.builds(
        Recipe,
        programme=IDS,
        date=st.none() | st.dates(),
        layers=st.sampled_from([DEFAULT.layers, (), ("Territory",), ("Project", "Person")]),
        hidden_groups=st.lists(IDS, max_size=3).map(tuple),
        focus=st.none() | IDS,
        depth=st.just(1),
        expanded=st.lists(IDS, max_size=2).map(tuple),
        hidden=st.lists(IDS, max_size=2).map(tuple),
        path=st.none() | st.tuples(IDS, IDS),
        layout=st.sampled_from(["force", "nesting", "circles"]),
        size_by=IDS,
        query=st.none() | IDS,
        parameters=st.dictionaries(IDS, IDS, max_size=2),
        positions=st.dictionaries(IDS, st.tuples(NUMBERS, NUMBERS), max_size=2),
        language=st.sampled_from(["fr", "en"]),
    ),
    st.none() | IDS,
    st.just("node"),
    st.none() | IDS,
)


@given(VIEWS)
def test_a_link_opens_what_was_shared(view: View) -> None:
    assert read(write(view)) == view
    url = query_string(write(view))
    assert dict(parse_qsl(url[1:], keep_blank_values=True)) == write(view)


def test_links_are_short_when_nothing_was_changed() -> None:
    assert write(read({"programme": "programme:x"})) == {"programme": "programme:x", "lang": "fr"}


def test_no_layer_at_all_is_a_state_too() -> None:
    state = write(View(Recipe("p", layers=())))
    assert state["layers"] == "none"
    assert read(state).recipe.layers == ()


def test_a_broken_link_falls_back_to_the_defaults() -> None:
    view = read(
        {
            "programme": "p",
            "layout": "spiral",
            "date": "31/12/2024",
            "depth": "-4",
            "path": "one",
            "pos": "a,b,c~1,2",
            "lang": "de",
        }
    )
    assert view.recipe == Recipe("p")


def test_depth_and_date_are_read() -> None:
    view = read({"programme": "p", "focus": "n", "depth": "3", "date": "2024-01-31"})
    assert (view.recipe.depth, view.recipe.date) == (3, dt.date(2024, 1, 31))
