"""What was gathered of the ANR's tables, as records: the programme, projects, organisations and their links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.anr.options import Options
from importers.anr.survey import COUNTED, STATED, Body, Survey, Taking
from importers.decoding import date, folded
from importers.typed import Reader, Reading, money, stamp
from pacte_graph import ids
from pacte_graph.records import LinkRecord, NodeRecord, Ref, Where

NAMES = {
    "pia": {"name": "Investissements d'avenir (PIA) – ANR", "acronym": "PIA"},
    "dos": {"name": "Plan d'action – ANR", "acronym": "ANR"},
}
KINDS = {
    folded(text): kind
    for kind, texts in {
        "university": (
            "Universités, INSA et INP",
            "Grandes écoles publiques",
            "COMUE Pôle de recherche et d'Enseignement supérieur",
            "ENS et grands établissements",
            "Autres écoles (privées)",
            "IEP",
        ),
        "research": ("Organismes de type EPST", "Organismes de type EPIC"),
        "company": ("Entreprises Privées",),
        "association": ("Associations",),
        "competitiveness_cluster": ("Pôles de compétitivité",),
        "local_authority": ("Collectivités",),
        "state": ("Ministères",),
    }.items()
    for text in texts
}
"""The other categories (hospitals, foundations, observatories, abroad…) cover several of our kinds: none is guessed."""
SHOWN = {"kind_stated": "catégorie", "town": "ville", "country": "pays"}
READERS: dict[str, Reader] = {"grant": money, "amount": money, "since": lambda text: date(stamp(text))}


class Records:
    """The records of one source. ``nodes`` and ``links`` stream; what has no meaning is listed as they are read."""

    def __init__(self, survey: Survey, options: Options) -> None:
        self.survey = survey
        self.read = Reading(READERS, survey.strange)
        self.projects = self._kept(options)
        self.actors = {actor for project, actor in survey.takings if project in self.projects}

    def nodes(self) -> Iterator[NodeRecord]:
        """Return the programme, its projects and the organisations that take part in them."""
        yield NodeRecord("Programme", self._ref.id, NAMES[self.survey.programme], (self.survey.where((0, 1)),))
        for project in self.survey.projects:
            if project in self.projects:
                yield self._project(project)
        for actor, body in self.survey.bodies.items():
            if actor in self.actors:
                yield NodeRecord("Actor", actor, _body(body), self._places(body.shown_places()))

    def links(self) -> Iterator[LinkRecord]:
        """Return who is part of the programme and who takes part in what."""
        for project in self.survey.projects:
            if project in self.projects:
                yield LinkRecord("PART_OF", Ref("Project", project), self._ref, {}, self._where(project))
        for actor, body in self.survey.bodies.items():
            if actor in self.actors:
                yield LinkRecord("PART_OF", Ref("Actor", actor), self._ref, {}, self._places(body.places[:1]))
        for (project, actor), taking in self.survey.takings.items():
            if project in self.projects:
                told = self._taking(taking)
                places = self._places(taking.places)
                yield LinkRecord("TAKES_PART_IN", Ref("Actor", actor), Ref("Project", project), told, places, told["role"])

    @property
    def _ref(self) -> Ref:
        return Ref("Programme", ids.make("programme", "anr", self.survey.programme))

    def _kept(self, options: Options) -> set[str]:
        """Return the projects that pass every filter."""
        kept = set(self.survey.projects)
        if options.since:
            since = options.since
            kept = {project for project in kept if (start := self._stated(project).get("since")) is not None and start >= since}
        for name, wanted in (("country", options.countries), ("region", options.regions)):
            if wanted:
                there = {actor for actor, body in self.survey.bodies.items() if wanted & set(map(folded, body.counts[name]))}
                kept &= {project for project, actor in self.survey.takings if actor in there}
        return kept

    def _stated(self, project: str) -> dict[str, Any]:
        return self.read.properties(STATED, self.survey.projects.kept(project).values, self._where(project)[0])

    def _project(self, project: str) -> NodeRecord:
        told = self._stated(project)
        english = told.pop("english", None)
        if english and "name" not in told:
            told["name"] = english
        others = [
            f"{name} = {', '.join(texts)}"
            for name, texts in zip(STATED, self.survey.projects.kept(project).others, strict=True)
            if texts and name != "english"
        ]
        if others:
            told["note"] = f"Aussi écrit : {' ; '.join(others)}."
        return NodeRecord("Project", project, told, self._where(project))

    def _taking(self, taking: Taking) -> dict[str, Any]:
        """Return a participation: lead if one of its rows coordinates; its partner codes are in the note."""
        where = self.survey.where(taking.places[0])
        amounts = [self.read.value("amount", text, where) for text in taking.amounts.values()]
        found = [amount for amount in amounts if amount is not None]
        codes = [code for code in taking.codes if code]
        note = [f"Code partenaire : {', '.join(codes)}."] if codes else []
        if taking.leads and len(codes) > 1:
            note.append(f"Coordonne : {', '.join(filter(None, taking.leads))}.")
        if len(found) > 1:
            note.append(f"Montant : somme de {len(found)} partenaires.")
        told: dict[str, Any] = {"role": "lead" if taking.leads else "partner"}
        if taking.stated:
            told["role_stated"] = f"Est_coordinateur = {bool(taking.leads)}"
        return told | ({"amount": sum(found)} if found else {}) | ({"note": " ".join(note)} if note else {})

    def _where(self, project: str) -> tuple[Where, ...]:
        return self._places(self.survey.projects.kept(project).places)

    def _places(self, places: Any) -> tuple[Where, ...]:
        return tuple(map(self.survey.where, places))


def _body(body: Body) -> dict[str, Any]:
    """Return an organisation's properties: what is written most often, the rest in the note."""
    told: dict[str, Any] = {"name": body.name}
    told |= {name: body.kept(name) for name in COUNTED if name != "region" and body.kept(name)}
    kind = KINDS.get(folded(told.get("kind_stated", "")))
    others = [f"{shown} = {', '.join(body.others(name))}" for name, shown in SHOWN.items() if body.others(name)]
    return told | ({"kind": kind} if kind else {}) | ({"note": f"Aussi écrit : {' ; '.join(others)}."} if others else {})
