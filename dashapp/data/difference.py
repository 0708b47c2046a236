"""What an upload will change, or changed: counts, values old and new, disagreements, duplicates, rows refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashapp.address import href
from dashapp.alerts import notice, sentence
from dashapp.data.jobs import Job
from dashapp.data.parts import fold, foreign, short, spoken, table
from dashapp.data.words import say
from dashapp.explorer.formatting import number, value_text
from pacte_graph import loading
from pacte_graph.errors import PacteError, in_language
from pacte_graph.loading import Counts, Plan, Report, Vanished
from pacte_graph.loading.keys import Key, LinkKey
from pacte_graph.records import NotUnderstood, Ref, Rejected
from pacte_graph.schema import LINKS, NODES, Property

COUNTED = ("created", "changed", "unchanged", "removed")
"""What is counted of a load, in the order it is told."""
DOUBT = "doubt"
"""The fate of a fact whose row was refused this time: kept, and never counted as gone."""


def job_view(job: Job | None, state: Mapping[str, str]) -> list[Component]:
    """Return what an upload is at: under way, ready to confirm, done, or refused with the sentence that says why."""
    lang = state["lang"]
    if job is None:
        return [notice(say("gone", lang), kind="warning", role="alert")]
    if job.busy:
        return [_working(job, lang)]
    if job.stage == "failed" and job.error is not None:
        return [refusal(job, job.error, lang), html.Div(_again(lang), className="data-actions")]
    if job.stage == "done":
        return _done(job, state)
    plans = [view for plan in job.plans for view in plan_view(plan, job.token, lang)]
    unnamed = [notice(say("unnamed", lang, name=job.unnamed))] if job.unnamed else []
    return [html.H3(say("difference", lang), id="data-difference", tabIndex=-1), *unnamed, *plans, _confirm(job.plans, lang)]


def _done(job: Job, state: Mapping[str, str]) -> list[Component]:
    """Return what a load did."""
    lang = state["lang"]
    link = html.A(say("see", lang), href=href("/explorateur", {**state, **_programme(job.plans)}), className="button-plain")
    merged = [html.P(say("merged_row", lang, other=item.other, kept=item.kept)) for r in job.reports for item in r.merged]
    told = notice([html.P(say("result_text", lang, told=counted(_totals(job.reports), lang))), *merged])
    plans = [view for report in job.reports for view in plan_view(report.plan, job.token, lang, report=report)]
    return [html.H3(say("result", lang)), told, html.Div([_again(lang), link], className="data-actions"), *plans]


def counted(totals: Mapping[str, int], lang: str) -> str:
    """Return « 22 ajoutés, 0 modifiés… » from the numbers of facts created, changed, unchanged and removed."""
    return say("counts", lang, **{name: number(totals.get(name, 0), lang) for name in COUNTED})


def _totals(reports: Sequence[Report]) -> dict[str, int]:
    found = dict.fromkeys(COUNTED, 0)
    for report in reports:
        for name in COUNTED[:-1]:
            found[name] += report.plan.counts[name].nodes + report.plan.counts[name].links
        found["removed"] += report.removed.nodes + report.removed.links
    return found


def _programme(plans: Sequence[Plan]) -> dict[str, str]:
    """Return the programme to look at: the first that these plans state or put something in; empty when none."""
    keys = [key for plan in plans for key in (*(fact.key for fact in plan.created), *(update.new.key for update in plan.updates))]
    stated = [key.id for key in keys if isinstance(key, Ref) and key.label == "Programme"]
    joined = [key.target.id for key in keys if not isinstance(key, Ref) and key.type == "PART_OF"]
    found = sorted(stated) or sorted(joined)
    return {"programme": found[0]} if found else {}


def refusal(job: Job, error: PacteError, lang: str) -> Component:
    """Return why nothing was loaded: what is wrong, place by place so that it can be corrected, and what to try."""
    first, *problems = in_language(error.message, lang).split("\n")
    general = [html.P(sentence(error, lang))] if foreign(error.message, lang) else []
    listed = [html.Ul([html.Li(line.removeprefix("- ")) for line in problems])] if problems else []
    told = html.Div([html.P(first), *listed], className="data-problems", **foreign(error.message, lang))
    hints = [html.P(hint) for hint in _hints(job, error, lang)]
    return html.Section([html.H3(_failed(job, lang, listed=bool(problems))), *general, told, *hints], role="alert")


def _failed(job: Job, lang: str, *, listed: bool) -> str:
    """Return what failed: the file itself, rows of it, or the writing."""
    if job.step == "write":
        return say("not_written", lang)
    if job.step == "read" and not listed:
        return say("unread" if len(job.files) == 1 else "unread_several", lang)
    return say("nothing_loaded", lang)


def _hints(job: Job, error: PacteError, lang: str) -> list[str | Component]:
    """Return what to do; where the page itself has the means, a hint about the command line gives way to it."""
    others = [item.card for name, item in sorted(loading.importers().items()) if name != job.importer]
    kinds = ", ".join(card.name_fr if lang == "fr" else card.name_en for card in others)
    advice = [say(f"advice.{job.advice}", lang, kinds=kinds)] if job.advice else []
    kept = error.hint and not (job.advice == "map" and "pacte " in error.hint)
    return [*([spoken(error.hint, lang)] if kept else []), *advice]


def _working(job: Job, lang: str) -> Component:
    over = 0 < job.total <= job.done
    key = "finishing" if over else f"working.{job.step}" if job.total else f"starting.{job.step}"
    text = say(key, lang, done=number(job.done, lang), total=number(job.total, lang))
    bar = html.Progress(value=str(job.done), max=str(job.total)) if job.total and not over else html.Progress()
    return html.Div([html.P(text), bar], className="data-working", role="status")


def plan_view(plan: Plan, token: str, lang: str, *, report: Report | None = None) -> list[Component]:
    """Return one source's difference; with its ``report``, what was done of it."""
    names = _names(plan)
    created = [[_kind(fact.key, lang), _shown(fact.key, names, lang)] for fact in plan.created]
    told = [change for change in plan.changes if change.property != "sources"]
    changes = [
        [
            _shown(c.key, names, lang),
            _label(c.key, c.property, lang),
            *(_value(c.key, c.property, value, lang) for value in (c.old, c.new)),
        ]
        for c in told
    ]
    echoed = len(plan.changes) - len(told)
    gone = [[_shown(item.key, names, lang), _left(item, report, lang)] for item in plan.vanished]
    about, value = say("what", lang), say("value", lang)
    caption = say("difference" if report is None else "did", lang)
    return [
        html.H4((plan.card.name_fr if lang == "fr" else plan.card.name_en), className="data-source"),
        *([notice(say("nothing_changes", lang))] if plan.empty and report is None else []),
        table(["", say("nodes", lang), say("links", lang)], _counts(plan, lang), caption),
        *([html.P(say("echoed", lang, n=number(echoed, lang)))] if echoed else []),
        *_rejected(plan, token, lang),
        *fold(say("not_understood", lang), [say("place", lang), value], _strange(plan, lang), lang, opened=False),
        *fold(say("changes", lang), [about, say("property", lang), say("old", lang), say("new", lang)], changes, lang),
        *fold(
            say("conflicts", lang),
            [about, say("property", lang), say("kept", lang), say("other", lang)],
            _conflicts(plan, names, lang),
            lang,
        ),
        *fold(say("duplicates", lang), [about, about, say("reasons", lang)], _duplicates(plan, lang), lang),
        *fold(say("vanished", lang), [about, ""], gone, lang, opened=False),
        *fold(say("added", lang), ["", about], created, lang, opened=False),
    ]


