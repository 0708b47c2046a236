"""Make the Toulouse case again from its facts: ``python scripts/make_toulouse_case.py COMMUNES.geojson [FOLDER]``.

Each row names the document that attests it. What is not attested is absent: nine projects have a number and no title; subjects
named by the press have a title and no number. The communes come from a GeoJSON file of INSEE codes and populations.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

P = "programme:sdeirm"
NAME = "Schéma de Développement Économique, d'Innovation et de Rayonnement Métropolitain"
TM, MMM = "territory:siren:243100518", "territory:siren:243400017"
SICOVAL, MURETAIN = "territory:siren:243100633", "territory:sdeirm:muretain"
AGGLO, NETWORK = "territory:sdeirm:agglomeration", "territory:sdeirm:reseau-de-villes"
PAIR, REGION = "territory:sdeirm:bi-metropolitain", "territory:sdeirm:region"
A_TM, A_MMM, A_DIALOGUE = "actor:siren:243100518", "actor:siren:243400017", "actor:sdeirm:Dialogue métropolitain de Toulouse"
SHEET, TRIB15, TRIB16 = "document:sdeirm:feuille-de-route:3", "document:latribune:2015-06-23", "document:latribune:2016-07-05"
DELIB, GAZETTE = "document:toulouse-metropole:DEL-16-0093", "document:lagazette:427843"
PRESS13, CODES = "document:presse:2013-04", "document:etalab:decoupage-administratif"
LINKED = (2, 5, 10, 11, 12, 13, 16, 17, 18)

DOCUMENTS: tuple[dict[str, Any], ...] = (
    {"id": SHEET, "name": "Feuille de route du projet 03 « Pacte territorial »", "publisher": "Toulouse Métropole",
     "published_on": "2015-12-08", "version": "0.1"},
    {"id": TRIB15, "name": "La Tribune Toulouse, 23 juin 2015", "publisher": "La Tribune Toulouse", "published_on": "2015-06-23"},
    {"id": TRIB16, "name": "La Tribune Toulouse, 5 juillet 2016", "publisher": "La Tribune Toulouse", "published_on": "2016-07-05"},
    {"id": DELIB, "name": "Délibération DEL-16-0093", "publisher": "Toulouse Métropole", "published_on": "2016-02-18"},
    {"id": GAZETTE, "name": "La Gazette des communes, article 427843", "publisher": "La Gazette des communes"},
    {"id": PRESS13, "name": "Presse régionale, avril 2013", "note": "Les sources divergent sur la date (2012 ou 2013) et le nombre de villes."},
    {"id": CODES, "name": "@etalab/decoupage-administratif 6.0.0", "publisher": "Etalab, d'après INSEE", "note": "Millésime 2026, Licence Ouverte"},
)  # fmt: skip
SUBJECTS = (
    ("Pacte avec l'Université de Toulouse", "", "Non signé en juillet 2016 selon la source ; numéro non attesté."),
    ("Pacte avec Airbus Group", "", "Signé en juillet 2016 selon la source ; numéro non attesté."),
    ("Agence d'attractivité unique (So Toulouse)", "", "Numéro non attesté."),
    ("Oncopole", "late", "En retard en juillet 2016 selon la source ; numéro non attesté."),
    ("Incubateurs", "late", "En retard en juillet 2016 selon la source ; numéro non attesté."),
)
TOWNS = (
    "Toulouse",
    "Saint-Gaudens",
    "Auch",
    "Montauban",
    "Cahors",
    "Rodez",
    "Albi",
    "Castres",
    "Mazamet",
    "Muret",
    "Carcassonne",
)
THEMES = "Thèmes : transports, entreprises innovantes et R&D, tourisme, enseignement supérieur et recherche, culture, logement, développement durable."


def tables(communes: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return every table, row by row."""
    out: dict[str, list[dict[str, Any]]] = {
        "programmes": [
            {"id": P, "name": NAME, "acronym": "SDEIRM", "aliases": "SDEIRIM", "fictitious": "non", "adopted_on": "2016-02-18",
             "projects_stated": 20, "document": f"{TRIB15};{DELIB}",
             "note": "Seul le projet 03 a un numéro et un titre attestés ; un nom de programme attesté : « Qualité de l'accueil »."}
        ],
        "documents": list(DOCUMENTS),
        "projects": _projects(),
        "actors": [
            {"id": A_TM, "name": "Toulouse Métropole", "kind": "local_authority", "siren": "243100518", "programme": P, "document": CODES},
            {"id": A_MMM, "name": "Montpellier Méditerranée Métropole", "kind": "local_authority", "siren": "243400017", "programme": P,
             "document": CODES},
            {"id": A_DIALOGUE, "name": "Dialogue métropolitain de Toulouse", "kind": "association", "programme": P, "document": PRESS13,
             "note": "Association de villes ; 2012 ou 2013 selon les sources."},
        ],
        "project_links": [
            {"source": "project:sdeirm:3", "target": f"project:sdeirm:{n}", "sense": "unspecified", "declared_by": "project:sdeirm:3",
             "document": SHEET} for n in LINKED
        ],
        "cooperations": [
            {"source": A_TM, "target": A_MMM, "frame": "Accord-cadre Toulouse Métropole – Montpellier Méditerranée Métropole",
             "since": "2016-01-29", "document": GAZETTE, "note": f"Voté les 17 et 18 décembre 2015, signé le 29 janvier 2016. {THEMES}"}
        ],
        "representations": [
            {"source": A_TM, "target": TM, "document": CODES}, {"source": A_MMM, "target": MMM, "document": CODES},
            {"source": A_DIALOGUE, "target": NETWORK, "document": PRESS13},
        ],
    }  # fmt: skip
    return out | _territories(communes) | _review()


