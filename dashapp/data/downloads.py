"""The files that the page of data gives: the blank workbook, the rows refused, the thesaurus."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from dash import Dash
from flask import Response, abort, request

from dashapp.address import language
from dashapp.data.jobs import Job
from dashapp.data.words import say
from pacte_graph import workbook
from pacte_graph.errors import in_language

if TYPE_CHECKING:
    from dashapp.services import Services

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register_files(app: Dash, services: Services) -> None:
    """Register the addresses of the files."""

    @app.server.route("/donnees/modele.xlsx")
    def template() -> Response:
        out = io.BytesIO()
        workbook.template(out)
        return _download(out.getvalue(), "pacte.xlsx", XLSX)

    @app.server.route("/donnees/refus/<token>.csv")
    def refused(token: str) -> Response:
        job = services.jobs.get(token)
        if job is None:
            abort(404)
        text = rejected_csv(job, language(request.args))
        return _download(text.encode("utf-8-sig"), "refus.csv", "text/csv; charset=utf-8")

    @app.server.route("/donnees/thesaurus.toml")
    def decisions() -> Response:
        path = services.settings.thesaurus_file
        return _download(path.read_bytes() if path.exists() else b"", "thesaurus.toml", "application/toml")


def _download(data: bytes, name: str, kind: str) -> Response:
    return Response(data, headers={"Content-Disposition": f'attachment; filename="{name}"'}, content_type=kind)


def rejected_csv(job: Job, lang: str) -> str:
    """Return the rows refused as CSV, with the separator that spreadsheets of that language read.

    A text that a spreadsheet would take for a formula starts with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",")
    writer.writerow([say(key, lang) for key in ("file", "sheet", "line", "page", "value", "reason")])
    for plan in job.plans:
        for item in plan.rejected:
            cells = (item.file, item.sheet, item.line, item.page, item.value, in_language(item.reason, lang))
            writer.writerow([_text(cell) for cell in cells])
    return out.getvalue()


def _text(cell: object) -> object:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
