"""From the address to a question put: which query, with which parameters, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashapp.address import href
from pacte_graph.queries import QueryParameter, SavedQuery

PREFIX = "p."


@dataclass(frozen=True, slots=True)
class Asked:
    """A saved query and the parameters that the address gives, as texts; ``missing`` must be chosen before it can run."""

    query: SavedQuery
    given: Mapping[str, str]
    missing: tuple[QueryParameter, ...]


def asked(query: SavedQuery, state: Mapping[str, str]) -> Asked:
    """Return the question an address puts; ``programme`` comes from the scope, keys the query doesn't have are left out."""
    given = {item.name: text for item in query.parameters if (text := state.get(PREFIX + item.name))}
    if any(item.name == "programme" for item in query.parameters) and state.get("programme"):
        given["programme"] = state["programme"]
    needed = tuple(item for item in query.parameters if item.name not in given and item.default is None and not item.optional)
    return Asked(query, given, needed)


def formed(query: SavedQuery) -> tuple[QueryParameter, ...]:
    """Return the parameters that have a field: all but the programme, which the page's header chooses."""
    return tuple(item for item in query.parameters if item.name != "programme")


def page_state(question: Asked) -> dict[str, str]:
    """Return the keys of the address that put this question again, here and on the explorer."""
    return {"q": question.query.name, **{PREFIX + k: v for k, v in sorted(question.given.items()) if k != "programme"}}


def explorer_href(question: Asked, state: Mapping[str, str]) -> str:
    """Return the address of the explorer with this answer marked (the explorer gives the query its programme itself)."""
    both = {PREFIX + key: value for key, value in sorted(question.given.items())}
    return href("/explorateur", state, q=question.query.name, **both)


def export_href(question: Asked, state: Mapping[str, str], kind: str) -> str:
    """Return the address that downloads this answer as ``csv``, ``json`` or ``xlsx``."""
    return href(f"/telecharger/{question.query.name}.{kind}", state, **page_state(question))
