"""Make the fictitious case again, byte for byte: ``python scripts/make_fictitious_case.py [FOLDER]``.

Everything in it is invented: places, institutions, people, projects, amounts. It is complete enough to show every feature of
the explorer: all kinds of actors, five nested scales, three states of declination, links with and without direction, two dates.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

PROGRAMME = "programme:fictif"
DATES = ("2030-01-01", "2031-01-01")

AXES = ("Accueillir", "Innover", "Rayonner", "Relier")
# title, axis, state, since, declination, budget known, extras
PROJECTS = (
    ("Guichet unique des porteurs de projet", 0, "running", "2029-01-15"),
    ("Pacte des territoires de Valbrume", 3, "running", "2029-02-01"),
    ("Campus des matériaux clairs", 1, "running", "2029-03-01"),
    ("Fabrique de la rénovation partagée", 1, "running", "2029-03-15"),
    ("Quartier d'affaires des Aulnes", 0, "late", "2029-04-01"),
    ("Plateforme logistique du dernier lieu", 3, "running", "2029-05-01"),
    ("Maison des savoirs et de l'artisanat", 1, "running", "2029-05-15"),
    ("Saison des confluences", 2, "done", "2029-06-01"),
    ("Filière des eaux vives", 1, "running", "2029-06-15"),
    ("Réseau de tiers-lieux du plateau", 0, "running", "2029-09-01"),
    ("Agence d'attractivité commune", 2, "running", "2029-09-15"),
    ("Observatoire des mobilités lentes", 3, "running", "2029-10-01"),
    ("Accélérateur des jeunes entreprises", 1, "running", "2029-10-15"),
    ("Hôtel de la donnée publique", 1, "running", "2029-11-01"),
    ("Corridor Valbrume – Port-Azimut", 3, "running", "2029-11-15"),
    ("École des métiers du bois bleu", 0, "planned", "2030-02-01"),
    ("Achats groupés des collectivités", 3, "running", "2030-03-01"),
    ("Marque alimentaire des collines", 2, "planned", "2030-04-01"),
    ("Parcours des friches retrouvées", 2, "dropped", "2029-02-15"),
    ("Boucle énergétique des communes", 3, "planned", "2030-09-01"),
)
DECLINATION = {1: "declined", 2: "declined", 3: "declined", 4: "declined", 6: "declined", 9: "declined", 10: "declined",
               15: "declined", 5: "not_declined", 8: "not_declined", 13: "not_declined", 14: "not_declined", 16: "not_declined",
               19: "not_declined", 7: "unknown", 11: "unknown", 12: "unknown"}  # 17, 18, 20: not said  # fmt: skip
SCALES = {  # project -> scales where it is declined; "?" marks an unknown, "-" a stated no
    1: "metropolis agglomeration",
    2: "metropolis agglomeration city_network bimetropolitan region",
    3: "metropolis bimetropolitan region",
    4: "metropolis agglomeration city_network",
    6: "metropolis agglomeration ?region",
    9: "metropolis city_network ?bimetropolitan",
    10: "metropolis agglomeration",
    15: "metropolis bimetropolitan -city_network",
    5: "-agglomeration",
    7: "?metropolis ?agglomeration",
    11: "?region",
}
COMMUNES_OF = {1: (0, 3, 7), 4: (1, 2, 5, 9, 12), 6: (4, 8, 16), 9: (25, 28, 30), 10: (6, 10, 11, 13, 20, 24), 15: (0, 38)}
AMOUNT_UNKNOWN = {(6, 8), (9, 30)}  # project, commune
POPULATION_UNKNOWN = {"Noirépine", "Mas-Corail"}

VALBRUME = (
    "Valbrume", "Saint-Orlan-les-Prés", "Montéclaire-le-Vieux", "Les Aulnes-Bleues", "Fontrêve", "Castelombre", "Aigremoulin",
    "Brindelande", "Hautefeuillée", "Le Pré-aux-Hérons", "Villeronce-sur-Ombelle", "Sainte-Vérane-des-Bois", "Querbois-la-Neuve",
    "Ormessandre", "Puycendré", "Larochevive",
)  # fmt: skip
PLATEAU = (
    "Grandplateau", "Les Trois-Cairns", "Ventaloup", "Saint-Thibaldin", "Coursevent", "Belgarrigue-du-Haut", "Malebruyère",
    "Pierrefroment", "Lesquadre",
)  # fmt: skip
OMBELLE = (
    "Ombelle-les-Bains", "Rivesonge", "Pontlachaume", "Le Moulinard", "Sablonceaux-Neufs", "Issarelle", "Torrebrune", "Vaucendrier",
    "Noirépine",
)  # fmt: skip
TOWNS = ("Carrebourg", "Montfaucil", "Aubresque", "Tréfontaine")
PORT = ("Port-Azimut", "Les Salines-Hautes", "Mas-Corail")

ACTORS: tuple[tuple[str, str, str], ...] = (
    ("Métropole de Valbrume", "local_authority", "metropole"),
    ("Communauté du Grand Plateau", "local_authority", "plateau"),
    ("Communauté des Rives d'Ombelle", "local_authority", "ombelle"),
    ("Région des Trois-Vallées", "local_authority", "region"),
    ("Département de l'Ombelle", "local_authority", ""),
    ("Métropole de Port-Azimut", "local_authority", "port"),
    ("Ville de Carrebourg", "local_authority", ""),
    ("Ville de Tréfontaine", "local_authority", ""),
    ("Préfecture des Trois-Vallées", "state", "region"),
    ("Établissement public des Confluences", "state", "metropole"),
    ("Caisse publique d'amorçage", "state", ""),
    ("Codev de Valbrume", "development_council", "metropole"),
    ("Codev de Port-Azimut", "development_council", "port"),
    ("CCI de Valbrume", "chamber", "metropole"),
    ("CCI de Port-Azimut", "chamber", "port"),
    ("Chambre de métiers de l'Ombelle", "chamber", "ombelle"),
    ("Chambre d'agriculture des Trois-Vallées", "chamber", "region"),
    ("Université de Valbrume", "university", "metropole"),
    ("Université de Port-Azimut", "university", "port"),
    ("École d'ingénieurs des Aulnes", "university", "metropole"),
    ("Institut d'art du Plateau", "university", "plateau"),
    ("Laboratoire des eaux vives", "research", "ombelle"),
    ("Centre de recherche sur les matériaux clairs", "research", "metropole"),
    ("Observatoire du climat des collines", "research", ""),
    ("Unité commune Azimut-Valbrume", "research", "port"),
    ("Pôle Brumétal", "competitiveness_cluster", "metropole"),
    ("Pôle Eaux-Vives", "competitiveness_cluster", "ombelle"),
    ("Pôle Mer et Rivages d'Azimut", "competitiveness_cluster", "port"),
    ("Cluster Bois Bleu", "cluster", "plateau"),
    ("Cluster Données claires", "cluster", "metropole"),
    ("Cluster Mobilités lentes", "cluster", "metropole"),
    ("Grappe Saveurs des collines", "cluster", ""),
    ("Ateliers Ferrandeau", "company", "metropole"),
    ("Brumair Industries", "company", "metropole"),
    ("Clairmatière", "company", "metropole"),
    ("Coopérative laitière de Lesquadre", "company", "plateau"),
    ("Datalande", "company", "metropole"),
    ("Eaux d'Issarelle", "company", "ombelle"),
    ("Fonderies de Torrebrune", "company", "ombelle"),
    ("Imprimerie Quatrevents", "company", ""),
    ("Logis-Ombelle", "company", "ombelle"),
    ("Menuiserie Belgarrigue", "company", "plateau"),
    ("Navettes du Plateau", "company", "plateau"),
    ("Optique Azimut", "company", "port"),
    ("Papeteries Rivesonge", "company", "ombelle"),
    ("Scierie de Ventaloup", "company", "plateau"),
    ("Transports Quillebec", "company", "metropole"),
    ("Verrerie Puycendré", "company", "metropole"),
    ("Vélos Tournesillon", "company", ""),
    ("Banque mutuelle des Trois-Vallées", "company", "region"),
    ("Association des commerçants de Valbrume", "association", "metropole"),
    ("Collectif des tiers-lieux", "association", "plateau"),
    ("Fédération des habitants des Aulnes", "association", "metropole"),
    ("Les Amis des friches", "association", "metropole"),
    ("Maison de l'emploi solidaire", "association", "metropole"),
    ("Réseau des bibliothèques d'Ombelle", "association", "ombelle"),
    ("Syndicat d'initiative des collines", "association", ""),
    ("Agence d'attractivité Valbrume-Ombelle", "agency", "metropole"),
    ("Agence d'urbanisme des Confluences", "agency", "metropole"),
    ("Agence de l'énergie du Plateau", "agency", "plateau"),
    ("Agence régionale de l'innovation", "agency", "region"),
    ("Agence des mobilités d'Azimut", "agency", "port"),
    ("Compagnie du Val muet", "company", ""),  # takes part in nothing
    ("Cercle des Aulnes", "", "metropole"),  # of unknown kind
)
# project -> (actor number from 1, role, share of the budget in thousandths or None, since, until)
LEADS = {1: 58, 2: 1, 3: 18, 4: 2, 5: 10, 6: 3, 7: 16, 8: 1, 9: 27, 10: 52, 11: 58, 12: 31, 13: 14, 14: 30, 15: 1, 16: 29, 17: 1,
         18: 32, 19: 54, 20: 60}  # fmt: skip
LINKS = (
    (2, 1, "unspecified", None), (2, 4, "unspecified", None), (2, 6, "unspecified", None), (2, 10, "unspecified", None),
    (2, 15, "unspecified", None), (1, 13, "pulls", 3), (3, 9, "pulls", 2), (3, 13, "pulls", 2), (13, 5, "pulls", 1),
    (11, 8, "pulls", 2), (11, 18, "pulls", 1), (12, 6, "depends_on", 2), (20, 12, "depends_on", 1), (7, 16, "mutual", 2),
    (14, 12, "pulls", 3), (15, 3, "mutual", 3), (17, 20, "pulls", 1), (9, 4, "depends_on", 1),
)  # fmt: skip
MONEY = {  # project -> budget, regional, standalone, joint, coordination (k€); None: unknown
    1: (900, 200, None, None, None), 2: (400, 120, 600, 400, 60), 3: (5200, 1500, None, None, None),
    4: (1800, 600, 2600, 1800, 150), 5: (7400, None, None, None, None), 6: (2300, 500, 2900, 2300, 200),
    7: (None, None, None, None, None), 8: (650, 150, None, None, None), 9: (3100, 900, None, None, None),
    10: (1200, 400, 1500, 1200, 90), 11: (None, 300, 900, 700, 250), 12: (450, 0, None, None, None),
    13: (1600, 450, None, None, None), 14: (2100, None, 2500, 2100, None), 15: (2800, 1000, None, None, None),
    16: (None, None, None, None, None), 17: (300, 0, 520, 300, 40), 18: (None, None, None, None, None),
    19: (250, 0, None, None, None), 20: (None, None, None, None, None),
}  # fmt: skip
# project -> where the costs compared come from, once or yearly, initial outlay (k€)
POOLING = {2: ("estimate", "yearly", 30), 4: ("quote", "once", 0), 6: ("observed", "yearly", 100), 10: ("quote", "once", None),
           14: ("estimate", "", None), 17: ("observed", "yearly", 20)}  # fmt: skip
# (project, actor number) -> cost of its part, what it would cost it alone (k€): one partner of project 10 doesn't say
ALONE = {(2, 1): (None, 250), (2, 4): (None, 150), (2, 49): (None, 80), (2, 61): (None, 120),
         (10, 52): (600, 700), (10, 53): (300, 450), (10, 60): (300, None),
         (17, 1): (None, 300), (17, 60): (None, 120), (17, 36): (None, 100)}  # fmt: skip
SHEETS = {1: "2030-03-12", 2: "2030-11-04", 3: "2030-09-30", 4: "2029-12-15", 6: "2030-06-18", 8: "2030-10-01", 9: "2030-02-20",
          10: "2030-07-08", 11: "2029-10-05", 13: "2030-05-27", 15: "2030-10-22", 17: "2030-12-03"}  # fmt: skip
PEOPLE = ("Aliénor Brunaise", "Côme Valandrier", "Ysé Montclaret", "Barnabé Quillebec", "Solène Ferrandeau", "Gaspard Lysandre")


def project(number: int) -> str:
    return f"project:fictif:{number}"


def actor(number: int) -> str:
    return f"actor:fictif:{ACTORS[number - 1][0]}"


def territory(name: str) -> str:
    return f"territory:fictif:{name}"


def _partners(rng: random.Random) -> dict[int, list[tuple[int, str]]]:
    """Return for each project its participants and roles: the lead, funders, partners and associates, drawn once for all."""
    kinds: dict[str, list[int]] = {}
    for number, (_, kind, _) in enumerate(ACTORS, 1):
        kinds.setdefault(kind, []).append(number)
    free = [n for n, (name, _, _) in enumerate(ACTORS, 1) if name != "Compagnie du Val muet"]
    found: dict[int, list[tuple[int, str]]] = {}
    for number in range(1, len(PROJECTS) + 1):
        taken = {LEADS[number]}
        rows = [(LEADS[number], "lead")]
        money = MONEY[number]
        if money[1]:
            taken.add(4)
            rows.append((4, "funder"))
        if number % 3 == 0:
            rows.append((11, "funder"))
            taken.add(11)
        for role, count in (("partner", 3 + number % 4), ("associate", 1 + number % 2)):
            for choice in rng.sample([n for n in free if n not in taken], count):
                taken.add(choice)
                rows.append((choice, role))
        if number == 15:  # the two metropoles meet in the corridor
            rows += [(n, "partner") for n in (6, 15, 19) if n not in taken]
        if number in {2, 3} and 6 not in taken:
            rows.append((6, "partner"))
        found[number] = rows
    reached = {n for rows in found.values() for n, _ in rows}
    for place, missing in enumerate(n for n in free if n not in reached):
        found[1 + place % len(PROJECTS)].append((missing, "associate"))
    return found


def _amounts(number: int, rows: list[tuple[int, str]]) -> dict[int, int]:
    """Return each participant's contribution in euros: they add up to the budget where the plan is complete."""
    budget, regional, *_ = MONEY[number]
    if not budget:
        return {4: regional * 1000} if regional else {}
    amounts = {4: regional * 1000} if regional and any(n == 4 for n, _ in rows) else {}
    payers = [n for n, role in rows if role in {"lead", "funder"} and n != 4] + [n for n, role in rows if role == "partner"][:2]
    rest = budget * 1000 - sum(amounts.values())
    weights = [3 if n == LEADS[number] else 1 for n in payers]
    for place, payer in enumerate(payers):
        amounts[payer] = rest * weights[place] // sum(weights) // 1000 * 1000
    amounts[payers[0]] += budget * 1000 - sum(amounts.values())
    return amounts


