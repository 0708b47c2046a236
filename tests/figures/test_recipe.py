from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacte_graph.errors import DataRefused, UsageError
from pacte_graph.figures.model import Recipe
from pacte_graph.figures.recipe import LAYERS, LAYOUTS, MAX_BYTES, from_state, from_yaml, read_file, to_state, to_yaml

FULL = """
programme: programme:fictif
title: Qui porte quoi ?
date: 2016-03-01
layers: [Project, Territory]
hidden_groups: [commune, "LINKED_TO:unspecified"]
focus: project:fictif:3
depth: 2
expanded: [project:fictif:4]
hidden: [actor:fictif:x]
path: [project:fictif:3, project:fictif:5]
layout: nesting
size_by: degree
query: projects-by-territory
parameters: {level: region}
positions: {"project:fictif:3": [1, 2.5]}
language: en
width_mm: 170
height_mm: 120
dpi: 150
"""

names = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20)
tuples = st.lists(names, max_size=4, unique=True).map(tuple)
number = st.floats(-1e6, 1e6, allow_nan=False)
recipes = st.builds(
    Recipe,
    programme=names,
    title=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30),
    date=st.none() | st.dates(),
    layers=st.sets(st.sampled_from(LAYERS)).map(lambda chosen: tuple(name for name in LAYERS if name in chosen)),
    hidden_groups=tuples,
    focus=st.none() | names,
    depth=st.integers(1, 10),
    expanded=tuples,
    hidden=tuples,
    path=st.none() | st.tuples(names, names),
    layout=st.sampled_from(LAYOUTS),
    size_by=names,
    query=st.none() | names,
    parameters=st.dictionaries(names, names, max_size=3),
    positions=st.dictionaries(names, st.tuples(number, number), max_size=3),
    language=st.sampled_from(["fr", "en"]),
    width_mm=st.floats(40, 400),
    height_mm=st.floats(40, 400),
    dpi=st.integers(50, 300),
)


@settings(deadline=None)
@given(recipes)
def test_a_recipe_survives_the_url(recipe: Recipe) -> None:
    state = to_state(recipe)
    assert all(isinstance(value, str) and value for value in state.values())
    assert from_state(state) == recipe


@settings(deadline=None)
@given(recipes)
def test_a_recipe_survives_its_file(recipe: Recipe) -> None:
    assert from_yaml(to_yaml(recipe)) == recipe


def test_every_key_is_read() -> None:
    recipe = from_yaml(FULL)
    usual = Recipe("")
    same = [f.name for f in dataclasses.fields(Recipe) if getattr(recipe, f.name) == getattr(usual, f.name)]
    assert same == ["size_by"]
    assert recipe.date == dt.date(2016, 3, 1)
    assert recipe.path == ("project:fictif:3", "project:fictif:5")
    assert recipe.positions == {"project:fictif:3": (1.0, 2.5)}


def test_a_plain_recipe_makes_a_short_link() -> None:
    assert to_state(Recipe("programme:x")) == {"programme": "programme:x"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("programme: x\ncolour: red", "unknown key colour; accepted are programme, title"),
        ("title: x", "programme: field required"),
        ("programme: x\nlayers: [Projet]", "layers.0"),
        ("programme: x\ndepth: deux", "depth"),
        ("programme: x\ndepth: 0", "depth"),
        ("programme: x\npath: [a]", "path"),
        ("programme: x\nlayout: spiral", "layout"),
        ("programme: x\npositions: {a: [1]}", "two numbers"),
        ("programme: x\nwidth_mm: 2000\nheight_mm: 2000\ndpi: 1200", "lower the dpi"),
        ("programme: x\nwidth_mm: .nan", "width_mm"),
        ("programme: &a x\ntitle: *a", "aliases"),
        ("- programme", "key: value"),
        ("", "key: value"),
        ("programme: [", "line 1 is not YAML"),
        ("programme: !!python/object/apply:os.system [ls]", "is not YAML"),
        ("programme: x\ndate: 2016-13-45", "is not YAML"),
    ],
)
def test_what_is_not_a_recipe_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(DataRefused) as caught:
        from_yaml(text, where="r.yaml")
    assert said in caught.value.message
    assert caught.value.message.startswith("r.yaml")
    assert "\n" not in caught.value.message


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read"):
        read_file(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes("programme: é".encode("latin-1"))
    with pytest.raises(DataRefused, match="UTF-8"):
        read_file(tmp_path / "latin.yaml")
    (tmp_path / "big.yaml").write_text("#" * (MAX_BYTES + 1))
    with pytest.raises(DataRefused, match="at most"):
        read_file(tmp_path / "big.yaml")
    (tmp_path / "good.yaml").write_text(FULL, encoding="utf-8")
    assert read_file(tmp_path / "good.yaml").programme == "programme:fictif"


def test_a_damaged_link_still_opens() -> None:
    broken = {
        "programme": "programme:x",
        "date": "hier",
        "layout": "spiral",
        "depth": "99",
        "path": "a",
        "w": "1",
        "pos": "1,x,a~2",
    }
    assert from_state(broken) == Recipe("programme:x")
