from __future__ import annotations

import datetime as dt

import pytest

from dashapp.explorer.events import VERBS, apply
from dashapp.explorer.page import packed
from dashapp.explorer.state import View, read
from dashapp.explorer.wiring import next_state
from pacte_graph.figures.model import Recipe

VIEW = View(Recipe("p"))


def do(view: View, *events: tuple[str, str]) -> View:
    for verb, subject in events:
        view = apply(view, {"do": verb, "id": subject})
    return view


def test_choosing_an_end_draws_the_path() -> None:
    view = do(VIEW, ("select", "a"), ("from", "a"), ("select", "b"))
    assert (view.recipe.path, view.start, view.selected) == (("a", "b"), None, "b")
    assert do(view, ("no-path", "")).recipe.path is None


def test_choosing_the_start_again_is_not_a_path() -> None:
    assert do(VIEW, ("from", "a"), ("select", "a")).recipe.path is None


def test_what_is_hidden_leaves_selection_focus_and_path() -> None:
    view = do(VIEW, ("focus", "a"), ("expand", "a"), ("from", "a"), ("select", "b"), ("select", "a"), ("hide", "a"))
    assert view.recipe == Recipe("p", hidden=("a",))
    assert view.selected is None


def test_selecting_what_was_hidden_shows_it_again() -> None:
    assert do(VIEW, ("hide", "a"), ("select", "a")).recipe.hidden == ()


def test_toggles_come_back_to_where_they_were() -> None:
    for verb in ("toggle", "layer", "expand"):
        assert do(VIEW, (verb, "Person"), (verb, "Person")) == VIEW


def test_layers_keep_their_order() -> None:
    assert do(VIEW, ("layer", "Person"), ("layer", "Territory")).recipe.layers == ("Project", "Actor", "Territory", "Person")


def test_the_nesting_brings_territories_in() -> None:
    assert do(VIEW, ("layout", "nesting")).recipe.layers == ("Project", "Actor", "Territory")
    assert do(VIEW, ("layout", "spiral")) == VIEW


def test_show_all_keeps_the_reading_date_and_the_layout() -> None:
    start = View(Recipe("p", date=dt.date(2024, 1, 1)))
    view = do(start, ("layout", "circles"), ("hide", "a"), ("toggle", "agency"), ("focus", "b"), ("show-all", ""))
    assert view.recipe == Recipe("p", date=dt.date(2024, 1, 1), layout="circles")


def test_a_drag_is_kept_with_odd_names() -> None:
    assert do(VIEW, ("move", "1.25,-3,a,b")).recipe.positions == {"a,b": (1.2, -3.0)}
    assert do(VIEW, ("move", "x,y,a")) == VIEW


@pytest.mark.parametrize("verb", ["", "drop database", *VERBS])
def test_no_event_breaks_on_an_empty_subject(verb: str) -> None:
    assert isinstance(apply(VIEW, {"do": verb}), View)


def test_undo_goes_back_and_stops() -> None:
    start = packed({"programme": "p"})
    one = next_state(start, {"do": "hide", "id": "a"})
    assert one is not None
    assert one["now"]["minus"] == "a"
    assert next_state(one, {"do": "hide", "id": "a"}) is None
    back = next_state(one, {"do": "undo"})
    assert back == start
    assert next_state(start, {"do": "undo"}) is None


def test_the_browsers_back_button_takes_the_address() -> None:
    store = next_state(packed({"programme": "p"}), {"do": "go", "state": {"programme": "p", "layout": "circles", "lang": "en"}})
    assert store is not None
    assert read(store["now"]).recipe.layout == "circles"
    assert store["url"].startswith("?programme=p&lang=en")
