"""What is compared and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pacte_graph.schema.kinds import Words

Certainty = Literal["certain", "probable"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A node that may be another's duplicate. What is unknown is empty.

    ``country``: a code or a name in whatever language; ``town``: as written; ``identifiers``: by scheme (``siren``, ``siret``,
    ``vat``, ``pic``, ``rna``, ``ror``, ``insee_code``; others are ignored); ``aliases``: other names; ``group``: the level of a
    territory or the kind of an actor; ``projects``: ids of what it takes part in; coordinates in degrees, WGS 84.
    """

    id: str
    label: str
    name: str
    country: str = ""
    town: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    group: str = ""
    latitude: float | None = None
    longitude: float | None = None
    postcode: str = ""
    projects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two nodes of one label that may be one; ``first`` < ``second``.

    ``score`` (0 to 1) ranks proposals; on the measured file's held-out half about half of the pairs from 0.34 to 0.5 were one
    body, three quarters from 0.7 to 0.94, 96 % above. ``certain`` is narrower than a high score. ``reasons``: sentences, those
    that speak for the pair first.
    """

    label: str
    first: str
    second: str
    score: float
    certainty: Certainty
    reasons: tuple[Words, ...]