def tables() -> dict[str, list[dict[str, object]]]:
    """Return every table, row by row, in its order."""
    rng = random.Random(20300101)
    out: dict[str, list[dict[str, object]]] = {
        "programmes": [{
            "id": PROGRAMME, "name": "Schéma de développement de Valbrume (fictif)", "acronym": "SDV (fictif)", "fictitious": "oui",
            "adopted_on": "2029-01-10", "projects_stated": 20, "reference_dates": ";".join(DATES),
            "note": "Tout est inventé : lieux, institutions, personnes, projets et montants.",
        }],
    }  # fmt: skip
    out["projects"] = [_project(number) for number in range(1, len(PROJECTS) + 1)]
    out["actors"] = [
        {"id": actor(n), "name": name, "kind": kind, "programme": PROGRAMME} for n, (name, kind, _) in enumerate(ACTORS, 1)
    ]
    out["people"] = [
        {"id": f"person:fictif:{name}", "name": name, "function": "chef de projet", "programme": PROGRAMME} for name in PEOPLE
    ]
    out |= _territories(rng)
    out |= _participations(rng)
    out["project_links"] = [
        {"source": project(a), "target": project(b), "sense": sense, "intensity": force or "", "declared_by": project(a)}
        for a, b, sense, force in LINKS
    ]
    out["declinations"] = _declinations()
    out |= _institutions()
    out |= _follow_up()
    return out


