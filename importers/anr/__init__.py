"""The French research agency (ANR): projects of the investments for the future (PIA) or of its action plan, and partners."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from importers.anr import options as asked
from importers.anr.columns import IGNORED
from importers.anr.options import Options
from importers.anr.records import NAMES, Records
from importers.anr.survey import Survey
from importers.tablefiles import nothing_kept, open_tables
from pacte_graph import ids
from pacte_graph.errors import Told, UsageError
from pacte_graph.records import Batch, Card

NAME = "anr"
VERSION = "1"
CARD = Card(
    "source:anr",
    "ANR – projets et partenaires",
    "ANR – projects and partners",
    publisher="Agence nationale de la recherche",
    url="https://www.data.gouv.fr/fr/datasets/anr-02-projets-anr-dgpie-detail-des-projets-et-des-partenaires/",
    scope="Projets des investissements d'avenir (PIA) ou du plan d'action (DOS) et leurs partenaires, nommés en toutes lettres "
    "/ projects of the investments for the future (PIA) or of the action plan (DOS), with their partners by name",
    ignored=IGNORED,
)


class AnrImporter:
    """Reads the ANR's tables of projects and partners, in one file or two, CSV or workbook: one source."""

    name = NAME
    version = VERSION
    card = CARD

    def read(self, paths: list[Path], **options: Any) -> list[Batch]:
        """Return one batch. Raises DataRefused for files that can't be taken, UsageError for an unknown option."""
        wanted = asked.parse(NAME, options)
        if not paths:
            raise UsageError(Told("Give the CSV or .xlsx files of the ANR.", "Donnez les fichiers CSV ou .xlsx de l'ANR."))
        opened = open_tables(map(Path, paths))
        survey = Survey(opened, wanted.programme)
        records = Records(survey, wanted)
        if not records.projects:
            raise nothing_kept(len(survey.projects), survey.rejected)
        found = (records.nodes(), records.links(), survey.rejected, survey.strange)
        return [Batch(card(records, wanted), NAME, VERSION, tuple(opened.files), *found)]


def card(records: Records, options: Options) -> Card:
    """Return the source's card, with what was kept."""
    programme = records.survey.programme
    title = NAMES[programme]["name"]
    fr, en = options.words()
    count = f"{len(records.projects):,} / {len(records.survey.projects):,}"
    return replace(
        CARD,
        id=ids.make("source", "anr", programme, *options.suffix()),
        name_fr=title,
        name_en=title,
        scope=f"Retenu : les projets avec {fr} / kept: projects with {en} ({count})" if fr else CARD.scope,
    )


IMPORTER = AnrImporter()
