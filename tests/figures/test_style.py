from __future__ import annotations

import itertools
from typing import get_args

import pytest

from pacte_graph.figures import style
from pacte_graph.figures.model import Layer
from pacte_graph.network.model import Link, Node
from pacte_graph.schema import LINKS
from pacte_graph.schema.choices import ACTOR_KINDS, DECLINATION_STATES, ROLES, TERRITORY_LEVELS

LINES = {"solid", "dashed", "dotted"}
# simulation of dichromacy, Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB
VISIONS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(rgb: list[float]) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    rows = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
    white = (0.95047, 1.0, 1.08883)
    xyz = [sum(a * b for a, b in zip(row, rgb, strict=True)) / w for row, w in zip(rows, white, strict=True)]
    x, y, z = (max(v, 0) ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("vision", VISIONS)
def test_any_two_actor_kinds_stay_apart_to_every_eye(vision: str) -> None:
    seen = {}
    for choice in ACTOR_KINDS:
        rgb = linear(style.group_colour(choice.value))
        seen[choice.value] = lab([min(max(sum(a * b for a, b in zip(row, rgb, strict=True)), 0), 1) for row in VISIONS[vision]])
    for one, other in itertools.combinations(seen, 2):
        gap = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        assert gap > 18, (one, other, gap)


def test_every_colour_stands_out_from_white() -> None:
    colours = {**style.COLOURS, **{key: look.colour for key, look in style.LINES.items()}, "mark": style.MARK}
    for key, colour in [*colours.items(), ("unknown", style.UNKNOWN_COLOUR)]:
        assert 1.05 / (luminance(linear(colour)) + 0.05) >= 3, key


def test_the_four_layers_differ_by_shape() -> None:
    assert len({style.shape(label) for label in get_args(Layer)}) == len(get_args(Layer))


def test_every_kind_level_role_sense_and_state_has_its_look_and_words() -> None:
    for choice in (*ACTOR_KINDS, *TERRITORY_LEVELS):
        assert choice.value in style.COLOURS
        assert style.group_words(choice.value, "Actor") == choice.label
    for type_, choices in (("TAKES_PART_IN", ROLES), ("APPLIES_IN", DECLINATION_STATES)):
        for choice in choices:
            assert f"{type_}:{choice.value}" in style.LINES
    assert {look.line for look in style.LINES.values()} == LINES
    assert {key.split(":")[0] for key in style.LINES} <= set(LINKS)


def test_roles_of_actors_differ_without_colour() -> None:
    looks = [style.LINES[f"TAKES_PART_IN:{role}"] for role in ("lead", "funder", "partner", "associate")]
    assert len({(look.line, look.width) for look in looks}) == 4


def test_only_a_stated_direction_has_an_arrow() -> None:
    assert not style.line(Link("LINKED_TO", "a", "b", "", {})).arrow
    assert not style.line(Link("LINKED_TO", "a", "b", "", {"sense": "unspecified"})).arrow
    pulls = style.line(Link("LINKED_TO", "a", "b", "", {"sense": "pulls"}))
    assert pulls.arrow
    assert style.line(Link("LINKED_TO", "a", "b", "", {"sense": "depends_on"})) == pulls
    assert style.line(Link("LINKED_TO", "a", "b", "", {"sense": "mutual"})) not in (pulls, style.LINES["LINKED_TO:unspecified"])
    assert style.line(Link("LINKED_TO", "a", "b", "", {"sense": "unspecified"})).line == "dashed"


def test_a_link_type_nobody_styled_is_still_drawn_with_its_own_words() -> None:
    look = style.line(Link("HAS_RISK", "a", "b", "", {}))
    assert look.words.fr == "A pour risque"
    assert look.line in LINES


def test_unknown_is_grey_and_hatched_and_named_for_what_is_unknown() -> None:
    assert style.hatched("unknown")
    assert not style.hatched("company")
    assert style.colour(Node("a", "Actor", {})) == style.UNKNOWN_COLOUR
    assert style.group_words("unknown", "Territory").fr == "Territoire d'échelle inconnue"


def test_area_grows_with_the_value_and_unknown_is_smaller_than_the_least() -> None:
    sizes = [style.size(value, 0, 10) for value in (0, 5, 10)]
    assert sizes[0] == style.MIN_SIZE
    assert sizes[2] == style.MAX_SIZE
    assert sizes[1] ** 2 - sizes[0] ** 2 == pytest.approx(sizes[2] ** 2 - sizes[1] ** 2, rel=1e-3)
    assert style.size(None, 0, 10) < style.MIN_SIZE
    assert style.size(3, 3, 3) == (style.MIN_SIZE + style.MAX_SIZE) / 2


def test_width_grows_with_intensity_and_amount_within_bounds() -> None:
    weak, strong = (style.width(Link("LINKED_TO", "a", "b", "", {"intensity": n})) for n in (1, 3))
    assert weak < strong <= style.MAX_WIDTH
    small, large = (style.width(Link("TAKES_PART_IN", "a", "b", "", {"role": "partner", "amount": x})) for x in (5e3, 5e9))
    assert small == style.LINES["TAKES_PART_IN:partner"].width
    assert small < large <= style.MAX_WIDTH
