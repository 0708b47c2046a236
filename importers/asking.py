"""Options as the command line gives them, ``key=value``: names checked, lists and dates read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from importers.telling import quoted
from pacte_graph.errors import Told, UsageError, tell

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def check_names(importer: str, given: Mapping[str, Any], accepted: tuple[str, ...]) -> dict[str, str]:
    """Return the options as trimmed texts. Raises UsageError for an unknown one, naming those accepted."""
    unknown = sorted(set(given) - set(accepted))
    if unknown:
        raise no_option(importer, unknown, tell("It has: {names}.", "Il a : {names}.", names=", ".join(accepted)))
    return {key: str(value).strip() for key, value in given.items()}


def no_option(importer: str, unknown: list[str], hint: Told) -> UsageError:
    """Return the refusal of options that an importer doesn't have."""
    return UsageError(
        tell(
            "The importer {importer} has no option {names}.",
            "L'importeur {importer} n'a pas d'option {names}.",
            importer=importer,
            names=", ".join(unknown),
        ),
        hint=hint,
    )


def listed(text: str) -> list[str]:
    """Return the parts of a list separated by commas.

    >>> listed("FR, ES,")
    ['FR', 'ES']
    """
    return [part.strip() for part in text.split(",") if part.strip()]


def first_day(text: str) -> dt.date | None:
    """Return the first day of ``2018``, ``2018-06`` or ``2018-06-15``; None when empty. Raises UsageError for anything else."""
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        return dt.date(*(int(part or 1) for part in found.groups())) if found else dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            tell("{text} is not a date.", "{text} n'est pas une date.", text=quoted(text)),
            hint=Told("since=2018 or since=2018-06-01", "since=2018 ou since=2018-06-01"),
        ) from error
