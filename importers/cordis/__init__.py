"""CORDIS: the European research projects of Horizon 2020 and Horizon Europe, who takes part in them and with how much."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from importers.cordis import options as asked
from importers.cordis.columns import IGNORED, PARTICIPATIONS
from importers.cordis.options import Options
from importers.cordis.records import NAMES, Records
from importers.cordis.survey import Survey
from importers.tablefiles import Opened, nothing_kept, open_tables
from pacte_graph import ids
from pacte_graph.errors import Told, UsageError
from pacte_graph.records import Batch, Card

NAME = "cordis"
VERSION = "1"
CARD = Card(
    "source:cordis",
    "CORDIS – projets européens de recherche",
    "CORDIS – European research projects",
    publisher="Office des publications de l'Union européenne / Publications Office of the European Union",
    url="https://cordis.europa.eu/",
    licence="CC BY 4.0 (© Union européenne / European Union)",
    scope="Projets d'Horizon 2020 et d'Horizon Europe et leurs participants ; le jeu entier d'Horizon 2020 compte environ "
    "35 000 projets et 180 000 participations / projects of Horizon 2020 and Horizon Europe and who takes part; the whole "
    "set of Horizon 2020 has about 35,000 projects and 180,000 participations",
    ignored=IGNORED,
)


class CordisImporter:
    """Reads CORDIS's CSV sets (an archive, a folder, single files) and tables of participations; a source a programme."""

    name = NAME
    version = VERSION
    card = CARD

    def read(self, paths: list[Path], **options: Any) -> list[Batch]:
        """Return one batch a programme. Raises DataRefused for files that can't be taken, UsageError for an unknown option."""
        wanted = asked.parse(NAME, options)
        if not paths:
            nothing = Told(
                "Give the archive, the folder or the CSV files of CORDIS.",
                "Donnez l'archive, le dossier ou les fichiers CSV de CORDIS.",
            )
            raise UsageError(nothing)
        opened = open_tables(map(Path, paths))
        survey = Survey(opened)
        found = survey.programmes(survey.default(wanted.programme))
        kept = [Records(survey, wanted, name) for name in found if wanted.programme in ("", name)]
        kept = [records for records in kept if records.projects]
        if not kept:
            raise nothing_kept(len(survey.projects), survey.rejected)
        return [_batch(records, opened, first=not number) for number, records in enumerate(kept)]


def _batch(records: Records, opened: Opened, *, first: bool) -> Batch:
    """Return one programme's batch; the first carries what is wrong with the files they share."""
    files = (*opened.files, *records.options.files)
    survey = records.survey
    rejected, strange = (survey.rejected, survey.strange) if first else ([], [])
    return Batch(card(records, records.options), NAME, VERSION, files, records.nodes(), records.links(), rejected, strange)


def card(records: Records, options: Options) -> Card:
    """Return the card of one programme's source, with what was kept and how recent it is."""
    programme = NAMES[records.programme]["name"]
    tables = [shape for shape, _ in records.survey.tables]
    sort = ["rcn"] if PARTICIPATIONS in tables else []
    fr, en = options.words()
    count = f"{len(records.projects):,} / {records.total:,}"
    scope = f"Retenu : les projets avec {fr} / kept: projects with {en} ({count})" if fr else CARD.scope
    latest = records.survey.latest.strip()[:10]
    return replace(
        CARD,
        id=ids.make("source", "cordis", records.programme, *sort, *options.suffix()),
        name_fr=f"CORDIS – {programme}",
        name_en=f"CORDIS – {programme}",
        scope=scope,
        vintage=f"contentUpdateDate ≤ {latest}" if latest else "",
    )


IMPORTER = CordisImporter()
