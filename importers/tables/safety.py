"""What a workbook's file may be: a zip of plain XML within bounds, written again by us before anything else reads it.

The bytes that are read afterwards are those counted here, so that a file that lies about its sizes gains nothing by it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from pacte_graph.errors import DataRefused

TOTAL = 500_000_000
RATIO = 200
MEMBERS = 10_000
SMALL = 1_000_000
"""Below this size in all, how well a file is packed doesn't matter."""

_READ = (".xml", ".rels")
_AGAIN = "Open it in a spreadsheet and save it again, or split it."


def repacked(data: bytes, name: str) -> dict[str, bytes]:
    """Return the XML members of a workbook, by name. Raises DataRefused when the file is not a zip, or breaks a bound."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_list(archive.infolist(), len(data), name)
            return dict(_members(archive, name))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise DataRefused(
            f"{name} is not a workbook that can be read ({error or type(error).__name__}).",
            hint="Save it again as .xlsx or .ods, without a password.",
        ) from error
    except (ValueError, UnicodeError, OverflowError) as error:
        raise DataRefused(f"{name} is a damaged workbook ({error}).", hint=_AGAIN) from error


def packed(members: dict[str, bytes]) -> io.BytesIO:
    """Return members as a zip of ours, not compressed, the type of a document first as its format wants."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for member in sorted(members, key=lambda item: (item != "mimetype", item)):
            archive.writestr(member, members[member])
    out.seek(0)
    return out


def _check_list(members: list[zipfile.ZipInfo], size: int, name: str) -> None:
    if len(members) > MEMBERS:
        raise DataRefused(f"{name} holds {len(members)} parts; {MEMBERS} are allowed.", hint=_AGAIN)
    total = sum(member.file_size for member in members)
    if total > TOTAL or (total > SMALL and total > RATIO * size):
        raise DataRefused(f"{name} would take {total // 1_000_000} MB once unpacked, which is too much.", hint=_AGAIN)
    seen: set[str] = set()
    for member in members:
        path = member.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or ":" in path or path.casefold() in seen:
            raise DataRefused(f"{name} holds a part with a name that isn't allowed: {path[:80]!r}.", hint=_AGAIN)
        seen.add(path.casefold())


def _members(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, bytes]]:
    for member in archive.infolist():
        if member.filename != "mimetype" and not member.filename.lower().endswith(_READ):
            continue
        content = archive.read(member)
        if len(content) > member.file_size:
            raise DataRefused(f"{name}: the part {member.filename[:80]} is larger than it says.", hint=_AGAIN)
        yield member.filename, content
