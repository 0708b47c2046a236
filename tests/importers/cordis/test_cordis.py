"""CORDIS: made-up tables in the official columns, one oddity at a time."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.cordis import CARD, IMPORTER
from importers.cordis.values import position
from pacte_graph import loading
from pacte_graph.errors import DataRefused, UsageError
from pacte_graph.records import Batch, LinkRecord, NodeRecord
from pacte_graph.store import Store

PROJECT = (
    *("id", "acronym", "status", "title", "startDate", "endDate", "totalCost", "ecMaxContribution", "legalBasis", "topics"),
    *("ecSignatureDate", "frameworkProgramme", "masterCall", "subCall", "fundingScheme", "nature", "objective"),
    *("contentUpdateDate", "rcn", "grantDoi"),
)
ORGANIZATION = (
    *("projectID", "projectAcronym", "organisationID", "vatNumber", "name", "shortName", "SME", "activityType", "street"),
    *("postCode", "city", "country", "nutsCode", "geolocation", "organizationURL", "contactForm", "contentUpdateDate", "rcn"),
    *("order", "role", "ecContribution", "netEcContribution", "totalCost", "endOfParticipation", "active"),
)
P1 = {
    "id": "101000001", "acronym": "FICTIF", "status": "CLOSED", "title": "R&amp;D d&#39;essai", "startDate": "2021-01-01", "endDate": "2023-12-31",
    "totalCost": "1500000,5", "ecMaxContribution": "1000000.25", "legalBasis": "H2020-EU.1.1.", "frameworkProgramme": "H2020", "masterCall": "ESSAI-2020",
    "contentUpdateDate": "2023-01-02 10:00:00", "rcn": "230001", "grantDoi": "10.3030/101000001", "objective": 'Un "objectif" ;\nsur deux lignes',
}  # fmt: skip
O1 = {
    "projectID": "101000001", "projectAcronym": "FICTIF", "organisationID": "900000001", "name": "UNIVERSITE D&#39;ESSAI", "shortName": "UE",
    "SME": "false", "activityType": "HES", "city": "Toulouse", "country": "FR", "geolocation": "43.6,1.44", "contentUpdateDate": "2023-01-02 10:00:00",
    "role": "coordinator", "ecContribution": "500000", "netEcContribution": "500000", "totalCost": "750000,75", "vatNumber": "FR00",
    "organizationURL": "http://essai.example", "nutsCode": "FRJ23",
}  # fmt: skip
O2 = {
    "projectID": "101000001", "organisationID": "900000002", "name": "ESSAI SA", "activityType": "PRC", "country": "DE", "role": "participant",
    "SME": "true", "ecContribution": "500000", "netEcContribution": "500000", "contentUpdateDate": "2023-01-02 10:00:00", "city": "BERLIN",
}  # fmt: skip
RCN = (
    "rcn",
    "role",
    "pic",
    "type",
    "contribution",
    "country",
    "start_date",
    "end_date",
    "max_contribution",
    "total_cost",
    "group",
)


def text(columns: tuple[str, ...], *rows: dict[str, str], separator: str = ";") -> str:
    quoted = [[f'"{row.get(name, "").replace(chr(34), chr(34) * 2)}"' for name in columns] for row in rows]
    return "\n".join(separator.join(row) for row in [[f'"{name}"' for name in columns], *quoted]) + "\n"


def write(folder: Path, **tables: str) -> Path:
    for name, told in tables.items():
        (folder / f"{name}.csv").write_text(told, encoding="utf-8")
    return folder


def official(
    folder: Path, projects: tuple[dict[str, str], ...] = (P1,), organizations: tuple[dict[str, str], ...] = (O1, O2)
) -> Path:
    return write(folder, project=text(PROJECT, *projects), organization=text(ORGANIZATION, *organizations))


def read(path: Path, **options: str) -> tuple[Batch, dict[str, NodeRecord], list[LinkRecord]]:
    (batch,) = IMPORTER.read([path], **options)
    return batch, {node.id: node for node in batch.nodes}, list(batch.links)


def taking(links: list[LinkRecord]) -> list[LinkRecord]:
    return [link for link in links if link.type == "TAKES_PART_IN"]


def test_the_official_set(tmp_path: Path) -> None:
    batch, nodes, links = read(official(tmp_path))
    assert nodes["programme:h2020"].properties == {"name": "Horizon 2020", "acronym": "H2020"}
    assert nodes["project:cordis:101000001"].properties == {
        "acronym": "FICTIF", "name": "R&D d'essai", "since": dt.date(2021, 1, 1), "until": dt.date(2023, 12, 31), "grant": 1000000.25,
        "budget": 1500000.5, "call": "ESSAI-2020", "axis": "H2020-EU.1.1.", "state": "done", "url": "https://doi.org/10.3030/101000001",
    }  # fmt: skip
    assert nodes["actor:pic:900000001"].properties == {
        "name": "UNIVERSITE D'ESSAI", "short_name": "UE", "kind": "university", "kind_stated": "HES", "sme": False, "vat": "FR00", "town": "Toulouse",
        "country": "FR", "nuts": "FRJ23", "latitude": 43.6, "longitude": 1.44, "url": "http://essai.example",
    }  # fmt: skip
    assert [(link.source.id, link.key, dict(link.properties)) for link in taking(links)] == [
        (
            "actor:pic:900000001",
            "coordinator",
            {"role": "lead", "role_stated": "coordinator", "amount": 500000.0, "cost": 750000.75},
        ),
        ("actor:pic:900000002", "participant", {"role": "partner", "role_stated": "participant", "amount": 500000.0}),
    ]
    parts = {link.source.id for link in links if link.type == "PART_OF" and link.target.id == "programme:h2020"}
    assert parts == {"project:cordis:101000001", "actor:pic:900000001", "actor:pic:900000002"}
    assert (batch.rejected, batch.not_understood) == ([], [])
    assert (batch.card.id, batch.card.vintage) == ("source:cordis:h2020", "contentUpdateDate ≤ 2023-01-02")
    assert str(nodes["project:cordis:101000001"].where[0]) == "project.csv:2"


def test_an_archive_states_what_its_folder_states(tmp_path: Path) -> None:
    folder = official(tmp_path)
    write(folder, euroSciVoc='"projectID";"euroSciVocCode"\n"1";"/1"\n')
    with zipfile.ZipFile(tmp_path / "cordis.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.glob("*.csv")):
            archive.write(path, path.name)
            path.unlink()
    batch, nodes, links = read(tmp_path / "cordis.zip")
    assert (len(nodes), len(links), batch.not_understood) == (4, 5, [])
    assert str(taking(links)[0].where[0]) == "cordis.zip!organization.csv:2"
    assert "euroSciVoc.csv" in CARD.ignored


def test_horizon_europe_and_both_programmes_at_once(tmp_path: Path) -> None:
    other = P1 | {"id": "101100002", "frameworkProgramme": "HORIZON", "status": "SIGNED", "rcn": "240000"}
    official(tmp_path, (P1, other), (O1, O2, O2 | {"projectID": "101100002"}))
    first, second = IMPORTER.read([tmp_path])
    assert [batch.card.id for batch in (first, second)] == ["source:cordis:h2020", "source:cordis:horizon-europe"]
    nodes = {node.id: node for node in second.nodes}
    assert set(nodes) == {"programme:horizon-europe", "project:cordis:101100002", "actor:pic:900000002"}
    assert "state" not in nodes["project:cordis:101100002"].properties
    assert [link.target.id for link in second.links if link.type == "TAKES_PART_IN"] == ["project:cordis:101100002"]
    (only,) = IMPORTER.read([tmp_path], programme="horizon-europe")
    assert only.card.id == "source:cordis:horizon-europe"


def test_another_framework_programme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match=r"project\.csv, line 2: the framework programme “FP7”"):
        IMPORTER.read([official(tmp_path, (P1 | {"frameworkProgramme": "FP7"},))])


def test_the_programme_of_tables_that_do_not_say_it(tmp_path: Path) -> None:
    write(tmp_path, organization=text(ORGANIZATION, O1))
    assert IMPORTER.read([tmp_path])[0].card.id == "source:cordis:h2020"
    assert IMPORTER.read([tmp_path], programme="Horizon")[0].card.id == "source:cordis:horizon-europe"


ROLES = [
    ("coordinator", "lead"), ("participant", "partner"), ("partner", "partner"), ("beneficiary", "partner"), ("thirdParty", "associate"),
    ("associatedPartner", "associate"), ("internationalPartner", "associate"), ("observer", None),
]  # fmt: skip


@pytest.mark.parametrize(("stated", "role"), ROLES)
def test_roles(tmp_path: Path, stated: str, role: str | None) -> None:
    (link,) = taking(read(official(tmp_path, organizations=(O1 | {"role": stated},)))[2])
    assert (link.key, link.properties["role_stated"], link.properties.get("role")) == (stated, stated, role)


@pytest.mark.parametrize(
    ("stated", "kind"), [("HES", "university"), ("REC", "research"), ("PRC", "company"), ("PUB", None), ("OTH", None)]
)
def test_kinds(tmp_path: Path, stated: str, kind: str | None) -> None:
    told = read(official(tmp_path, organizations=(O1 | {"activityType": stated},)))[1]["actor:pic:900000001"].properties
    assert (told["kind_stated"], told.get("kind")) == (stated, kind)


def test_roles_side_by_side_and_roles_written_again(tmp_path: Path) -> None:
    rows = (
        O1,
        O1 | {"role": "thirdParty"},
        O1 | {"ecContribution": "7"},
        O1,
        O1 | {"ecContribution": "7", "netEcContribution": "500000.0"},
    )
    links = taking(read(official(tmp_path, organizations=rows))[2])
    told = [(link.key, link.properties["amount"], link.where[0].line) for link in links]
    assert told == [
        ("coordinator", 500000.0, 2), ("thirdParty", 500000.0, 3), ("coordinator:2", 7.0, 4), ("coordinator", 500000.0, 5), ("coordinator:2", 7.0, 6),
    ]  # fmt: skip
    assert links[2].properties["note"] == "Contribution nette : 500000.00 €. Même rôle, écrit autrement (2e fois)."
    assert links[0].properties == links[3].properties


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"ecContribution": "10", "netEcContribution": "10", "totalCost": "0"}, {"amount": 10.0}),
        ({"ecContribution": "0.0", "netEcContribution": "0", "totalCost": "0"}, {"amount": 0.0, "cost": 0.0}),
        ({"ecContribution": "", "netEcContribution": "0.0", "totalCost": ""}, {}),
        ({"ecContribution": "0", "netEcContribution": "12,5", "totalCost": "0"}, {"amount": 0.0, "note": "Contribution nette : 12.50 €."}),
        ({"ecContribution": "1", "netEcContribution": "1", "totalCost": "2", "endOfParticipation": "True"},
         {"amount": 1.0, "cost": 2.0, "note": "Participation terminée avant la fin du projet."}),
    ],
)  # fmt: skip
def test_money(tmp_path: Path, cells: dict[str, str], expected: dict[str, Any]) -> None:
    (link,) = taking(read(official(tmp_path, organizations=(O1 | cells,)))[2])
    assert {name: value for name, value in link.properties.items() if not name.startswith("role")} == expected


def test_a_budget_of_zero_beside_a_grant_is_not_declared(tmp_path: Path) -> None:
    told = read(official(tmp_path, (P1 | {"totalCost": "0"},)))[1]["project:cordis:101000001"].properties
    assert "budget" not in told
    assert told["grant"] == 1000000.25


def test_rows_that_disagree_keep_the_latest_and_say_the_rest(tmp_path: Path) -> None:
    later = {
        "name": "UNIVERSITE NOUVELLE",
        "SME": "true",
        "city": "LABEGE",
        "vatNumber": "",
        "contentUpdateDate": "2024-01-01 00:00:00",
    }
    rows = (O1 | later, O1 | {"projectID": "101000002", "name": "UNIVERSITE D'ESSAI"})
    told = read(official(tmp_path, organizations=rows))[1]["actor:pic:900000001"]
    assert (told.properties["name"], told.properties["sme"], told.properties["town"]) == ("UNIVERSITE NOUVELLE", True, "LABEGE")
    assert told.properties["vat"] == "FR00"  # an empty cell says nothing
    assert told.properties["aliases"] == ["UNIVERSITE D'ESSAI"]
    assert told.properties["note"] == "Aussi écrit : ville = Toulouse ; sme = false."
    assert [where.line for where in told.where] == [2, 3]
    rows = tuple(row | {"contentUpdateDate": "2024"} for row in rows)
    assert read(official(tmp_path, organizations=rows))[1]["actor:pic:900000001"].properties["name"] == "UNIVERSITE D'ESSAI"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (O1 | {"projectID": ""}, "names no project"),
        (O1 | {"projectID": "1.01E+08"}, "names no project"),
        (O1 | {"organisationID": "NA"}, "names no organisation"),
    ],
)
def test_rows_without_their_numbers_are_rejected_once(tmp_path: Path, row: dict[str, str], reason: str) -> None:
    batch, nodes, links = read(official(tmp_path, organizations=(row, O2)))
    assert [(item.file, item.line) for item in batch.rejected] == [("organization.csv", 2)]
    assert reason in batch.rejected[0].reason
    assert len(taking(links)) == 1
    assert "actor:pic:900000001" not in nodes


def test_a_set_without_a_good_row_is_refused(tmp_path: Path) -> None:
    rows = (O1 | {"projectID": ""}, O2 | {"organisationID": "NA"})
    with pytest.raises(DataRefused) as refused:
        IMPORTER.read([write(tmp_path, organization=text(ORGANIZATION, *rows))])
    assert refused.value.message == (
        "No row could be taken:\n"
        "- organization.csv, line 2: The row names no project by its number.\n"
        "- organization.csv, line 3: The row names no organisation by its number (PIC)."
    )


def test_a_rejected_row_names_what_it_speaks_of(tmp_path: Path) -> None:
    rows = (O1, O1 | {"projectID": ""}, O2 | {"organisationID": "NA"}, O2 | {"projectID": "", "organisationID": ""})
    batch, _, _ = read(official(tmp_path, organizations=rows))
    assert [(item.line, item.sheet, item.about) for item in batch.rejected] == [
        (3, None, ("actor:pic:900000001",)),
        (4, None, ("project:cordis:101000001",)),
        (5, None, ()),
    ]
    for path in tmp_path.iterdir():
        path.unlink()
    write(tmp_path, participations=rcn_rows().replace('"900000001"', '"NA"'), parts="rcn,programme_part\n230009,\n")
    assert [item.about for item in read(tmp_path)[0].rejected] == [("project:cordis:rcn:230009",), ("project:cordis:rcn:230001",)]


def test_what_has_no_meaning_is_listed_and_the_row_kept(tmp_path: Path) -> None:
    row = O1 | {"geolocation": "Toulouse", "ecContribution": "beaucoup", "SME": "peut-être", "netEcContribution": "1e999"}
    batch, nodes, links = read(
        official(tmp_path, (P1 | {"status": "LOST", "startDate": "2021-13-01"},), (row, row | {"role": "partner"}))
    )
    assert {item.text.partition(":")[0] for item in batch.not_understood} == {
        "geolocation",
        "amount",
        "net",
        "sme",
        "state",
        "since",
    }
    assert {(item.file, item.line) for item in batch.not_understood} <= {
        ("organization.csv", 2),
        ("organization.csv", 3),
        ("project.csv", 2),
    }
    assert len(batch.not_understood) == 6
    assert "latitude" not in nodes["actor:pic:900000001"].properties
    assert "amount" not in taking(links)[0].properties


def test_unknown_columns_and_tables_are_said(tmp_path: Path) -> None:
    official(tmp_path)
    write(tmp_path, organization=text((*ORGANIZATION, "favouriteColour"), O1), other="x,y\n1,2\n")
    assert [(item.file, item.text) for item in read(tmp_path)[0].not_understood] == [
        ("organization.csv", "Column “favouriteColour” is not one this importer knows."),
        ("other.csv", "No table of CORDIS has these columns: x, y."),
    ]


def test_nothing_of_cordis_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match="No table of CORDIS was found"):
        IMPORTER.read([write(tmp_path, other="x,y\n1,2\n")])


def rcn_rows() -> str:
    rows = (
        {"rcn": "230001", "role": "coordinator", "pic": "900000001", "type": "HES", "contribution": "NA", "country": "FR", "start_date": "2019-05-01",
         "end_date": "NA", "max_contribution": "10", "total_cost": "NA", "group": "eu15"},
        {"rcn": "230009", "role": "participant", "pic": "900000002", "type": "PRC", "contribution": "3", "country": "NA", "start_date": "NA"},
    )  # fmt: skip
    return text(RCN, *rows, separator=",")


def test_tables_by_record_number(tmp_path: Path) -> None:
    write(tmp_path, participations=rcn_rows(), parts="rcn,programme_part\n230001,SC4\n230001,LEIT\n230005,ERC\nNA,ERC\n")
    batch, nodes, links = read(tmp_path)
    assert nodes["project:cordis:rcn:230001"].properties == {"since": dt.date(2019, 5, 1), "grant": 10.0, "axis": "LEIT; SC4"}
    assert nodes["project:cordis:rcn:230005"].properties == {"axis": "ERC"}
    assert nodes["actor:pic:900000002"].properties == {"kind": "company", "kind_stated": "PRC"}
    assert taking(links)[0].properties == {"role": "lead", "role_stated": "coordinator"}
    assert [item.line for item in batch.rejected] == [5]
    assert batch.card.id == "source:cordis:h2020:rcn"
    assert batch.not_understood == []


def test_record_numbers_are_those_of_projects_only_where_a_table_says_so(tmp_path: Path) -> None:
    write(tmp_path, project=text(PROJECT, P1), participations=rcn_rows())
    projects = {node.id for node in read(tmp_path)[1].values() if node.label == "Project"}
    assert projects == {"project:cordis:101000001", "project:cordis:rcn:230009"}


def test_the_same_participations_under_two_numbers_are_refused(tmp_path: Path) -> None:
    official(tmp_path)
    write(tmp_path, participations=rcn_rows())
    with pytest.raises(DataRefused, match="state the same participations twice"):
        IMPORTER.read([tmp_path])


SQUARES = {
    "31555": ("Toulouse", 1.4, 43.5, "243100518"),
    "31446": ("Ramonville-Saint-Agne", 1.5, 43.5, "243100633"),
    "34172": ("Montpellier", 3.8, 43.5, "9"),
}


@pytest.fixture
def communes(tmp_path: Path) -> str:
    features = [
        {
            "properties": {"code": code, "nom": name, "siren": f"s{code}", "epci": epci},
            "geometry": {"type": "Polygon", "coordinates": [[[x, y], [x + 0.1, y], [x + 0.1, y + 0.2], [x, y + 0.2], [x, y]]]},
        }
        for code, (name, x, y, epci) in SQUARES.items()
    ]
    path = tmp_path / "communes.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("cells", "code", "doubt"),
    [
        ({}, "31555", False),  # both agree
        ({"city": ""}, "31555", False),
        ({"city": "RAMONVILLE ST AGNE CEDEX", "geolocation": ""}, "31446", False),
        ({"city": "RAMONVILLE ST AGNE", "geolocation": "", "postCode": "31520"}, "31446", False),
        ({"city": "Montpellier", "geolocation": "", "postCode": "05000"}, None, False),  # another département: a namesake
        ({"city": "Montpellier", "geolocation": "", "country": "CA"}, None, False),
        ({"geolocation": "43.6,1.55"}, None, True),  # in Ramonville, says Toulouse
        ({"geolocation": "48.9,1.9"}, None, True),
        ({"city": "Paris", "geolocation": "48.9,1.9"}, None, False),
        ({"city": "Paris", "geolocation": ""}, None, False),
    ],
)
def test_where_an_organisation_is_based(
    tmp_path: Path, communes: str, cells: dict[str, str], code: str | None, doubt: bool
) -> None:
    (tmp_path / "set").mkdir()
    batch, nodes, links = read(official(tmp_path / "set", organizations=(O1 | cells, O2)), territoires=communes)
    based = [link.target.id for link in links if link.type == "BASED_IN"]
    assert based == ([f"territory:insee:{code}"] if code else [])
    assert ("Implantation incertaine" in str(nodes["actor:pic:900000001"].properties.get("note", ""))) is doubt
    if code:
        assert nodes[based[0]].properties == {"name": SQUARES[code][0], "level": "commune", "insee_code": code}
    assert [file.path for file in batch.files] == ["organization.csv", "project.csv", "communes.geojson"]


def filtered(tmp_path: Path) -> Path:
    """Return three projects: of Toulouse and Berlin in 2021, of Berlin in 2022, of Montpellier at an unknown date."""
    (tmp_path / "set").mkdir()
    two, three = P1 | {"id": "2", "startDate": "2022-06-01", "rcn": ""}, P1 | {"id": "3", "startDate": "", "rcn": ""}
    far = O1 | {"projectID": "3", "organisationID": "900000003", "city": "MONTPELLIER", "geolocation": ""}
    return official(tmp_path / "set", (P1, two, three), (O1, O2, O2 | {"projectID": "2"}, far))


@pytest.mark.parametrize(
    ("options", "projects", "actors", "suffix"),
    [
        ({"near": "243100518"}, {"101000001"}, 2, ":near=243100518"),
        ({"near": "31555"}, {"101000001"}, 2, ":near=31555"),
        ({"near": "s34172"}, {"3"}, 1, ":near=s34172"),
        ({"country": "de"}, {"101000001", "2"}, 2, ":country=DE"),
        ({"country": "FR,DE"}, {"101000001", "2", "3"}, 3, ":country=DE,FR"),
        ({"since": "2022"}, {"2"}, 1, ":since=2022-01-01"),
        ({"since": "2021-01-01", "country": "FR"}, {"101000001"}, 2, ":country=FR:since=2021-01-01"),
    ],
)
def test_filters(tmp_path: Path, communes: str, options: dict[str, str], projects: set[str], actors: int, suffix: str) -> None:
    batch, nodes, links = read(filtered(tmp_path), territoires=communes, **options)
    assert {node.id.removeprefix("project:cordis:") for node in nodes.values() if node.label == "Project"} == projects
    assert sum(node.label == "Actor" for node in nodes.values()) == actors
    assert {link.target.id for link in taking(links)} == {f"project:cordis:{number}" for number in projects}
    assert {end.id for link in links for end in (link.source, link.target)} <= set(nodes)
    assert batch.card.id == f"source:cordis:h2020{suffix}"
    assert f"({len(projects)} / 3)" in batch.card.scope


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"colour": "blue"}, "no option colour"),
        ({"near": "31555"}, "near needs option territoires"),
        ({"programme": "fp7"}, "no programme"),
        ({"since": "bientôt"}, "not a date"),
        ({"since": "2021-13"}, "not a date"),
    ],
)
def test_options_without_a_meaning(tmp_path: Path, options: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        IMPORTER.read([official(tmp_path)], **options)


def test_a_place_that_is_not_in_the_file(tmp_path: Path, communes: str) -> None:
    with pytest.raises(UsageError, match=r"'75056' is in no commune of communes\.geojson"):
        IMPORTER.read([filtered(tmp_path)], near="75056", territoires=communes)


def test_filters_that_keep_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match="None of the 1 projects is kept"):
        IMPORTER.read([official(tmp_path)], country="XX")
    with pytest.raises(UsageError, match="Give the archive"):
        IMPORTER.read([])


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_positions(latitude: float, longitude: float) -> None:
    assert position(f" {latitude},{longitude}") == [latitude, longitude]
    assert position(f"({latitude}, {longitude})") == [latitude, longitude]


@pytest.mark.parametrize("words", ["91,0", "0,181", "1", "1,2,3", "nan,0", "a,b"])
def test_what_is_no_position(words: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        position(words)


def test_loading_twice_changes_nothing(store: Store, tmp_path: Path, communes: str) -> None:
    folder = filtered(tmp_path)
    for expected in ({"nodes": 9, "links": 12}, {"nodes": 0, "links": 0}):
        (report,) = loading.apply_all(store, loading.plan_all(store, IMPORTER.read([folder], territoires=communes)))
        told = report.as_dict()
        assert (told["created"], told["changed"], told["vanished"]) == (
            expected,
            {"nodes": 0, "links": 0},
            {"nodes": 0, "links": 0},
        )
    found = store.read("MATCH (a:Actor)-[:BASED_IN]->(t:Territory) RETURN a.id AS a, t.name AS t ORDER BY a")
    assert [(row["a"], row["t"]) for row in found] == [
        ("actor:pic:900000001", "Toulouse"),
        ("actor:pic:900000003", "Montpellier"),
    ]
