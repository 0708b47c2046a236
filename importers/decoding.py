"""Bytes into text, and French cells into values: what several importers need to read what people write."""

from __future__ import annotations

import codecs
import datetime as dt
import html
import re
import unicodedata
from pathlib import Path

from importers.telling import cause
from pacte_graph.errors import DataRefused, Told, tell

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_DATE = re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
TRUE = frozenset({"vrai", "oui", "true", "yes", "1", "x"})
FALSE = frozenset({"faux", "non", "false", "no", "0"})


def decode(data: bytes, name: str) -> str:
    """Return the text of ``data``: UTF-8 (with or without BOM), UTF-16 with BOM, else Windows-1252. Binary is refused."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _text(data, (encoding,), name)
    return _text(data, ("utf-8", "cp1252"), name)


def _text(data: bytes, encodings: tuple[str, ...], name: str) -> str:
    """Return the text in the first encoding that fits and reads as text."""
    text = None
    for encoding in encodings:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if text is None:
        raise DataRefused(
            tell("{name} is not text in a known encoding.", "{name} n'est pas du texte dans un encodage connu.", name=name),
            hint=Told("Save it as UTF-8.", "Enregistrez-le en UTF-8."),
        )
    if _CONTROLS.search(text):
        raise DataRefused(
            tell("{name} is not a text file.", "{name} n'est pas un fichier de texte.", name=name),
            hint=Told(
                "Give a text or CSV file in UTF-8 or Windows-1252.",
                "Donnez un fichier de texte ou un CSV en UTF-8 ou Windows-1252.",
            ),
        )
    return text


def read_bytes(path: Path, limit: int) -> bytes:
    """Return a file's bytes. Raises DataRefused when it is missing, unreadable or larger than ``limit`` bytes."""
    try:
        if path.stat().st_size > limit:
            raise DataRefused(
                tell(
                    "{name} is larger than {most} MB, the largest taken.",
                    "{name} dépasse {most} Mo, la plus grande taille prise.",
                    name=path.name,
                    most=limit // 1_000_000,
                ),
                hint=Told("Split it.", "Découpez-le."),
            )
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(name: object, error: OSError) -> DataRefused:
    """Return the refusal of a file that the system doesn't let us read."""
    return DataRefused(
        tell("{name} can't be read ({cause}).", "{name} ne peut pas être lu : {cause}.", name=name, cause=cause(error)),
        hint=Told("Check the path and your right to read it.", "Vérifiez le chemin et votre droit de le lire."),
    )


def folded(text: str) -> str:
    """Return ``text`` without case, accents or repeated spaces, to compare headers."""
    flat = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(flat.replace("’", "'").casefold().split())


def number(text: str) -> float:
    """Return a number written the French or the English way (``1 234,5``); raises ValueError.

    >>> number("1\u202f234,5"), number("-3.25")
    (1234.5, -3.25)
    """
    flat = re.sub(r"[\s\u00a0\u202f€]", "", text).replace(",", ".")
    if not _NUMBER.fullmatch(flat):
        raise ValueError(text)
    return float(flat)


def date(text: str) -> dt.date:
    """Return a date written YYYY-MM-DD or DD/MM/YYYY; raises ValueError."""
    found = _DATE.fullmatch(text.strip())
    return dt.date(int(found["y"]), int(found["m"]), int(found["d"])) if found else dt.date.fromisoformat(text.strip())


def boolean(text: str) -> bool:
    """Return True or False for vrai/faux, oui/non, true/false, 1/0; raises ValueError."""
    flat = folded(text)
    if flat in TRUE or flat in FALSE:
        return flat in TRUE
    raise ValueError(text)


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def tidy(text: str) -> str:
    """Return a cell on one line: HTML entities that are closed by ``;`` read, controls and repeated spaces made one space.

    An ampersand of a name stays: ``AT&LT`` isn't read as ``AT<``.

    >>> tidy(" R&amp;D  de l&#39;Aude "), tidy("AT&LT")
    ("R&D de l'Aude", 'AT&LT')
    """
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    if not text.isprintable():
        text = "".join(char if char.isprintable() or char.isspace() else " " for char in text)
    return " ".join(text.split())
