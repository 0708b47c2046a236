"""What an upload will change, or changed: counts, values old and new, disagreements, duplicates, rows refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashapp.address import href
from dashapp.alerts import alert, notice
from dashapp.data.jobs import Job
from dashapp.data.parts import fold, short, table
from dashapp.data.words import say
from dashapp.explorer.formatting import number, value_text
from pacte_graph.loading import Counts, Plan, Report
from pacte_graph.loading.keys import Key
from pacte_graph.records import Ref
from pacte_graph.schema import LINKS, NODES, Property

COUNTED = ("created", "changed", "unchanged", "removed")
"""What is counted of a load, in the order it is told."""


def job_view(job: Job | None, state: Mapping[str, str]) -> list[Component]:
    """Return what an upload is at: under way, ready to confirm, done, or refused with the sentence that says why."""
    lang = state["lang"]
    if job is None:
        return [notice(say("gone", lang), kind="warning", role="alert")]
    if job.busy:
        return [_working(job, lang)]
    if job.stage == "failed" and job.error is not None:
        return [refusal(job.error.message, job.error.hint, lang), alert(job.error, lang), _again(lang)]
    plans = [view for plan in job.plans for view in plan_view(plan, job.token, lang)]
    if job.stage == "done":
        link = html.A(say("see", lang), href=href("/explorateur", {**state, **_programme(job.plans)}), className="button-plain")
        merged = [html.P(say("merged_row", lang, other=item.other, kept=item.kept)) for r in job.reports for item in r.merged]
        told = notice([html.P(say("result_text", lang, told=counted(_totals(job.reports), lang))), *merged])
        return [html.H3(say("result", lang)), told, html.Div([_again(lang), link], className="data-actions"), *plans]
    return [html.H3(say("difference", lang), id="data-difference", tabIndex=-1), *plans, _confirm(job.plans, lang)]


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


def refusal(message: str, hint: str, lang: str) -> Component:
    """Return the exact problems of a refused file, one a line: they name cells, so that they can be corrected."""
    lines = [line for line in (*message.split("\n"), hint) if line]
    return html.Section(
        [html.H3(say("rejected", lang)), html.Ul([html.Li(line) for line in lines], lang="en", className="data-problems")]
    )


def _working(job: Job, lang: str) -> Component:
    key = f"working.{job.step}" if job.total else f"starting.{job.step}"
    text = say(key, lang, done=number(job.done, lang), total=number(job.total, lang))
    bar = html.Progress(value=str(job.done), max=str(job.total)) if job.total else html.Progress()
    return html.Div([html.P(text), bar], className="data-working", role="status")


def plan_view(plan: Plan, token: str, lang: str) -> list[Component]:
    """Return one source's difference."""
    counts = plan.counts
    rows = [[say(name, lang), *_numbers(counts[name], lang)] for name in ("created", "changed", "unchanged", "vanished")]
    empty = [notice(say("nothing_changes", lang))] if plan.empty else []
    names = _names(plan)
    created = [[_kind(fact.key, lang), _shown(fact.key, names)] for fact in plan.created]
    told = [change for change in plan.changes if change.property != "sources"]
    changes = [
        [
            _shown(c.key, names),
            _label(c.key, c.property, lang),
            *(_value(c.key, c.property, value, lang) for value in (c.old, c.new)),
        ]
        for c in told
    ]
    echoed = len(plan.changes) - len(told)
    gone = [[_shown(item.key, names), say(f"fate.{item.fate}", lang)] for item in plan.vanished]
    about, value = say("what", lang), say("value", lang)
    return [
        html.H4((plan.card.name_fr if lang == "fr" else plan.card.name_en), className="data-source"),
        *empty,
        table(["", say("nodes", lang), say("links", lang)], rows, say("difference", lang)),
        *([html.P(say("echoed", lang, n=number(echoed, lang)))] if echoed else []),
        *_rejected(plan, token, lang),
        *fold(say("not_understood", lang), [say("place", lang), value], _strange(plan), lang, opened=False),
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


def _numbers(counts: Counts, lang: str) -> list[str]:
    return [number(counts.nodes, lang), number(counts.links, lang)]


def _rejected(plan: Plan, token: str, lang: str) -> list[Component]:
    rows = [[_at(item.file, item.line, item.page), short(item.value), item.reason] for item in plan.rejected]
    if not rows:
        return []
    link = html.A(
        say("rejected_file", lang), href=f"/donnees/refus/{token}.csv?lang={lang}", download="", className="button-plain"
    )
    return [*fold(say("rejected", lang), [say("place", lang), say("value", lang), say("reason", lang)], rows, lang), link]


def _strange(plan: Plan) -> list[list[str]]:
    return [[_at(item.file, item.line, item.page), short(item.text)] for item in plan.not_understood]


def _at(file: str, line: int | None, page: int | None) -> str:
    return ":".join(str(part) for part in (file, None if page is None else f"p. {page}", line) if part is not None)


def _conflicts(plan: Plan, names: Mapping[Key, str], lang: str) -> list[list[str]]:
    return [
        [
            _shown(c.key, names),
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


def _shown(key: Key, names: Mapping[Key, str]) -> str:
    """Return a record as its name and identifier, a link as its two ends."""
    if isinstance(key, Ref):
        return f"{names[key]} ({key.id})" if key in names else key.id
    ends = [names.get(end, end.id) for end in (key.source, key.target)]
    return f"{ends[0]} → {ends[1]}" + (f" [{key.key}]" if key.key else "")


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
