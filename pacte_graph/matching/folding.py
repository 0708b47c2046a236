"""Text without what spellings differ by: case, accents, ways to write an umlaut, dots in initials, apostrophes."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 400
"""Characters of a name that are read; what follows is ignored."""
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "å": "a", "æ": "a", "œ": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "_": ""}
)
_DOTTED = re.compile(r"\b(?:[^\W\d]\.)+[^\W\d]\b\.?")
_APART = re.compile(r"[^\w]+")
_UMLAUTS = (("aa", "a"), ("ae", "a"), ("oe", "o"), ("ue", "u"))


def plain(text: str) -> str:
    """Return the first :data:`LONGEST` characters in small letters without accents; punctuation stays."""
    letters = unicodedata.normalize("NFKD", text[:LONGEST].casefold().translate(_LETTERS))
    return "".join(char for char in letters if not unicodedata.combining(char))


def skeleton(word: str) -> str:
    """Return a plain word with ``ae``, ``oe``, ``ue`` and ``aa`` as the letters they stand for in German and Nordic names.

    >>> skeleton("zuerich") == skeleton("zurich")
    True
    """
    for written, meant in _UMLAUTS:
        word = word.replace(written, meant)
    return word


def undotted(text: str) -> str:
    """Return text with dotted initials as one word: ``s.p.a.`` becomes ``spa``."""
    return _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text)


def words(text: str) -> list[str]:
    """Return the words of a text in plain letters, as they are written: ``ae`` stays two letters."""
    return _APART.sub(" ", undotted(plain(text))).split()


def fold(text: str) -> str:
    """Return words parted by one space, each as its skeleton.

    >>> fold("Università  L’Aquila S.p.A.")
    'universita l aquila spa'
    """
    return skeleton(_APART.sub(" ", undotted(plain(text))).strip())
