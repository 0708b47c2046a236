"""Sentences of what came, went and lasted between two dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pacte_graph.metrics import words
from pacte_graph.network.model import Node
from pacte_graph.schema.kinds import Words

TIES = {
    "cooperations": (Words("coopération", "tie of cooperation"), Words("coopérations", "ties of cooperation")),
    "participations": (Words("participation", "participation"), Words("participations", "participations")),
}
NODES = {
    "actors": (Words("acteur", "actor"), Words("acteurs", "actors")),
    "projects": (Words("projet", "project"), Words("projets", "projects")),
}
Pair = tuple[Words, Words]


def day(date: dt.date) -> Words:
    """Return a date as it is said: the year alone for a first of January."""
    if (date.month, date.day) == (1, 1):
        return Words(str(date.year), str(date.year))
    return Words(f"le {date:%d/%m/%Y}", date.isoformat())


def period(before: dt.date, after: dt.date) -> Words:
    """Return the two dates, for the end of a sentence."""
    return Words(f"du {before:%d/%m/%Y} au {after:%d/%m/%Y}", f"from {before.isoformat()} to {after.isoformat()}")


def since(before: dt.date) -> Words:
    """Return ``Depuis 2030``."""
    said = day(before)
    return Words(f"Depuis {said.fr}", f"Since {said.en}")


def lasted(kept: int, whole: int, noun: Pair) -> Words:
    """Return ``8 coopérations sur 10 ont duré``; with nothing to last, that none was there."""
    if not whole:
        return Words(f"aucune {noun[0].fr} n'existait alors", f"no {noun[0].en} was there then")
    many, total = words.count(kept, *noun), words.number(whole)
    shown = words.number(kept)
    have = "have" if kept != 1 else "has"
    return Words(f"{many.fr} sur {total.fr} {_have(kept)} duré", f"{shown.en} of {total.en} {noun[1].en} {have} lasted")


def new(born: int, *, with_entrants: int | None = None) -> Words:
    """Return ``14 sont nouvelles dont 9 avec des entrants``."""
    if not born:
        return Words("aucune n'est nouvelle", "none is new")
    shown = words.number(born)
    verb = Words("est nouvelle" if born < 2 else "sont nouvelles", "is new" if born == 1 else "are new")
    if with_entrants is None:
        return Words(f"{shown.fr} {verb.fr}", f"{shown.en} {verb.en}")
    part = words.number(with_entrants)
    if not with_entrants:
        more = Words(" sans entrant", " without any entrant")
    else:
        more = Words(f" dont {part.fr} avec des entrants", f", {part.en} of them with entrants")
    return Words(f"{shown.fr} {verb.fr}{more.fr}", f"{shown.en} {verb.en}{more.en}")


def ceased(died: int) -> Words:
    """Return ``2 ont cessé``."""
    if not died:
        return Words("aucune n'a cessé", "none has ceased")
    shown = words.number(died)
    return Words(f"{shown.fr} {_have(died)} cessé", f"{shown.en} {'has' if died == 1 else 'have'} ceased")


def moved(kind: str, count: int, how: str) -> Words:
    """Return ``5 acteurs sont entrés``, ``1 projet s'est achevé``… ``how``: entered, left or stayed."""
    shown = words.count(count, *NODES[kind])
    several = count > 1
    verbs = {
        ("actors", "entered"): Words("sont entrés" if several else "est entré", "came in"),
        ("actors", "left"): Words("sont sortis" if several else "est sorti", "went out"),
        ("actors", "stayed"): Words("sont restés" if several else "est resté", "stayed"),
        ("projects", "entered"): Words("ont commencé" if several else "a commencé", "began"),
        ("projects", "left"): Words("se sont achevés" if several else "s'est achevé", "ended"),
        ("projects", "stayed"): Words("continuent" if several else "continue", "went on"),
    }[kind, how]
    return Words(f"{shown.fr} {verbs.fr}", f"{shown.en} {verbs.en}")


def named(nodes: Sequence[Node]) -> Words:
    """Return the first names between brackets; nothing where there is none."""
    if not nodes:
        return Words("", "")
    french, english = (
        words.listed([words.quoted(node).get(language) if at < 3 else "" for at, node in enumerate(nodes)], language)
        for language in ("fr", "en")
    )
    return Words(f" : {french}", f": {english}")


def _have(count: int) -> str:
    return "ont" if count > 1 else "a"