def _project(number: int) -> dict[str, object]:
    title, axis, state, since = PROJECTS[number - 1]
    names = ("budget", "regional_funding", "standalone_cost", "joint_cost", "coordination_cost")
    money = {name: "" if value is None else value * 1000 for name, value in zip(names, MONEY[number], strict=True)}
    until = {8: "2030-10-01", 19: "2030-06-01"}.get(number, "")
    basis, period, outlay = POOLING.get(number, ("", "", None))
    return {"id": project(number), "number": number, "name": title, "axis": AXES[axis], "state": state,
            "declination": DECLINATION.get(number, ""), **money, "cost_basis": basis, "cost_period": period,
            "pooling_investment": "" if outlay is None else outlay * 1000, "sheet_date": SHEETS.get(number, ""), "since": since, "until": until, "programme": PROGRAMME}  # fmt: skip


def _territories(rng: random.Random) -> dict[str, list[dict[str, object]]]:
    def row(name: str, level: str, population: int | None, **more: object) -> dict[str, object]:
        return {
            "id": territory(name),
            "name": name,
            "level": level,
            "population": population or "",
            **more,
            "programme": PROGRAMME,
        }

    towns = {name: rng.randrange(4, 90) * 100 for name in (*VALBRUME, *PLATEAU, *OMBELLE, *TOWNS, *PORT)}
    towns |= {"Valbrume": 212_000, "Port-Azimut": 148_000, "Carrebourg": 31_400, "Tréfontaine": 22_800, "Aubresque": 18_300}
    rows = [row(name, "commune", None if name in POPULATION_UNKNOWN else people) for name, people in towns.items()]
    total = {
        name: sum(towns[town] for town in group) for name, group in (("v", VALBRUME), ("p", PLATEAU), ("o", OMBELLE), ("z", PORT))
    }
    agglomeration = total["v"] + total["p"] + total["o"]
    rows += [
        row("Métropole de Valbrume (territoire)", "metropolis", total["v"], communes_stated=len(VALBRUME)),
        row("Grand Plateau", "intercommunality", total["p"], communes_stated=len(PLATEAU)),
        row("Rives d'Ombelle", "intercommunality", total["o"], communes_stated=len(OMBELLE)),
        row("Métropole de Port-Azimut (territoire)", "metropolis", total["z"], communes_stated=len(PORT)),
        row("Agglomération des Trois-Rives", "agglomeration", agglomeration),
        row("Réseau des villes de la Brume", "city_network", agglomeration + sum(towns[name] for name in TOWNS)),
        row("Partenariat Valbrume – Port-Azimut", "bimetropolitan", total["v"] + total["z"]),
        row("Région des Trois-Vallées (territoire)", "region", 1_240_000),
    ]
    valbrume, port = "Métropole de Valbrume (territoire)", "Métropole de Port-Azimut (territoire)"
    nest = [(name, valbrume) for name in VALBRUME] + [(name, "Grand Plateau") for name in PLATEAU]
    nest += [(name, "Rives d'Ombelle") for name in OMBELLE] + [(name, "Réseau des villes de la Brume") for name in TOWNS]
    nest += [(name, port) for name in PORT] + [
        (name, "Agglomération des Trois-Rives") for name in (valbrume, "Grand Plateau", "Rives d'Ombelle")
    ]
    nest += [("Agglomération des Trois-Rives", "Réseau des villes de la Brume"), (valbrume, "Partenariat Valbrume – Port-Azimut"),
             (port, "Partenariat Valbrume – Port-Azimut"), ("Réseau des villes de la Brume", "Région des Trois-Vallées (territoire)"),
             ("Partenariat Valbrume – Port-Azimut", "Région des Trois-Vallées (territoire)")]  # fmt: skip
    return {"territories": rows, "nesting": [{"source": territory(a), "target": territory(b)} for a, b in nest]}


