"""The second pass: projects, organisations, communes and their links, as records, for one programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.cordis.columns import ACTOR, PROJECT, Participation
from importers.cordis.options import Options
from importers.cordis.places import commune
from importers.cordis.survey import Survey, Triple
from importers.cordis.values import KINDS, READERS, ROLES, remark, unstated_cost
from importers.typed import Reading
from pacte_graph import ids
from pacte_graph.records import LinkRecord, NodeRecord, Ref, Where

NAMES = {
    "h2020": {"name": "Horizon 2020", "acronym": "H2020"},
    "horizon-europe": {"name": "Horizon Europe"},
}
_SINCE, _TOWN, _COUNTRY, _POSTCODE = (
    PROJECT.index("since"),
    ACTOR.index("town"),
    ACTOR.index("country"),
    ACTOR.index("postcode"),
)
_PLACE, _NAME, _AXIS = ACTOR.index("geolocation"), ACTOR.index("name"), PROJECT.index("axis")


class Records:
    """The records of one programme. ``nodes`` and ``links`` stream; what has no meaning is listed as they are read."""

    def __init__(self, survey: Survey, options: Options, programme: str) -> None:
        self.survey, self.options, self.programme = survey, options, programme
        self.read = Reading(READERS, survey.strange)
        self._based: dict[str, tuple[str | None, str]] = {}
        default = survey.default(options.programme)
        mine = {project for project in survey.projects if survey.stated.get(project, default) == programme}
        self.total = len(mine)
        self.projects = self._kept(mine)
        whole = len(self.projects) == len(survey.projects)
        taking = (actor for project, actor, _ in survey.taking if project in self.projects)
        self.actors = set(survey.actors) if whole else set(taking)

    def nodes(self) -> Iterator[NodeRecord]:
        """Return the programme, its projects, the organisations that take part in them, and the communes they are in."""
        yield NodeRecord("Programme", self._ref.id, NAMES[self.programme], (self.survey.where((0, 1)),))
        for project in self.survey.projects:
            if project in self.projects:
                yield self._project(project)
        for actor in self.survey.actors:
            if actor in self.actors:
                yield self._actor(actor)
        if known := self.options.communes:
            for code in sorted({code for code in map(self.based_in, self.actors) if code}):
                told = {"name": known.by_code[code].name, "level": "commune", "insee_code": code}
                yield NodeRecord("Territory", _territory(code).id, told, (self._map(),))

    def links(self) -> Iterator[LinkRecord]:
        """Return who is part of the programme, who is based where, and who takes part in what."""
        for label, found, kept in (("Project", self.survey.projects, self.projects), ("Actor", self.survey.actors, self.actors)):
            for id_ in found:
                if id_ in kept:
                    places = tuple(map(self.survey.where, found.kept(id_).places))
                    yield LinkRecord("PART_OF", Ref(label, id_), self._ref, {}, places)
                    code = self.based_in(id_) if label == "Actor" else None
                    if code:
                        yield LinkRecord("BASED_IN", Ref(label, id_), _territory(code), {}, (*places, self._map()))
        yield from self._participations()

    def based_in(self, actor: str) -> str | None:
        """Return the commune where an organisation is certainly based, or None."""
        return self._place(actor)[0]

    def _map(self) -> Where:
        """Return the place of what the communes' file states."""
        return Where(self.options.communes.file if self.options.communes else "")

    @property
    def _ref(self) -> Ref:
        return Ref("Programme", ids.make("programme", self.programme))

    def _kept(self, projects: set[str]) -> set[str]:
        """Return the projects that pass every filter."""
        options, survey = self.options, self.survey
        if options.since:
            projects = {project for project in projects if self._starts(project)}
        if options.near:
            around = {actor for actor in survey.actors if self.based_in(actor) in options.around}
            projects = projects & {project for project, actor, _ in survey.taking if actor in around}
        if options.countries:
            there = {actor for actor in survey.actors if _upper(survey.actors.kept(actor).values[_COUNTRY]) in options.countries}
            projects = projects & {project for project, actor, _ in survey.taking if actor in there}
        return projects

    def _starts(self, project: str) -> bool:
        kept = self.survey.projects.kept(project)
        since = self.read.value("since", kept.values[_SINCE], self.survey.where(kept.places[0]))
        return since is not None and self.options.since is not None and since >= self.options.since

    def _place(self, actor: str) -> tuple[str | None, str]:
        if self.options.communes is None:
            return None, ""
        found = self._based.get(actor)
        if found is None:
            kept = self.survey.actors.kept(actor)
            texts = kept.values
            position = self.read.value("geolocation", texts[_PLACE], self.survey.where(kept.places[0]))
            words = {"town": texts[_TOWN], "country": _upper(texts[_COUNTRY]), "postcode": texts[_POSTCODE].strip()}
            found = self._based[actor] = commune(self.options.communes, position, **words)
        return found

    def _project(self, project: str) -> NodeRecord:
        kept = self.survey.projects.kept(project)
        where = tuple(map(self.survey.where, kept.places))
        told = self.read.properties(PROJECT, kept.values, where[0])
        if "url" in told and not told["url"].startswith("http"):
            told["url"] = f"https://doi.org/{told['url']}"  # grantDoi is a bare DOI
        if unstated_cost(told.get("budget"), told.get("grant")):
            del told["budget"]
        parts = self.survey.axes.get(project, {})
        if parts:
            told["axis"] = "; ".join(dict.fromkeys([*([told["axis"]] if "axis" in told else []), *sorted(parts)]))
            where += tuple(map(self.survey.where, parts.values()))
        note = remark((*PROJECT[1:], "acronym"), (*kept.others[1:], kept.others[0]))
        return NodeRecord("Project", project, _with(told, note=note), where)

    def _actor(self, actor: str) -> NodeRecord:
        kept = self.survey.actors.kept(actor)
        where = tuple(map(self.survey.where, kept.places))
        told = self.read.properties(ACTOR, kept.values, where[0])
        told.pop("postcode", None)
        position = told.pop("geolocation", None)
        if position:
            told["latitude"], told["longitude"] = position
        kind = KINDS.get(_upper(told.get("kind_stated", "")))
        if kind:
            told["kind"] = kind
        aliases = list(dict.fromkeys(name for name in map(self._name, kept.others[_NAME]) if name and name != told.get("name")))
        note = " ".join(part for part in (remark(ACTOR, kept.others), self._place(actor)[1]) if part)
        return NodeRecord("Actor", actor, _with(told, aliases=aliases, note=note), where)

    def _name(self, text: str) -> str:
        found: str = self.read.value("name", text, Where("")) or ""
        return found

    def _participations(self) -> Iterator[LinkRecord]:
        seen: dict[Triple, list[tuple[Any, ...]]] = {}
        for number, taken, triple in self.survey.participations():
            project, actor, role = triple
            if project not in self.projects:
                continue
            where = self.survey.where((number, taken.line))
            told = self._money(taken, where)
            stated = ROLES.get(role.casefold())
            key = role
            if triple in self.survey.repeated:
                key = self._apart(role, told, seen.setdefault(triple, []))
            if role:
                told["role_stated"] = role
            if stated:
                told["role"] = stated
            yield LinkRecord("TAKES_PART_IN", Ref("Actor", actor), Ref("Project", project), told, (where,), key)

    def _apart(self, role: str, told: dict[str, Any], seen: list[tuple[Any, ...]]) -> str:
        """Return the key of a role that is written several times: the same for the same words, ``:2``… for other ones."""
        words = tuple(sorted(told.items()))
        if words not in seen:
            seen.append(words)
        rank = seen.index(words) + 1
        if rank == 1:
            return role
        told["note"] = " ".join([*([told["note"]] if "note" in told else []), f"Même rôle, écrit autrement ({rank}e fois)."])
        return f"{role}:{rank}"

    def _money(self, taken: Participation, where: Where) -> dict[str, Any]:
        """Return amount and cost; the net contribution, where it differs, and an early end are said in the note."""
        told = self.read.properties(("amount", "cost", "net", "ended"), taken.money, where)
        net, ended = told.pop("net", None), told.pop("ended", None)
        if unstated_cost(told.get("cost"), told.get("amount") or net):
            del told["cost"]
        note = f"Contribution nette : {net:.2f} €." if net is not None and net != told.get("amount", 0.0) else ""
        if ended:
            note = f"{note} Participation terminée avant la fin du projet.".strip()
        return _with(told, note=note)


def _with(told: dict[str, Any], **more: Any) -> dict[str, Any]:
    return told | {name: value for name, value in more.items() if value}


def _upper(text: str) -> str:
    return text.strip().upper()


def _territory(code: str) -> Ref:
    return Ref("Territory", ids.make("territory", "insee", code))
