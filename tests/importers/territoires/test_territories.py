"""Territories: levels, nesting, dated memberships, merged communes, contours; and what is refused, rejected or said."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import tarfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from importers.territoires import IMPORTER
from pacte_graph import loading, network
from pacte_graph.errors import DataRefused, PacteError, UsageError
from pacte_graph.network import Scope
from pacte_graph.records import Batch, LinkRecord, NodeRecord
from pacte_graph.store import Store

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "territoires"
SQUARE = {"type": "Polygon", "coordinates": [[[1.0, 43.0], [1.123456789, 43.0], [1.1, 43.1], [1.0, 43.0]]]}
COMMUNES = [
    {"code": "31555", "nom": "Toulouse", "type": "commune-actuelle", "departement": "31", "region": "76", "siren": "213105554",
     "population": 516735, "zone": "metro", "codesPostaux": ["31000"]},
    {"code": "31001", "nom": "Neuve", "type": "commune-actuelle", "departement": "31", "region": "76", "anciensCodes": ["31003"]},
    {"code": "31002", "nom": "Vieille", "type": "commune-deleguee", "chefLieu": "31001", "departement": "31", "region": "76"},
    {"code": "31001", "nom": "Neuve", "type": "commune-deleguee", "chefLieu": "31001", "departement": "31", "region": "76"},
    {"code": "13201", "nom": "Marseille 1er", "type": "arrondissement-municipal", "commune": "13055", "departement": "13", "region": "93"},
]  # fmt: skip
EPCI = [
    {"code": "243100518", "nom": "Toulouse Métropole", "type": "METRO", "modeFinancement": "FPU", "populationTotale": 842175,
     "membres": [{"code": "31555", "siren": "213105554", "nom": "Toulouse", "populationTotale": 516735}]},
    {"code": "200000001", "nom": "CC Neuve", "type": "CC", "membres": [{"code": "31001", "nom": "Neuve"}]},
]  # fmt: skip
DEPARTEMENTS = [{"code": "31", "nom": "Haute-Garonne", "region": "76", "chefLieu": "31555"}]
REGIONS = [{"code": "76", "nom": "Occitanie", "chefLieu": "31555"}]


def feature(geometry: Any = SQUARE, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of the four official lists, in small."""
    for name, rows in (("communes", COMMUNES), ("epci", EPCI), ("departements", DEPARTEMENTS), ("regions", REGIONS)):
        (tmp_path / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    return tmp_path


def read(*paths: Path, **options: str) -> Batch:
    (batch,) = IMPORTER.read(list(paths), **options)
    return batch


def nodes(batch: Batch) -> dict[str, NodeRecord]:
    return {record.id: record for record in batch.nodes}


def ends(batch: Batch, type_: str) -> set[tuple[str, str]]:
    return {(link.source.id, link.target.id) for link in batch.links if link.type == type_}


def written(tmp_path: Path, name: str, told: Any) -> Path:
    path = tmp_path / name
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def test_levels_codes_and_populations(folder: Path) -> None:
    found = nodes(read(folder))
    assert {id_: record.properties["level"] for id_, record in found.items()} == {
        "territory:insee:31555": "commune",
        "territory:insee:31001": "commune",
        "territory:siren:243100518": "metropolis",
        "territory:siren:200000001": "intercommunality",
        "territory:departement:31": "departement",
        "territory:region:76": "region",
    }
    assert found["territory:insee:31555"].properties["population"] == 516735
    assert "population" not in found["territory:insee:31001"].properties
    assert found["territory:siren:200000001"].properties["legal_form"] == "Communauté de communes"


def test_the_card_says_what_was_kept(folder: Path) -> None:
    (batch,) = IMPORTER.read([folder])
    levels = [node.properties["level"] for node in batch.nodes]
    fr, _, en = batch.card.scope.partition(" / ")
    assert f"Commune {levels.count('commune')}" in fr
    assert fr.startswith("Retenu : ")
    assert en.startswith("kept: ")
    assert sum(int(part.rpartition(" ")[2]) for part in en.split(", ")) == len(levels)


def test_merged_communes_lead_to_the_one_they_are_in(folder: Path) -> None:
    properties = nodes(read(folder))["territory:insee:31001"].properties
    assert properties["former_codes"] == ["31002", "31003"]
    assert properties["aliases"] == ["Vieille"]
    assert "territory:insee:31002" not in nodes(read(folder))


def test_nesting_and_memberships_carry_the_days_of_their_vintage(folder: Path) -> None:
    batch = read(folder)
    assert ends(batch, "WITHIN") == {
        ("territory:insee:31555", "territory:departement:31"),
        ("territory:insee:31001", "territory:departement:31"),
        ("territory:insee:31555", "territory:siren:243100518"),
        ("territory:insee:31001", "territory:siren:200000001"),
        ("territory:departement:31", "territory:region:76"),
    }
    member = next(link for link in batch.links if link.type == "MEMBER_OF")
    assert (member.key, dict(member.properties)) == ("2026", {"since": dt.date(2026, 1, 1), "until": dt.date(2027, 1, 1)})
    open_ = next(link for link in read(folder, millesime="2015", until="ouvert").links if link.type == "MEMBER_OF")
    assert (open_.key, dict(open_.properties)) == ("2015", {"since": dt.date(2015, 1, 1)})


def test_two_vintages_stand_side_by_side_and_a_date_tells_them_apart(folder: Path, tmp_path: Path, embedded_store: Store) -> None:
    moved = [{**EPCI[0], "membres": [*EPCI[0]["membres"], {"code": "31001", "nom": "Neuve"}]}]  # type: ignore[misc]
    earlier = tmp_path / "2015"
    earlier.mkdir()
    scheme = tmp_path / "scheme"
    scheme.mkdir()
    (scheme / "programmes.csv").write_text("id,name\nprogramme:p,P\n", encoding="utf-8")
    written(earlier, "epci.json", moved)
    for batch in (*loading.importer("tableur").read([scheme]), read(folder, programme="programme:p")):
        loading.apply(embedded_store, loading.plan(embedded_store, batch))
    old = read(earlier, millesime="2015", programme="programme:p")
    loading.apply(embedded_store, loading.plan(embedded_store, old))

    def wholes(date: dt.date) -> set[str]:
        seen = network.read(embedded_store, Scope("programme:p", date=date))
        return {link.target for link in seen.links if link.type == "MEMBER_OF" and link.source == "territory:insee:31001"}

    assert wholes(dt.date(2015, 6, 1)) == {"territory:siren:243100518"}
    assert wholes(dt.date(2026, 6, 1)) == {"territory:siren:200000001"}


def test_a_selection_keeps_the_communes_and_what_they_lie_in(folder: Path) -> None:
    batch = read(folder, epci="243100518")
    assert nodes(batch).keys() == {
        "territory:insee:31555", "territory:siren:243100518", "territory:departement:31", "territory:region:76",
    }  # fmt: skip
    assert batch.card.id == "source:territoires:2026:epci=243100518"
    assert nodes(read(folder, region="76")).keys() == nodes(read(folder)).keys()
    with pytest.raises(UsageError, match="hold no 999999999"):
        read(folder, epci="999999999")


def test_a_missing_level_is_said_once(tmp_path: Path) -> None:
    batch = read(written(tmp_path, "communes.json", COMMUNES))
    assert [item.text for item in batch.not_understood] == [
        "2 territories lie in territory:departement:31, which no file given describes."
    ]
    assert ends(batch, "WITHIN") == set()


def test_a_new_key_is_an_alarm_and_a_bad_row_is_rejected(tmp_path: Path) -> None:
    rows: list[Any] = [{**COMMUNES[0], "superficie": 118.3}, {**COMMUNES[1], "population": "many"}, {"code": "", "nom": "x"}, 7]
    batch = read(written(tmp_path, "communes.json", rows))
    assert any("superficie" in item.text for item in batch.not_understood)
    assert any("not an object" in item.text for item in batch.not_understood)
    assert [(item.line, item.reason.split(" must")[0]) for item in batch.rejected] == [(2, "“population”"), (3, "“code”")]


def test_what_is_rejected_says_which_territory_it_speaks_of(tmp_path: Path) -> None:
    rows = [COMMUNES[0], {**COMMUNES[1], "population": "many"}, {**COMMUNES[1], "code": ""}, {**COMMUNES[1], "code": "x" * 600}]
    batch = read(written(tmp_path, "communes.json", rows))
    assert [item.about for item in batch.rejected] == [("territory:insee:31001",), (), ()]
    features = [
        feature(None, code="31555", nom="Toulouse"),
        feature(None, code="76", nom="Occitanie"),
        feature(code="?", nom="x"),
        feature(code="31001", nom="Neuve"),
    ]
    batch = read(written(tmp_path, "c.geojson", {"type": "FeatureCollection", "features": features}))
    assert [item.about for item in batch.rejected] == [("territory:insee:31555",), ("territory:region:76",), ()]


def test_when_every_row_is_wrong_all_of_them_are_told(tmp_path: Path) -> None:
    rows = [{**COMMUNES[0], "population": "many"}, {**COMMUNES[1], "code": ""}]
    with pytest.raises(DataRefused) as refused:
        read(written(tmp_path, "communes.json", rows))
    assert refused.value.message == (
        "No territory of communes.json is kept:\n"
        "- communes.json, line 1: “population” must be a number of inhabitants, it is 'many'.\n"
        "- communes.json, line 2: “code” must be a filled text, it is ''."
    )


def test_members_that_are_no_list_are_rejected_and_so_is_a_contour_of_no_level(folder: Path) -> None:
    written(folder, "epci.json", [{**EPCI[0], "membres": 3}, EPCI[1]])
    path = written(folder.parent, "x.geojson", {"type": "FeatureCollection", "features": [feature(code="?", nom="x")]})
    batch = read(folder, path, epci=str(EPCI[1]["code"]))
    assert [item.reason for item in batch.rejected] == ["“code” must be an INSEE or SIREN code, it is '?'."]
    assert [item.about for item in read(folder).rejected] == [(f"territory:siren:{EPCI[0]['code']}",)]


def test_a_contour_is_kept_rounded_and_adds_nothing_to_what_a_list_says(folder: Path) -> None:
    told = feature(
        code="31555", nom="TOULOUSE", siren="1", population=1, epci="243100518", epciNom="TM", lon=1.43209, lat=43.59604
    )
    path = written(folder.parent, "contours.geojson", {"type": "FeatureCollection", "features": [told]})
    batch = read(folder, path)
    contour = next(record for record in batch.nodes if "contour" in record.properties)
    assert json.loads(str(contour.properties["contour"]))["coordinates"][0][1] == [1.12346, 43.0]
    assert set(contour.properties) == {"name", "latitude", "longitude", "contour"}
    assert contour.properties["name"] == "Toulouse"


def test_contours_alone_tell_levels_by_their_codes(tmp_path: Path) -> None:
    features = [
        feature(code="31555", nom="Toulouse", epci="243100518", epciNom="Toulouse Métropole"),
        feature(code="2A004", nom="Ajaccio"),
        feature(code="76", nom="Occitanie"),
        feature(code="76", nom="Seine-Maritime"),
        feature(code="243100518", nom="Toulouse Métropole"),
    ]
    batch = read(written(tmp_path, "c.geojson", {"type": "FeatureCollection", "features": features}))
    assert nodes(batch).keys() == {
        "territory:insee:31555", "territory:insee:2A004", "territory:region:76", "territory:departement:76", "territory:siren:243100518",
    }  # fmt: skip
    assert ends(batch, "MEMBER_OF") == {("territory:insee:31555", "territory:siren:243100518")}


@pytest.mark.parametrize(
    "geometry",
    [None, {"type": "Point", "coordinates": [1, 43]}, {"type": "Polygon", "coordinates": [[]]}, {"type": "Polygon", "coordinates": "x"},
     {"type": "Polygon", "coordinates": [[[1, 443]]]}, {"type": "Polygon", "coordinates": [[[1, None]]]}, {"type": "Polygon", "coordinates": [[[1]]]}],
)  # fmt: skip
def test_a_broken_geometry_is_rejected_with_its_reason(tmp_path: Path, geometry: Any) -> None:
    features = [feature(geometry, code="31555", nom="Toulouse"), feature(code="31001", nom="Neuve")]
    batch = read(written(tmp_path, "c.geojson", {"type": "FeatureCollection", "features": features}))
    assert nodes(batch).keys() == {"territory:insee:31001"}
    assert [(item.line, item.value) for item in batch.rejected] == [(1, "Toulouse")]


def test_what_can_t_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[" * 100_000, encoding="utf-8")
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    (tmp_path / "c.tgz").write_bytes(b"\x1f\x8b not gzip")
    for name in ("a.json", "b.json", "c.tgz", "missing.json"):
        with pytest.raises(DataRefused, match=name):
            read(tmp_path / name)
    with pytest.raises(DataRefused, match="holds no territory"):
        read(written(tmp_path, "d.json", [1, 2]))
    for options in ({"millesime": "x"}, {"until": "soon"}, {"until": "2020-01-01"}, {"colour": "blue"}):
        with pytest.raises(UsageError):
            read(tmp_path / "a.json", **options)


def test_an_archive_is_read_without_following_paths(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "package.tgz"
    with tarfile.open(path, "w:gz") as package:
        for item in sorted(folder.glob("*.json")):
            package.add(item, f"package/data/{item.name}")
        trick = tarfile.TarInfo("package/data/regions2.json")
        trick.type, trick.linkname = tarfile.SYMTYPE, "/etc/passwd"
        package.addfile(trick)
        package.addfile(tarfile.TarInfo("../../outside.json"), io.BytesIO())
    assert nodes(read(path)).keys() == nodes(read(folder)).keys()


def test_mutated_files_give_records_or_one_sentence(folder: Path, tmp_path: Path) -> None:
    source = json.dumps({"type": "FeatureCollection", "features": [feature(code="31555", nom="Toulouse", lat=43.5, lon=1.4)]})
    texts = [*(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.json"))), source]
    chance = random.Random(4)
    for number in range(400):
        data = bytearray(chance.choice(texts).encode())
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.choice(b'{}[]",:0x\xff\x00 e')
        path = tmp_path / f"{number}.json"
        path.write_bytes(bytes(data))
        with suppress(PacteError):
            batch = read(path)
            assert all(isinstance(record, NodeRecord) for record in batch.nodes)
            assert all(isinstance(record, LinkRecord) for record in batch.links)


@pytest.mark.skipif(not SHARED.exists(), reason="the real territories are not beside this checkout")
def test_the_real_files_load_and_a_second_run_changes_nothing(store: Store) -> None:
    paths = [
        SHARED / name
        for name in (
            "epci_selection_2026.json",
            "communes_4_epci_contours.geojson",
            "departements-occitanie.geojson",
            "region-occitanie.geojson",
        )
    ]
    batch = read(*paths)
    levels = [level for _, level in {(record.id, record.properties.get("level")) for record in batch.nodes}]
    counts = {level: levels.count(level) for level in ("commune", "intercommunality", "metropolis", "departement", "region")}
    assert counts == {"commune": 657, "intercommunality": 13, "metropolis": 2, "departement": 13, "region": 1}
    assert (len(ends(batch, "MEMBER_OF")), batch.rejected, batch.not_understood) == (657, [], [])
    loading.apply(store, loading.plan(store, batch))
    again = loading.plan(store, read(*paths))
    assert again.empty
    assert again.vanished == ()
