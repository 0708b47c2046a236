"""One name taken apart: meanings in order, legal forms, numbers, acronyms, and the parts a dash or comma separates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pacte_graph.matching import vocabulary as known
from pacte_graph.matching.folding import fold, plain, words

_PARTS = re.compile(r"\s[-–—]+\s|[,;:|/\n•()\[\]]")
_BRACKETED = re.compile(r"[(\[]\s*([^\s()\[\]]{2,10})\s*[)\]]")
_NUMBERED = re.compile(r"^0*(\d+)(?:er|re|e|eme|nd|rd|th|st)?$")
_WORD_AND_NUMBER = re.compile(r"\b([^\W\d_]{4,})(\d{1,3})\b")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12", "xiii": "13"}
_ROMAN_LAST = _ROMAN | {"i": "1", "v": "5", "x": "10"}
_LEGAL = re.compile(r"\b(?:" + "|".join(sorted(known.PHRASE_FORM, key=lambda text: (-len(text), text))) + r")\b")
_AND_D = re.compile(r"\b[ri]\s?(?:&|\+)\s?d\b")
_ELIDED = frozenset("dl")
"""Letters before an apostrophe, which spellings leave out."""
_LONG = 8
"""Letters from which a word one letter away from a known one is taken for it."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared.

    ``tokens``: meanings in order, each once, without legal forms, stop words and numbers; ``sources``: the folded words
    they were read from; ``optional``: those that only repeat the rest (an acronym in parentheses or before the words it
    abbreviates); ``parts``: the same by part; ``key``: what two spellings share whatever their order and legal form.
    ``numbers`` holds the letter that ends a part too (Structure Y): it tells bodies apart as a number does; ``letters``
    holds every word of one letter.
    """

    text: str
    tokens: tuple[str, ...]
    sources: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    forms: frozenset[str]
    numbers: frozenset[str]
    acronyms: frozenset[str]
    optional: frozenset[str]
    kinds: frozenset[str]
    joined: str
    key: tuple[frozenset[str], frozenset[str]]
    letters: frozenset[str]


def _shorter(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


@lru_cache(maxsize=1)
def _nearby() -> dict[str, str]:
    """Return the known long words with a letter left out: what finds them one letter off."""
    found: dict[str, str] = {}
    for word, meaning in sorted(known.MEANING.items()):
        if len(word) >= _LONG:
            for short in _shorter(word):
                found.setdefault(short, meaning)
    return found


@lru_cache(maxsize=50_000)
def _meaning(word: str) -> str:
    if (found := known.MEANING.get(word)) is not None:
        return found
    if len(word) >= _LONG:
        nearby = _nearby()
        for near in (word, *_shorter(word)):
            if (found := nearby.get(near) or (known.MEANING.get(near) if len(near) >= _LONG else None)) is not None:
                return found
    return word


@lru_cache(maxsize=1)
def _phrases() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return what meanings in a row mean together."""
    return {tuple(_meaning(word) for word in words if word not in known.STOPS): meanings for words, meanings in known.phrases()}