def _left(item: Vanished, report: Report | None, lang: str) -> str:
    """Return what becomes of a fact no longer stated, and of its values where others show instead."""
    told = say(_fate(item.fate, report), lang)
    values = [
        f"{_label(c.key, c.property, lang)} : {_value(c.key, c.property, c.old, lang)} → {_value(c.key, c.property, c.new, lang)}"
        for c in item.changes
        if report is None
    ]
    return " ; ".join([told, *values])


def _counts(plan: Plan, lang: str) -> list[list[str]]:
    """Return the rows of numbers; what is only in doubt is told apart from what the source states no more."""
    doubted = Counts.of(item.key for item in plan.vanished if item.fate == DOUBT)
    gone = Counts.of(item.key for item in plan.vanished if item.fate != DOUBT)
    told = {**{name: plan.counts[name] for name in ("created", "changed", "unchanged")}, "vanished": gone}
    if doubted != Counts():
        told["doubted"] = doubted
    return [[say(name, lang), number(counts.nodes, lang), number(counts.links, lang)] for name, counts in told.items()]


def _fate(fate: str, report: Report | None) -> str:
    """Return the words for what becomes of a fact that is stated no more: what would be done, or what was done."""
    if report is None or fate == DOUBT:
        return f"fate.{fate}"
    return f"fate.{fate}.done" if fate == "removed" and report.removed != Counts() else "fate.left"


