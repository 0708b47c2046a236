from __future__ import annotations

import dataclasses
import io
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pacte_graph.errors import UsageError
from pacte_graph.figures import type as typesetting
from pacte_graph.figures.draw import FORMATS, draw, figure_bytes
from pacte_graph.figures.labels import Disc, place
from pacte_graph.figures.model import Picture, PictureNode, Recipe
from pacte_graph.figures.picture import picture
from pacte_graph.network.model import Link, Network, Node

SVG = "{http://www.w3.org/2000/svg}"
RECIPE = Recipe("programme:x", title="Qui porte quoi ? Coûts < 10 $ & plus", width_mm=200, height_mm=120, dpi=150)


def drawn(count: int = 12, **recipe: Any) -> Picture:
    nodes = [Node(f"project:x:{n}", "Project", {"number": n, "name": f"Projet d'accueil n° {n}"}) for n in range(1, count + 1)]
    nodes += [
        Node("actor:x:u", "Actor", {"name": "Sans famille"}),
        Node("actor:x:a", "Actor", {"name": "Élan", "kind": "agency"}),
    ]
    links = [
        Link("LINKED_TO", f"project:x:{n}", f"project:x:{n % count + 1}", "", {"sense": "pulls"}) for n in range(1, count + 1)
    ]
    links.append(Link("TAKES_PART_IN", "actor:x:a", "project:x:1", "", {"role": "lead"}))
    links.append(Link("LINKED_TO", "project:x:1", "project:x:1", "loop", {}))
    network = Network.of(nodes, links, programme={"name": "Schéma X", "fictitious": True}, sources=["Fiches X"])
    return picture(network, dataclasses.replace(RECIPE, **recipe))


def texts(svg: bytes) -> list[str]:
    return ["".join(element.itertext()) for element in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("layout", ["force", "nesting", "circles"])
def test_the_same_picture_gives_the_same_bytes(format_: str, layout: str) -> None:
    first = figure_bytes(drawn(layout=layout), format_)
    assert first == figure_bytes(drawn(layout=layout), format_)
    assert len(first) > 5_000


def test_svg_keeps_its_text_as_text_with_title_legend_and_captions() -> None:
    found = [text.replace(typesetting.NO_BREAK, " ") for text in texts(figure_bytes(drawn(), "svg"))]
    assert "Qui porte quoi ? Coûts < 10 $ & plus" in found
    assert "Projet (12)" in found
    assert "Agence (1)" in found
    assert "Acteur de famille inconnue (1)" in found
    assert "Rôle : porteur (1)" in found
    assert "Source : Fiches X. Données fictives." in found
    assert any(text.startswith("Taille : nombre de liens") for text in found)
    assert "Élan" in found
    assert {str(number) for number in range(1, 13)} <= set(found)  # every project's number is inside its mark


def test_svg_says_its_size_its_title_and_its_text_in_words() -> None:
    shown = drawn()
    root = ET.fromstring(figure_bytes(shown, "svg"))
    assert float(root.attrib["width"].removesuffix("pt")) == pytest.approx(200 / 25.4 * 72, abs=0.01)
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}title") == shown.title
    assert root.findtext(f"{SVG}desc") == shown.alt_text


def test_png_has_its_true_resolution_and_size() -> None:
    content = figure_bytes(drawn(), "png")
    assert struct.unpack(">II", content[16:24]) == (round(200 / 25.4 * 150), round(120 / 25.4 * 150))
    at = content.index(b"pHYs") + 4
    per_metre, _, unit = struct.unpack(">IIB", content[at : at + 9])
    assert (round(per_metre * 0.0254), unit) == (150, 1)
    with Image.open(io.BytesIO(content)) as image:
        assert image.info["Description"] == drawn().alt_text


def test_pdf_embeds_type_42_fonts_and_has_no_date() -> None:
    content = figure_bytes(drawn(), "pdf")
    assert b"/FontFile2" in content
    assert b"/Type3" not in content.replace(b" ", b"")
    assert b"CreationDate" not in content


def test_nothing_is_written_over_the_edge() -> None:
    long = drawn(title="Un titre interminable " * 12)
    width, height = 200 / 25.4 * 72, 120 / 25.4 * 72
    root = ET.fromstring(figure_bytes(long, "svg"))
    for element in root.iter(f"{SVG}text"):
        text, style = "".join(element.itertext()), element.attrib["style"]
        x, y = _origin(element)
        size = float(re.findall(r"font-size: ([\d.]+)px", style)[0])
        wide = typesetting.width(text, size, "bold" if "font-weight: 700" in style else "normal") / typesetting.MM_PER_POINT
        left = x - {"middle": wide / 2, "end": wide}.get(_anchor(style), 0.0)
        assert left >= -0.5, text
        assert left + wide <= width + 0.5, text
        assert 0 <= y <= height, text