def _participations(rng: random.Random) -> dict[str, list[dict[str, object]]]:
    rows: list[dict[str, object]] = []
    for number, people in _partners(rng).items():
        amounts = _amounts(number, people)
        for place, (who, role) in enumerate(people):
            since = PROJECTS[number - 1][3]
            late, gone = rng.random() < 0.2 and role != "lead", rng.random() < 0.1 and role in {"partner", "associate"}
            since = "2030-05-01" if late and since < "2030" else since
            cost, alone = ALONE.get((number, who), (None, None))
            rows.append({
                "source": actor(who), "target": project(number), "role": role, "amount": amounts.get(who, ""),
                "cost": "" if cost is None else cost * 1000, "standalone_cost": "" if alone is None else alone * 1000,
                "since": since if place % 7 != 6 else "", "until": "2030-11-15" if gone and since < "2030-05" else "",
            })  # fmt: skip
    for place, name in enumerate(PEOPLE):
        rows.append({"source": f"person:fictif:{name}", "target": project(1 + 3 * place), "role": "manager", "amount": "",
                     "since": "2029-01-15", "until": ""})  # fmt: skip
    return {"participations": rows}


def _declinations() -> list[dict[str, object]]:
    places = {"metropolis": "Métropole de Valbrume (territoire)", "agglomeration": "Agglomération des Trois-Rives",
              "city_network": "Réseau des villes de la Brume", "bimetropolitan": "Partenariat Valbrume – Port-Azimut",
              "region": "Région des Trois-Vallées (territoire)"}  # fmt: skip
    states = {"?": "unknown", "-": "not_declined"}
    rows = [
        {"source": project(number), "target": territory(places[word.lstrip("?-")]), "status": states.get(word[0], "declined"),
         "since": "2030-06-01" if number == 9 else "", "amount": ""}
        for number, words in SCALES.items() for word in words.split()
    ]  # fmt: skip
    towns = (*VALBRUME, *PLATEAU, *OMBELLE, *TOWNS, *PORT)
    rows += [
        {"source": project(number), "target": territory(towns[place]), "status": "declined", "since": "",
         "amount": "" if (number, place) in AMOUNT_UNKNOWN else 20_000 * (1 + place % 5)}
        for number, places_ in COMMUNES_OF.items() for place in places_
    ]  # fmt: skip
    return rows


