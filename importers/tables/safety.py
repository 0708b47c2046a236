"""What a workbook's file may be: a zip of plain XML within bounds, written again by us before anything else reads it.

The bytes that are read afterwards are those counted here, so that a file that lies about its sizes gains nothing by it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from pacte_graph.errors import DataRefused, Told, tell

TOTAL = 500_000_000
RATIO = 200
MEMBERS = 10_000
SMALL = 1_000_000
"""Below this size in all, how well a file is packed doesn't matter."""

_READ = (".xml", ".rels")
_AGAIN = Told(
    "Open it in a spreadsheet and save it again, or split it.",
    "Ouvrez-le dans un tableur et enregistrez-le de nouveau, ou coupez-le.",
)


def repacked(data: bytes, name: str) -> dict[str, bytes]:
    """Return the XML members of a workbook, by name. Raises DataRefused when the file is not a zip, or breaks a bound."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_list(archive.infolist(), len(data), name)
            return dict(_members(archive, name))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise DataRefused(
            tell(
                "{name} is not a workbook that can be read ({error}).",
                "{name} n'est pas un classeur qui se lit ({error}).",
                name=name,
                error=error if str(error) else type(error).__name__,
            ),
            hint=Told(
                "Save it again as .xlsx or .ods, without a password.",
                "Enregistrez-le de nouveau en .xlsx ou .ods, sans mot de passe.",
            ),
        ) from error
    except (ValueError, UnicodeError, OverflowError) as error:
        raise DataRefused(
            tell(
                "{name} is a damaged workbook ({error}).", "{name} est un classeur endommagé ({error}).", name=name, error=error
            ),
            hint=_AGAIN,
        ) from error


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
        raise DataRefused(
            tell(
                "{name} holds {found} parts; {most} are allowed.",
                "{name} contient {found} parties ; {most} sont admises.",
                name=name,
                found=len(members),
                most=MEMBERS,
            ),
            hint=_AGAIN,
        )
    total = sum(member.file_size for member in members)
    if total > TOTAL or (total > SMALL and total > RATIO * size):
        raise DataRefused(
            tell(
                "{name} would take {size} MB once unpacked, which is too much.",
                "{name} prendrait {size} Mo une fois décompressé, c'est trop.",
                name=name,
                size=total // 1_000_000,
            ),
            hint=_AGAIN,
        )
    seen: set[str] = set()
    for member in members:
        path = member.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or ":" in path or path.casefold() in seen:
            raise DataRefused(
                tell(
                    "{name} holds a part with a name that isn't allowed: {path}.",
                    "{name} contient une partie dont le nom n'est pas admis : {path}.",
                    name=name,
                    path=repr(path[:80]),
                ),
                hint=_AGAIN,
            )
        seen.add(path.casefold())


def _members(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, bytes]]:
    for member in archive.infolist():
        if member.filename != "mimetype" and not member.filename.lower().endswith(_READ):
            continue
        content = archive.read(member)
        if len(content) > member.file_size:
            raise DataRefused(
                tell(
                    "{name}: the part {part} is larger than it says.",
                    "{name} : la partie {part} est plus grande qu'elle ne le dit.",
                    name=name,
                    part=member.filename[:80],
                ),
                hint=_AGAIN,
            )
        yield member.filename, content
