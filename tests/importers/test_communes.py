"""Points in communes, names of towns, and who is in an intercommunality."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers import communes
from importers.communes import Commune, Communes, Ring, crossings, town
from pacte_graph.errors import DataRefused

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "territoires" / "communes_4_epci_contours.geojson"


def square(west: float, south: float, side: float) -> Ring:
    return [(west, south), (west + side, south), (west + side, south + side), (west, south + side), (west, south)]


def commune(code: str, *polygons: tuple[Ring, ...], name: str = "", epci: str = "") -> Commune:
    points = [point for rings in polygons for point in rings[0]]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return Commune(code, name or code, f"2{code}", epci, polygons, (min(xs), min(ys), max(xs), max(ys)))


@given(st.floats(-1, 3), st.floats(-1, 3))
def test_a_square_with_a_hole(x: float, y: float) -> None:
    holed = commune("1", (square(0, 0, 2), square(0.5, 0.5, 1)))
    inside = 0 < x < 2 and 0 < y < 2
    hole = 0.5 <= x <= 1.5 and 0.5 <= y <= 1.5
    on_edge = x in (0, 0.5, 1.5, 2) or y in (0, 0.5, 1.5, 2)
    assert on_edge or holed.holds(x, y) == (inside and not hole)


def test_an_enclave_belongs_to_its_own_commune() -> None:
    known = Communes(
        "f", [commune("1", (square(0, 0, 2), square(0.5, 0.5, 1))), commune("2", (square(0.5, 0.5, 1),), (square(5, 5, 1),))]
    )
    assert [known.at(y, x) for x, y in ((0.2, 0.2), (1, 1), (5.5, 5.5), (3, 3))] == ["1", "2", "2", None]


@given(
    st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5), st.floats(0.01, 3)), min_size=1, max_size=6),
    st.floats(-6, 9),
    st.floats(-6, 9),
)
def test_the_grid_forgets_no_commune(squares: list[tuple[float, float, float]], x: float, y: float) -> None:
    found = [commune(str(number), (square(*told),)) for number, told in enumerate(squares)]
    held = [item.code for item in found if item.holds(x, y)]
    assert Communes("f", found).at(y, x) == (held[0] if held else None)


def test_a_ray_crosses_each_edge_once() -> None:
    zigzag = [(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (3.0, 1.0), (2.0, 3.0), (1.0, 1.0), (0.0, 3.0)]
    assert [crossings(zigzag, x, 2) % 2 for x in (-1, 0.2, 1, 2, 3, 3.9, 5)] == [0, 1, 0, 1, 0, 1, 0]


def test_names_of_towns() -> None:
    assert [town(text) for text in ("SAINT-ORENS DE GAMEVILLE", "St Orens-de-Gameville", "L'Union", "31062 Toulouse Cédex 9", "Sète")] == [
        "saint orens de gameville", "saint orens de gameville", "l union", "toulouse", "sete",
    ]  # fmt: skip


def test_a_name_given_twice_is_no_certain_place() -> None:
    known = Communes("f", [commune("1", (square(0, 0, 1),), name="Saint-Jean"), commune("2", (square(2, 2, 1),), name="ST JEAN")])
    assert known.called("Saint Jean") is None


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"features": []}', '{"features": [{"properties": {"code": "1"}, "geometry": null}]}', "{"]
)
def test_what_is_no_file_of_communes_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "c.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(DataRefused, match=r"c\.geojson"):
        communes.read(tmp_path / "c.geojson")


@pytest.mark.skipif(not REAL.exists(), reason="the real contours are not beside this checkout")
def test_the_real_communes() -> None:
    known = communes.read(REAL)
    told = [item["properties"] for item in json.loads(REAL.read_text(encoding="utf-8"))["features"]]
    assert len(known.by_code) == 130
    assert {code: len(known.within(code)) for code in ("243100518", "31555", "213105554", "1", "")} == {
        "243100518": 37, "31555": 1, "213105554": 1, "1": 0, "": 0,
    }  # fmt: skip
    outside = [item["nom"] for item in told if known.at(item["lat"], item["lon"]) != item["code"]]
    assert len(outside) <= 2, outside  # a centroid may lie outside a bent commune
    assert [item["nom"] for item in told if known.called(item["nom"]) != item["code"]] == []