def _origin(element: ET.Element) -> tuple[float, float]:
    if "x" in element.attrib:
        return float(element.attrib["x"]), float(element.attrib["y"])
    x, y = element.attrib["transform"].split("translate(")[1].split(")")[0].split()
    return float(x), float(y)


def _anchor(style: str) -> str:
    return style.split("text-anchor:")[1].split(";", maxsplit=1)[0].strip() if "text-anchor" in style else "start"


def test_an_empty_picture_is_drawn_and_says_so() -> None:
    shown = picture(Network.of([], []), RECIPE)
    assert "Rien à montrer avec ces choix." in texts(figure_bytes(shown, "svg"))


def test_characters_the_font_lacks_and_controls_do_not_break_the_file() -> None:
    nodes = [Node("actor:x:e", "Actor", {"name": "Réseau 🚲 漢\x07字 <b>$x_1$</b>", "kind": "association"})]
    shown = picture(Network.of(nodes, []), dataclasses.replace(RECIPE, title="🚲"))
    for format_ in FORMATS:
        assert figure_bytes(shown, format_)
    assert any("<b>$x_1$</b>" in text for text in texts(figure_bytes(shown, "svg")))


def test_names_that_found_no_room_are_counted() -> None:
    crowd = drawn(60, width_mm=110, height_mm=70)
    found = texts(figure_bytes(crowd, "svg"))
    assert any(text.startswith("Noms affichés") for text in found)
    assert not any(text.startswith("Noms affichés") for text in texts(figure_bytes(drawn(3), "svg")))


def test_labels_cover_neither_each_other_nor_nodes_and_keep_inside() -> None:
    area = (0.0, 0.0, 60.0, 40.0)
    discs = [Disc(_node(n), 6 + 7.0 * (n % 8), 6 + 6.0 * (n // 8), 1.5) for n in range(40)]
    placed = place(discs, area, 6.0)
    assert 0 < len(placed) < 40
    boxes = [label.box for label in placed]
    marks = [(d.x - d.radius, d.y - d.radius, d.x + d.radius, d.y + d.radius) for d in discs]
    for place_, box in enumerate(boxes):
        assert area[0] <= box[0]
        assert box[2] <= area[2]
        others = boxes[:place_] + boxes[place_ + 1 :] + marks
        assert not any(box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3] for o in others)


def test_a_name_is_never_nearer_to_a_neighbour_than_to_its_own_node() -> None:
    discs = [Disc(_node(n), 10 + 5.5 * (n % 9), 10 + 5.0 * (n // 9), 1.2) for n in range(45)]
    placed = place(discs, (0.0, 0.0, 70.0, 50.0), 6.0)
    assert placed
    for label in placed:
        away = {disc.node.id: _gap(label.box, disc) for disc in discs}
        assert min(away, key=lambda name: away[name]) == label.node.id


def _gap(box: tuple[float, float, float, float], disc: Disc) -> float:
    across = max(box[0] - disc.x, disc.x - box[2], 0.0)
    down = max(box[1] - disc.y, disc.y - box[3], 0.0)
    return (across**2 + down**2) ** 0.5 - disc.radius


def _node(number: int) -> PictureNode:
    return PictureNode(f"n{number:02}", f"Nom {number}", "agency", "", 0, 0, 20 + number, "#000000", "ellipse")


def test_wrapping_keeps_within_the_limit_and_loses_no_word() -> None:
    text = "Réseau de villes : un anticonstitutionnellement long titre « entre guillemets » ; fin"
    lines = typesetting.wrap(text, 8, 22)
    assert all(typesetting.width(line, 8) <= 22 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    short = typesetting.wrap(text, 8, 22, lines=2)
    assert len(short) == 2
    assert short[-1].endswith("…")
    assert typesetting.width(short[-1], 8) <= 22


def test_width_grows_with_the_size_of_the_type() -> None:
    assert typesetting.width("Accueil", 12) == pytest.approx(2 * typesetting.width("Accueil", 6))
    assert 8 < typesetting.width("Accueil", 6.0 * 2) < 20


def test_a_format_that_does_not_exist_and_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="svg, pdf, png"):
        figure_bytes(drawn(2), "jpeg")
    with pytest.raises(UsageError, match="can't be written"):
        draw(drawn(2), tmp_path / "none" / "figure.svg")
    assert draw(drawn(2), tmp_path / "figure.svg") == (tmp_path / "figure.svg").stat().st_size