def _institutions() -> dict[str, list[dict[str, object]]]:
    homes = {"metropole": "Métropole de Valbrume (territoire)", "plateau": "Grand Plateau", "ombelle": "Rives d'Ombelle",
             "region": "Région des Trois-Vallées (territoire)", "port": "Métropole de Port-Azimut (territoire)"}  # fmt: skip
    based = [{"source": actor(n), "target": territory(homes[home])} for n, (_, _, home) in enumerate(ACTORS, 1) if home]
    speak = [(1, "metropole"), (2, "plateau"), (3, "ombelle"), (4, "region"), (6, "port")]
    members = [(territory("Grand Plateau"), "Agglomération des Trois-Rives"), (territory("Rives d'Ombelle"), "Agglomération des Trois-Rives"),
               (territory(homes["metropole"]), "Partenariat Valbrume – Port-Azimut"), (territory(homes["port"]), "Partenariat Valbrume – Port-Azimut"),
               *((territory(name), "Réseau des villes de la Brume") for name in TOWNS)]  # fmt: skip
    return {
        "locations": based,
        "representations": [{"source": actor(n), "target": territory(homes[home])} for n, home in speak]
        + [{"source": actor(n), "target": territory(name)} for n, name in ((7, "Carrebourg"), (8, "Tréfontaine"))],
        "memberships": [{"source": who, "source_type": "Territory", "target": territory(whom), "target_type": "Territory"} for who, whom in members]
        + [{"source": f"person:fictif:{name}", "source_type": "Person", "target": actor(1 + place), "target_type": "Actor"}
           for place, name in enumerate(PEOPLE[:3])],
        "cooperations": [
            {"source": actor(1), "target": actor(6), "frame": "Accord-cadre Valbrume – Port-Azimut (fictif)", "since": "2029-12-01"},
            {"source": actor(18), "target": actor(19), "frame": "Doctorats communs (fictif)", "since": "2030-09-01"},
            {"source": actor(14), "target": actor(15), "frame": "Mission commune à l'export (fictif)", "since": "2029-06-01"},
        ],
    }  # fmt: skip


