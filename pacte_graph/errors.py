"""Errors a user can meet: one clear sentence (what, where, what to do) and an exit code.

    PacteError
    ├── DataRefused          1  what was given can't be taken; nothing was written
    │   └── MetricUndefined  1  a metric has no meaning on this network or with these parameters
    ├── UsageError           2  the command or the request is wrong
    │   ├── UnknownName      2  no such query, metric, programme, source...
    │   └── QueryRefused     2  a saved query tries what reading queries may not do
    └── DatabaseError        3  the database can't be reached, started or used
        ├── EngineBusy       3  another engine holds the data folder or the port
        ├── AccessRefused    3  wrong password, missing right, home that can't be written
        └── TimeLimit        3  the engine stopped a command that ran too long

Errors of foreign libraries are translated once, where they enter the house, with ``from``.
"""

from __future__ import annotations

from typing import Self


class Told(str):
    """A sentence in English, as machines and the command line read it, that also knows its French (``fr``).

    >>> Told("a date", "une date"), in_language(Told("a date", "une date"), "fr"), in_language("a date", "fr")
    ('a date', 'une date', 'a date')
    """

    __slots__ = ("fr",)
    fr: str

    def __new__(cls, en: str, fr: str) -> Self:
        """Return the sentence; both languages are given."""
        found = super().__new__(cls, en)
        found.fr = fr
        return found

    def __reduce__(self) -> tuple[type[Told], tuple[str, str]]:
        """Return what makes the sentence again, so that it can be copied."""
        return Told, (str(self), self.fr)


def in_language(text: str, language: str) -> str:
    """Return a text in ``language`` (``fr`` or ``en``); one that was only written in English stays as it is."""
    return text.fr if language == "fr" and isinstance(text, Told) else str(text)


def tell(en: str, fr: str, **values: object) -> Told:
    """Return a sentence from its two templates; a value that is told in both languages stands in the right one in each.

    >>> tell("found {found}", "trouvé {found}", found=Told("nothing", "rien")).fr
    'trouvé rien'
    """
    french = {name: in_language(value, "fr") if isinstance(value, str) else value for name, value in values.items()}
    return Told(en.format(**values), fr.format(**french))


def join(sign: str, texts: list[str] | tuple[str, ...]) -> Told:
    """Return texts joined by a sign, in both languages."""
    return Told(sign.join(texts), sign.join(in_language(text, "fr") for text in texts))


class PacteError(Exception):
    """A sentence for the user, with what to do next.

    ``message`` says what went wrong and where; ``hint`` says what to do (may be empty).
    """

    code = "error"
    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def as_dict(self) -> dict[str, str]:
        """Return the machine-readable form printed on standard error by ``--json``."""
        return {"code": self.code, "message": self.message, "hint": self.hint}


class DataRefused(PacteError):
    """The data given was refused; nothing was written."""

    code = "data_refused"
    exit_code = 1


class MetricUndefined(DataRefused):
    """A metric has no meaning on this network with these parameters (never a wrong number instead)."""

    code = "metric_undefined"


class UsageError(PacteError):
    """The command or the request is wrong."""

    code = "usage"
    exit_code = 2


class UnknownName(UsageError):
    """There is no query, metric, programme, importer... of that name."""

    code = "unknown_name"


class QueryRefused(UsageError):
    """A query tries what a reading query may not do: write, read files, administer."""

    code = "query_refused"


class DatabaseError(PacteError):
    """The database can't be reached, started or used."""

    code = "database"
    exit_code = 3


class EngineBusy(DatabaseError):
    """Another engine holds the data folder, or the port is taken."""

    code = "engine_busy"


class AccessRefused(DatabaseError):
    """A password or a right is missing, or the home folder can't be written."""

    code = "access_refused"


class TimeLimit(DatabaseError):
    """The engine stopped a command that ran longer than its limit."""

    code = "time_limit"
