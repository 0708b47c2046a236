"""Who is touched, which projects are late and which milestones slip: lists and tables, names leading to the explorer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from dashapp.address import href
from dashapp.explorer.formatting import date, number
from dashapp.explorer.naming import caption
from dashapp.i18n import plural
from dashapp.indicators.leverage import euros
from dashapp.indicators.section import plain_table
from dashapp.indicators.whatif.compared import SHARE, written
from dashapp.indicators.whatif.words import MONTHS, MORE, UNKNOWN_AMOUNTS, say
from pacte_graph.network.model import Milestone, Network

if TYPE_CHECKING:
    from pacte_graph.metrics.whatif import Slip, WhatIf

TOUCHED = ("orphans", "deserted", "leaving_giant", "uncovered")
SHOWN = 60
"""Names of a list that are written; the others are counted."""


def pull(found: WhatIf, lang: str) -> list[Component]:
    """Return the linear reading: what the others lose, and the share lost by each kind of actor in a fold."""
    told = found.pull["removed"]
    if not told:
        return []
    share, net = (None if told[key] is None else written(told[key], SHARE, lang) for key in ("share", "net_share"))
    said = say("share", lang, share=share) if net is None else say("net_share", lang, share=share, net=net)
    kinds = sorted((row for row in told["by_kind"] if row["share"] is not None), key=lambda row: (-row["share"], row["kind"]))
    cells = [[row["label"].get(lang), written(row["share"], SHARE, lang)] for row in kinds]
    table = plain_table([say("kind", lang), say("lost", lang)], cells, numbers=frozenset({1}))
    fold = html.Details([html.Summary(say("pull_kinds", lang)), table], className="fold")
    return [html.H3(say("pull", lang)), html.P(said), *([fold] if cells else [])]


def touched(found: WhatIf, state: Mapping[str, str]) -> list[Component]:
    """Return the structural reading: who is left without what, by name, and the money of what goes."""
    told, lang = found.structure, state["lang"]
    if told is None:
        return []
    rows: list[tuple[str, Any]] = []
    for key in TOUCHED:
        names = [item["id"] for item in told[key]]
        rows.append((key, [f"{number(len(names), lang)} ", named(names, found.before, state)] if names else say("none", lang)))
    counts = {key: number(told[f"components_{key}"], lang) for key in ("before", "after")}
    rows.append(("parts", say("from_to", lang, **counts)))
    projects = any(found.before.by_id[item["id"]].label == "Project" for item in told["removed"])
    rows += [
        ("budget_lost", _money(told["amount"], told["amounts_unknown"], lang) if projects else say("no_project", lang)),
        ("regional_lost", _money(told["regional"], told["regional_unknown"], lang) if projects else say("no_project", lang)),
    ]
    parts = [part for key, text in rows for part in (html.Dt(say(key, lang)), html.Dd(text))]
    return [html.H3(say("structure", lang)), html.Dl(parts, className="whatif-touched")]


def _money(amount: float | None, unknown: int, lang: str) -> str:
    """Return what is known, and how many amounts aren't: never zero in their place."""
    missing = plural(*UNKNOWN_AMOUNTS, unknown, lang, number(unknown, lang)) if unknown else ""
    if amount is None:
        return missing or say("unknown", lang)
    return f"{euros(amount, lang)} ({missing})" if missing else euros(amount, lang)


def named(ids: Sequence[str], network: Network, state: Mapping[str, str]) -> Component:
    """Return names as links to the explorer, the first SHOWN of them by name; the others are counted."""
    lang = state["lang"]
    ordered = sorted(ids, key=lambda name: (caption(network.by_id[name], lang).casefold(), name))
    parts: list[Any] = [html.Li(link(name, network, state)) for name in ordered[:SHOWN]]
    if len(ordered) > SHOWN:
        parts.append(html.Li(plural(*MORE, len(ordered) - SHOWN, lang, number(len(ordered) - SHOWN, lang))))
    return html.Ul(parts, className="whatif-names")


def link(name: str, network: Network, state: Mapping[str, str]) -> Component:
    """Return a node's name, which leads to it on the explorer."""
    text = caption(network.by_id[name], state["lang"])
    return html.A(text, href=href("/explorateur", state, select=name, focus=name))


def late(found: WhatIf, state: Mapping[str, str]) -> list[Component]:
    """Return the late projects with their dates before and after."""
    lang = state["lang"]
    if not found.moved:
        return []
    headings = [say(key, lang) for key in ("project", "months", "since", "until")]
    cells = [
        [link(one.id, found.before, state), number(one.months, lang), _moved(one.since, lang), _moved(one.until, lang)]
        for one in found.moved
    ]
    return [html.H3(say("late", lang)), plain_table(headings, cells, numbers=frozenset({1}))]


def _moved(pair: tuple[dt.date | None, dt.date | None], lang: str) -> str:
    before, after = pair
    if before is None or after is None:
        return say("unknown", lang)
    if before == after:
        return say("stays", lang, date=date(before, lang))
    return say("moved", lang, before=date(before, lang), after=date(after, lang))


def milestones(found: WhatIf, state: Mapping[str, str]) -> list[Component]:
    """Return the milestones that slip, those for sure first, with their old and new dates and by whom the delay comes."""
    lang = state["lang"]
    if not found.changes.delays:
        return []
    title = html.H3(say("milestones", lang))
    if not found.slips:
        return [title, html.P(say("no_milestone", lang))]
    headings = [say(key, lang) for key in ("milestone", "sure", "old_date", "new_date", "via")]
    cells = [_slip(slip, found.before, lang) for slip in sorted(found.slips, key=lambda slip: not slip.sure)]
    table = plain_table(headings, cells)
    note = [] if all(slip.sure for slip in found.slips) else [html.P(say("sure_note", lang), className="indicator-note")]
    return [title, table, *note]


def _slip(slip: Slip, network: Network, lang: str) -> list[str]:
    via = " → ".join(caption(network.by_id[name], lang) for name in slip.via)
    told = slip.as_dict()["after"][lang]
    later = plural(*MONTHS, slip.months, lang, number(slip.months, lang))
    known = slip.date_from or slip.date_to
    new = told if known else say("later", lang, months=later)
    return [slip.milestone.text, say("sure.yes" if slip.sure else "sure.no", lang), planned(slip.milestone, lang), new, via]


def planned(step: Milestone, lang: str) -> str:
    """Return when a milestone is planned: as its source wrote it in French, from its dates in English."""
    from pacte_graph.metrics.whatif.dates import period  # scipy: not needed before the first number

    known = step.date_from or step.date_to
    return step.date_text if step.date_text and (lang == "fr" or not known) else period(step.date_from, step.date_to).get(lang)