def _rejected(plan: Plan, token: str, lang: str) -> list[Component]:
    rows = [[_at(item), short(item.value), spoken(item.reason, lang)] for item in plan.rejected]
    if not rows:
        return []
    link = html.A(
        say("rejected_file", lang), href=f"/donnees/refus/{token}.csv?lang={lang}", download="", className="button-plain"
    )
    return [*fold(say("rejected", lang), [say("place", lang), say("value", lang), say("reason", lang)], rows, lang), link]


def _strange(plan: Plan, lang: str) -> list[list[str | Component]]:
    return [[_at(item), spoken(item.text, lang)] for item in plan.not_understood]


def _at(item: Rejected | NotUnderstood) -> str:
    """Return where it stands: file and sheet, page, line."""
    sheet = item.sheet if isinstance(item, Rejected) else None
    file = item.file if sheet is None else f"{item.file}!{sheet}"
    return ":".join(str(part) for part in (file, None if item.page is None else f"p. {item.page}", item.line) if part is not None)


def _conflicts(plan: Plan, names: Mapping[Key, str], lang: str) -> list[list[str]]:
    return [
        [
            _shown(c.key, names, lang),
            _label(c.key, c.property, lang),
            f"{_value(c.key, c.property, c.kept, lang)} ({c.kept_source})",
            f"{_value(c.key, c.property, c.other, lang)} ({c.other_source})",
        ]
        for c in plan.conflicts
    ]


def _names(plan: Plan) -> dict[Key, str]:
    """Return the names of the records that the difference is about."""
    facts = (*plan.created, *(update.new for update in plan.updates))
    texts = {fact.key: fact.properties.get("name", fact.properties.get("text")) for fact in facts if isinstance(fact.key, Ref)}
    return {key: short(text, 80) for key, text in texts.items() if text}


def _shown(key: Key, names: Mapping[Key, str], lang: str) -> str:
    """Return a record as its name and identifier, a link as its two ends and what tells it from others between them."""
    if isinstance(key, Ref):
        return f"{names[key]} ({key.id})" if key in names else key.id
    ends = [names.get(end, end.id) for end in (key.source, key.target)]
    return f"{ends[0]} → {ends[1]}" + (f" [{_apart(key, lang)}]" if key.key else "")


def _apart(key: LinkKey, lang: str) -> str:
    """Return a link's key as words: most keys are a choice of one of its closed lists (a role)."""
    choices = (choice for item in LINKS[key.type].properties for choice in item.choices)
    return next((choice.label.get(lang) for choice in choices if choice.value == key.key), key.key)


def _kind(key: Key, lang: str) -> str:
    return (NODES[key.label] if isinstance(key, Ref) else LINKS[key.type]).words.get(lang)


def _declared(key: Key, name: str) -> Property | None:
    return (NODES[key.label] if isinstance(key, Ref) else LINKS[key.type]).property(name)


def _label(key: Key, name: str, lang: str) -> str:
    declared = _declared(key, name)
    return declared.label.get(lang) if declared else name


def _value(key: Key, name: str, value: object, lang: str) -> str:
    """Return a value as it reads on a card: euros, dates, words of closed lists."""
    return short(None if value is None else value_text(_declared(key, name), value, lang))


def _duplicates(plan: Plan, lang: str) -> list[list[str]]:
    return [
        [
            f"{d.names[0]} ({d.first})",
            f"{d.names[1]} ({d.second})",
            f"{say(d.certainty, lang)} : {'; '.join(reason.get(lang) for reason in d.reasons)}",
        ]
        for d in plan.duplicates
    ]


def _confirm(plans: Sequence[Plan], lang: str) -> Component:
    gone = sum(counts.nodes + counts.links for counts in (plan.prunable() for plan in plans))
    options = [
        {"label": say("prune", lang, n=number(gone, lang)), "value": "prune"},
        {"label": say("force", lang), "value": "force"},
    ]
    shown = options if any(plan.shrunk for plan in plans) else options[:1]
    boxes = dcc.Checklist(shown if gone else [], [], id="data-prune", className="data-prune")
    go = html.Button(say("confirm", lang), id="data-confirm", className="button-main", type="button")
    return html.Div([boxes, go, _again(lang, "cancel")], className="data-actions")


def _again(lang: str, key: str = "again") -> Component:
    return html.Button(say(key, lang), id="data-again", className="button-plain", type="button")
