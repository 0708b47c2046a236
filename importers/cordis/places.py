"""Where an organisation is based: a commune, and only where coordinates and town don't contradict each other."""

from __future__ import annotations

from importers.communes import Communes

HOME = "FR"


def commune(known: Communes, position: list[float] | None, *, town: str, country: str, postcode: str) -> tuple[str | None, str]:
    """Return the INSEE code of the commune, or None, and a remark when it is doubtful (in French, else empty).

    The commune is the one whose contour holds the coordinates; without coordinates, in France, the only one of that name in
    the file, in the département of the postcode if there is one. Coordinates that lie elsewhere than the town named leave
    the place open: one of both is wrong.
    """
    named = _named(known, town, postcode) if country == HOME else None
    if position is None:
        return named, ""
    found = known.at(position[0], position[1])
    if named is not None and named != found:
        place = known.by_code[found].name if found else "hors des communes connues"
        return None, f"Implantation incertaine : ville {known.by_code[named].name}, coordonnées {place}."
    return found, ""


def _named(known: Communes, town: str, postcode: str) -> str | None:
    code = known.called(town) if town else None
    digits = postcode.replace(" ", "")
    return code if code and (not digits or _same_departement(code, digits)) else None


def _same_departement(code: str, postcode: str) -> bool:
    """Tell whether an INSEE code and a postcode start alike; Corsica (2A, 2B) shares 20."""
    return postcode.rjust(5, "0")[:2] == ("20" if code[:2] in {"2A", "2B"} else code[:2])