def _together(read: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Put phrases together: (meaning, words as folded) in, the same out; the longest phrase at each place."""
    table, at = _phrases(), 0
    while at < len(read):
        for length in range(min(6, len(read) - at), 0, -1):
            meanings = table.get(tuple(meaning for meaning, _ in read[at : at + length]))
            if meanings is not None:
                source = " ".join(word for _, word in read[at : at + length])
                yield from ((meaning, source) for meaning in meanings)
                at += length
                break
        else:
            yield read[at]
            at += 1


@dataclass(slots=True)
class _Part:
    tokens: list[tuple[str, str]]
    forms: set[str]
    numbers: set[str]
    words: list[str]


def _strip_forms(words: list[str], forms: set[str]) -> list[str]:
    while len(words) > 1 and (words[-1] in known.AT_END or words[-1][0] == "§"):
        forms.add(words.pop())
    if len(words) > 1 and words[0] in known.AT_START:
        forms.add(words.pop(0))
    forms |= {word for word in words if word[0] == "§" or word in known.ANYWHERE}
    return [word for word in words if word not in forms]


def _part(text: str) -> _Part:
    folded = fold(_WORD_AND_NUMBER.sub(r"\1 \2", _AND_D.sub(" rd ", text)))
    part = _Part([], set(), set(), folded.split())
    read = []
    rest = _LEGAL.sub(lambda found: f"§{known.PHRASE_FORM[found[0]]}", folded).split()
    if letter := _last_letter(words(text)):
        rest = rest[:-1]
        part.numbers.add(_ROMAN_LAST.get(letter, letter))
    rest = _strip_forms(rest, part.forms)
    for at, word in enumerate(rest):
        if number := _number(word, last=at > 0 and at == len(rest) - 1):
            part.numbers.add(number)
        elif word not in known.STOPS:
            read.append((_meaning(word), word))
    part.tokens = list(_together(read))
    part.forms = {known.SAME_FORM.get(form, form) for form in (form.lstrip("§") for form in part.forms)}
    return part


def _only_forms(part: _Part) -> None:
    """Take a part that is nothing but legal forms (the second of ``SA/NV``) for that."""
    if part.tokens and all(word in known.AT_END for _, word in part.tokens):
        part.forms |= {known.SAME_FORM.get(word, word) for _, word in part.tokens}
        part.tokens = []


def _last_letter(written: list[str]) -> str | None:
    """Return the letter that ends a name and tells it apart (Lycée Y); the last of spaced initials (S A) is none."""
    if len(written) > 1 and len(written[-1]) == 1 and written[-1].isalpha() and len(written[-2]) > 1:
        return written[-1]
    return None


def _number(word: str, *, last: bool) -> str | None:
    if (digits := _NUMBERED.match(word)) is not None:
        return digits[1]
    return (_ROMAN_LAST if last else _ROMAN).get(word)


def initials(words: Iterable[str]) -> set[str]:
    """Return the acronyms that words may make, with and without their small words; two to eight letters."""
    words = [word for text in words for word in text.split() if not word[0].isdigit()]
    every = "".join(word[0] for word in words)
    kept = "".join(word[0] for word in words if word not in known.STOPS)
    named = "".join(word[0] for word in words if word not in known.STOPS and word not in known.AT_END)
    return {text for text in (every, kept, named) if 2 <= len(text) <= 8}


@lru_cache(maxsize=100_000)
def name_of(text: str) -> Name:
    """Return a name taken apart; a name of nothing but legal forms or small words keeps its words."""
    letters = plain(text)
    parts = [part for piece in _PARTS.split(letters) if piece.strip() and (part := _part(piece)).words]
    for part in parts[1:]:
        _only_forms(part)
    sources: dict[str, str] = {}
    for token, source in (pair for part in parts for pair in part.tokens):
        sources.setdefault(token, source)
    numbers = frozenset(number for part in parts for number in part.numbers)
    sources = sources or {word: word for part in parts for word in part.words if word not in numbers}
    made = set().union(*(initials(part.words) for part in parts)) | initials([word for part in parts for word in part.words])
    bracketed = {word for found in _BRACKETED.findall(letters) if (word := fold(found)) and " " not in word}
    own = {token for token in sources if token in made and len(sources) > 1}
    optional = frozenset((own | bracketed) & sources.keys())
    optional = optional if len(optional) < len(sources) else frozenset()
    kept = [token for token in sources if token not in optional]
    return Name(
        text, tuple(sources), tuple(sources.values()), tuple(tuple(dict(part.tokens)) for part in parts if part.tokens),
        frozenset(form for part in parts for form in part.forms), numbers,
        frozenset(made | bracketed | own), optional, frozenset(kept) & known.KINDS, "".join(kept),
        (frozenset(kept), numbers), frozenset(word for word in words(text) if len(word) == 1) - _ELIDED,
    )  # fmt: skip
