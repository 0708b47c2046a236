"""The section « Et si… ? » of the page of indicators: the form, and what its address supposes, said before it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from dashapp.address import day
from dashapp.alerts import alert, notice
from dashapp.explorer.formatting import number
from dashapp.i18n import plural
from dashapp.indicators.section import sentences
from dashapp.indicators.whatif import compared, lists, svg
from dashapp.indicators.whatif.asking import Supposed, asked, checked
from dashapp.indicators.whatif.form import form
from dashapp.indicators.whatif.surroundings import Surroundings, surroundings
from dashapp.indicators.whatif.words import LEFT_OUT, say
from pacte_graph.errors import PacteError
from pacte_graph.network.model import Scope

if TYPE_CHECKING:
    from dashapp.services import Services
    from pacte_graph.metrics.whatif import WhatIf

KEY = "whatif"


def section(services: Services, state: Mapping[str, str]) -> Component:
    """Return the section. Nothing is computed before something is supposed; what can't be is a sentence in its place."""
    lang, scope = state["lang"], Scope(state["programme"], day(state))
    title = html.H2(say("whatif", lang), id=KEY, tabIndex=-1)
    supposed = Supposed()
    try:
        network = services.network(scope)
        try:
            supposed = asked(state)
            checked(network, supposed)
            below = answer(services.what_if(scope, supposed), state) if supposed else [notice(say("start", lang))]
        except PacteError as error:
            below = [html.Div(alert(error, lang), id="whatif-answer", tabIndex=-1)]
        body = [form(network, supposed, state), *below]
    except PacteError as error:
        body = [alert(error, lang)]
    return html.Section([title, *body], className="indicator whatif", **{"aria-labelledby": KEY})


def answer(found: WhatIf, state: Mapping[str, str]) -> list[Component]:
    """Return the answer: sentences, then numbers, lists and the picture."""
    from pacte_graph.metrics.whatif.model import LIMITS  # scipy: not needed before the first number

    lang = state["lang"]
    limits = f"{LIMITS.get(lang)} {say('not_written', lang)}"
    return [
        html.H3(say("answer", lang), id="whatif-answer", className="whatif-title", tabIndex=-1),
        sentences(*(said.get(lang) for said in found.sentences), lang=lang),
        html.P(limits, className="indicator-note"),
        *compared.draw(found, lang),
        *lists.pull(found, lang),
        *lists.touched(found, state),
        *picture(found, lang),
        *lists.late(found, state),
        *lists.milestones(found, state),
    ]


def picture(found: WhatIf, lang: str) -> list[Component]:
    """Return the picture of what lies around the removed nodes, with what it leaves out; nothing when none is removed."""
    if not found.changes.removed or not found.structure:
        return []
    struck = [item["id"] for key in ("orphans", "deserted", "uncovered") for item in found.structure[key]]
    around = surroundings(found.before, found.changes.removed, struck, lang)
    counts = [number(len(column) + left, lang) for column, left in zip(around.columns, around.left_out, strict=True)]
    alt = say("picture_alt", lang, **dict(zip(("removed", "near", "far"), counts, strict=True)))
    image = html.Img(src=svg.address(svg.draw(around, alt, lang)), alt=alt, className="whatif-picture")
    lone = [] if around.columns[1] else [say("picture_none", lang)]
    note = " ".join([*lone, *left_out(around, lang), say("picture_note", lang)])
    return [
        html.H3(say("picture", lang)),
        html.Div(image, className="whatif-frame", tabIndex=0),
        html.P(note, className="indicator-note"),
    ]


def left_out(around: Surroundings, lang: str) -> list[str]:
    """Return what each column leaves out, in words."""
    return [
        say("left_out", lang, column=say(f"column.{at}", lang), left=plural(*LEFT_OUT, left, lang, number(left, lang)))
        for at, left in enumerate(around.left_out)
        if left
    ]