def _follow_up() -> dict[str, list[dict[str, object]]]:
    def passages(kind: str, rows: tuple[tuple[int, str], ...], **more: object) -> list[dict[str, object]]:
        return [{"id": f"{kind}:fictif:{n}:{place}", "text": text, **more} for place, (n, text) in enumerate(rows, 1)]

    dated = (
        (2, "Signature du pacte", "2029-10-01", "2029-12-31", "fin 2029"),
        (15, "Ouverture du corridor", "2030-06-21", "2030-09-22", "été 2030"),
        (3, "Première promotion du campus", "2030-09-01", "2030-09-30", "septembre 2030"),
        (9, "Mise en eau de la station pilote", "2031-03-01", "2031-03-31", "mars 2031"),
        (13, "Première cohorte de l'accélérateur", "2031-01-01", "2031-03-31", "premier trimestre 2031"),
        (5, "Livraison du premier îlot", "2031-10-01", "2031-12-31", "fin 2031"),
        (14, "Mise en ligne de l'hôtel de la donnée", "2030-11-15", "2030-11-15", "15 novembre 2030"),
        (12, "Publication des premières cartes", "2031-02-01", "2031-02-28", "février 2031"),
        (20, "Raccordement des trois premières communes", "2031-06-21", "2031-09-22", "été 2031"),
        (6, "Ouverture de la plateforme", "2030-12-01", "2030-12-31", "décembre 2030"),
        (4, "Centième logement rénové", "", "", "dès que possible"),
        (16, "Première rentrée de l'école", "2031-09-01", "2031-09-30", "rentrée 2031"),
        (2, "Bilan à mi-parcours", "2031-01-01", "2031-12-31", "2031"),
        (1, "Ouverture du guichet en ligne", "2030-10-01", "2030-10-31", "octobre 2030"),
    )
    milestones = tuple((n, text) for n, text, *_ in dated)
    risks = (
        (2, "Changement d'exécutif"),
        (5, "Retard du chantier"),
        (9, "Sécheresse prolongée"),
        (17, "Désaccord sur les clés de répartition"),
    )
    deliverables = ((2, "Rapport annuel sur la déclinaison"), (12, "Carte des mobilités"))
    indicators = (
        (2, "Nombre de projets déclinés"),
        (2, "Financements régionaux obtenus (k€)"),
        (17, "Économies de la mutualisation (k€)"),
    )
    values = ((1, "2030-01-01", 6, "projets"), (1, "2031-01-01", 8, "projets"), (2, "2030-01-01", 3900, "k€"), (2, "2031-01-01", 6120, "k€"),
              (3, "2031-01-01", 180, "k€"))  # fmt: skip
    out: dict[str, list[dict[str, object]]] = {
        "milestones": [
            row | {"date_from": a, "date_to": b, "date_text": t}
            for row, (_, _, a, b, t) in zip(passages("milestone", milestones), dated, strict=True)
        ],
        "risks": passages("risk", risks),
        "deliverables": passages("deliverable", deliverables, date_from="2030-06-21", date_to="2030-09-22", date_text="été 2030"),
        "indicators": passages("indicator", indicators, family="quantitative"),
        "observations": [
            {"id": f"observation:fictif:{n}:{day}", "value": value, "unit": unit, "observed_on": day} for n, day, value, unit in values
        ],
    }  # fmt: skip
    for table, kind, rows in (("project_milestones", "milestone", milestones), ("project_risks", "risk", risks),
                              ("project_deliverables", "deliverable", deliverables), ("project_indicators", "indicator", indicators)):  # fmt: skip
        out[table] = [{"source": project(n), "target": f"{kind}:fictif:{n}:{place}"} for place, (n, _) in enumerate(rows, 1)]
    owners = {place: n for place, (n, _) in enumerate(indicators, 1)}
    out["indicator_observations"] = [
        {"source": f"indicator:fictif:{owners[n]}:{n}", "target": f"observation:fictif:{n}:{day}"} for n, day, _, _ in values
    ]
    return out


CARD = """id = "source:cas:fictif"
name_fr = "Schéma fictif de Valbrume (tout est inventé)"
name_en = "Fictitious scheme of Valbrume (all of it invented)"
publisher = "Pacte Graph"
licence = "Apache-2.0"
scope = "20 projets, leurs acteurs et leurs territoires : lieux, institutions, personnes et montants inventés"
vintage = "2031-01-01"
fictitious = true
"""


def write(folder: Path) -> None:
    """Write the case's tables and its card."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables().items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
            writer.writeheader()
            writer.writerows(rows)
    (folder / "source.toml").write_text(CARD, encoding="utf-8")


if __name__ == "__main__":
    here = Path(__file__).resolve().parents[1] / "pacte_graph" / "cases" / "fictitious"
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else here)