def _projects() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"id": "project:sdeirm:3", "number": 3, "name": "Pacte territorial", "sheet_version": "0.1", "sheet_date": "2015-12-08",
         "programme": P, "document": SHEET}
    ]  # fmt: skip
    rows += [{"id": f"project:sdeirm:{n}", "number": n, "programme": P, "document": SHEET} for n in LINKED]
    rows += [
        {"id": f"project:sdeirm:sujet:{name}", "name": name, "state": state, "note": note, "programme": P, "document": TRIB16}
        for name, state, note in SUBJECTS
    ]
    return rows


def _territories(communes: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    def row(identifier: str, name: str, level: str, document: str, **more: Any) -> dict[str, Any]:
        return {"id": identifier, "name": name, "level": level, "programme": P, "document": document, **more}

    rows = [
        row(TM, "Toulouse Métropole", "metropolis", f"{SHEET};{CODES}", siren="243100518", communes_stated=37),
        row(SICOVAL, "Sicoval", "intercommunality", f"{SHEET};{CODES}", siren="243100633", communes_stated=36),
        row(MURETAIN, "Muretain", "intercommunality", SHEET,
            note="Le périmètre de 2015 ; le Muretain Agglo d'aujourd'hui (SIREN 200068641, 26 communes) date de 2017."),
        row(MMM, "Montpellier Méditerranée Métropole", "metropolis", f"{SHEET};{CODES}", siren="243400017", communes_stated=31),
        row(AGGLO, "Agglomération de proximité", "agglomeration", SHEET),
        row(NETWORK, "Dialogue métropolitain (réseau de villes)", "city_network", f"{SHEET};{PRESS13}"),
        row(PAIR, "Partenariat avec la métropole montpelliéraine", "bimetropolitan", f"{SHEET};{GAZETTE}"),
        row(REGION, "Nouvelle Région", "region", SHEET,
            note="Languedoc-Roussillon–Midi-Pyrénées en 2015-2016 ; Occitanie (code 76) depuis."),
    ]  # fmt: skip
    nest = [(TM, AGGLO), (AGGLO, NETWORK), (NETWORK, REGION), (TM, PAIR), (PAIR, REGION)]
    for town in communes:
        rows.append(
            row(
                f"territory:insee:{town['code']}",
                town["name"],
                "commune",
                CODES,
                insee_code=town["code"],
                population=town["population"],
            )
        )
        nest.append((f"territory:insee:{town['code']}", TM))
    names = {town["name"]: f"territory:insee:{town['code']}" for town in communes}
    members = [(SICOVAL, AGGLO, SHEET), (MURETAIN, AGGLO, SHEET), (TM, PAIR, SHEET), (MMM, PAIR, SHEET)]
    for name in TOWNS:
        place = names.get(name) or f"territory:sdeirm:ville:{name}"
        if name not in names:
            rows.append(row(place, name, "commune", PRESS13))
        members.append((place, NETWORK, PRESS13))
    doubt = "Castres et Mazamet sont comptées une fois ou deux selon les sources."
    return {
        "territories": rows,
        "nesting": [{"source": a, "target": b, "document": CODES if a.startswith("territory:insee") else SHEET} for a, b in nest],
        "memberships": [
            {"source": a, "source_type": "Territory", "target": b, "target_type": "Territory", "document": document,
             "doubt": doubt if a.endswith(("Castres", "Mazamet")) else ""} for a, b, document in members
        ],
    }  # fmt: skip


def _review() -> dict[str, list[dict[str, Any]]]:
    """Return the first review, July 2016: 17 projects launched, 10 completed."""
    kinds = (("lances", "Projets lancés", 17), ("acheves", "Projets achevés", 10))
    return {
        "indicators": [
            {"id": f"indicator:sdeirm:{key}", "text": text, "family": "quantitative", "document": TRIB16,
             "note": "Sur l'ensemble du schéma, au premier bilan."} for key, text, _ in kinds
        ],
        "observations": [
            {"id": f"observation:sdeirm:{key}:2016-07-05", "value": value, "unit": "projets", "observed_on": "2016-07-05", "document": TRIB16}
            for key, _, value in kinds
        ],
        "indicator_observations": [
            {"source": f"indicator:sdeirm:{key}", "target": f"observation:sdeirm:{key}:2016-07-05", "document": TRIB16} for key, _, _ in kinds
        ],
    }  # fmt: skip


CARD = """id = "source:cas:toulouse"
name_fr = "Schéma de Toulouse Métropole : faits attestés"
name_en = "Scheme of Toulouse Métropole: attested facts"
publisher = "Pacte Graph, d'après les documents cités"
licence = "Faits ; géographie administrative : Licence Ouverte (INSEE, Etalab)"
scope = "Ce qui est attesté du schéma, chaque fait avec son document ; le reste est inconnu"
vintage = "2016-07-05"
"""


def towns_of(path: Path, siren: str) -> list[dict[str, Any]]:
    """Return code, name and population of the communes of one intercommunality, by code."""
    found = []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        told = feature["properties"]
        if str(told.get("siren_epci") or told.get("epci") or told.get("siren")) == siren:
            found.append({"code": str(told["code"]), "name": told["nom"], "population": told["population"]})
    return sorted(found, key=lambda town: town["code"])


def write(folder: Path, communes: list[dict[str, Any]]) -> None:
    """Write the case's tables and its card."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables(communes).items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
            writer.writeheader()
            writer.writerows(rows)
    (folder / "source.toml").write_text(CARD, encoding="utf-8")


if __name__ == "__main__":
    here = Path(__file__).resolve().parents[1] / "pacte_graph" / "cases" / "toulouse"
    write(Path(sys.argv[2]) if len(sys.argv) > 2 else here, towns_of(Path(sys.argv[1]), "243100518"))
