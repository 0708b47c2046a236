"""Identifiers that name one body only, read alike whatever their spacing; and countries."""

from __future__ import annotations

import re
from collections.abc import Mapping

STRONG = ("siren", "vat", "pic", "rna", "ror", "insee_code")
"""Schemes in which a value names one body; they are compared in this order."""
SHOWN = {"siren": "SIREN", "vat": "TVA", "pic": "PIC", "rna": "RNA", "ror": "ROR", "insee_code": "INSEE"}
_FRENCH_VAT = re.compile(r"FR[0-9A-Z]{2}(\d{9})")
_KEPT = re.compile(r"[^0-9A-Z]")


def strong(identifiers: Mapping[str, str]) -> Mapping[str, str]:
    """Return the strong identifiers, cleaned; a SIRET or a French VAT number also gives its SIREN, zeros only give none."""
    read = {scheme.casefold(): _KEPT.sub("", value.upper()) for scheme, value in sorted(identifiers.items())}
    found = {scheme: read[scheme] for scheme in STRONG if read.get(scheme, "").strip("0")}
    siret, vat = read.get("siret", ""), _FRENCH_VAT.fullmatch(found.get("vat", ""))
    if "siren" not in found and len(siret) == 14 and siret.strip("0"):
        found["siren"] = siret[:9]
    if "siren" not in found and vat is not None:
        found["siren"] = vat[1]
    return found


def same_country(a: str, b: str) -> bool:
    """Tell whether two countries may be one: they are equal, or one isn't known."""
    return not a or not b or a == b
