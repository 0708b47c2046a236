"""What refusals are made of, told in both languages: numbers, quoted words, and why a file can't be opened."""

from __future__ import annotations

import errno

from pacte_graph.errors import Told

_CAUSES = {
    errno.ENOENT: "il n'existe pas",
    errno.EACCES: "vous n'avez pas le droit de le lire",
    errno.EPERM: "vous n'avez pas le droit de le lire",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "il n'existe pas",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.EIO: "le disque ne répond pas",
}


def thousands(number: int) -> Told:
    """Return a number with its thousands apart.

    >>> thousands(1250000), thousands(1250000).fr
    ('1,250,000', '1 250 000')
    """
    return Told(f"{number:,}", f"{number:,}".replace(",", " "))


def counted(number: int, one: str, many: str) -> Told:
    """Return a number, in French with its noun, which agrees: 0 and 1 are singular.

    >>> counted(1, "cellule", "cellules"), counted(1, "cellule", "cellules").fr
    ('1', '1 cellule')
    """
    return Told(str(number), f"{number} {one if number < 2 else many}")


def quoted(text: str) -> Told:
    """Return a text between quotation marks, its control characters shown by their codes.

    >>> quoted("Sète"), quoted("Sète").fr
    ("'Sète'", '« Sète »')
    """
    shown = repr(text)
    return Told(shown, f"« {shown[1:-1]} »")


def cause(error: OSError) -> Told:
    """Return why a file can't be read, as the system says it; in French where the reason is a common one."""
    return Told(str(error.strerror), _CAUSES.get(error.errno or 0, str(error.strerror)))
