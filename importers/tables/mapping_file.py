"""Mapping files: checked whole, in words, before any table is opened; all that isn't sound is told at once."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from importers.decoding import decode, folded, read_bytes
from importers.tables import mapping_terms as terms
from importers.tables.cells import Raw, Unfit, value
from importers.tables.mapping import Inline, MappingFile, TableMap, Template, exploding, listed
from importers.tables.together import each, together
from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.schema import LINKS, NODES, LinkType, NodeType
from pacte_graph.schema.sheets import TABLES, Kind, accepted

LIMIT = 1_000_000
TOP = ("source", "programme", "ignore", "nodes", "tables")
PLACE = ("file", "sheet", "header_row", "separator", "kind")
MOST_HEADERS = 5
NODE_TEMPLATES = ("id", "programme", "document")
LINK_TEMPLATES = ("source", "source_type", "target", "target_type", "key")
INNER = ("columns", "values", "constants", "split", "skip", "ignore")
INLINE = ("link", "from", "to", "id", "split", "create", "node", "skip")


def load(path: Path) -> tuple[MappingFile, bytes]:
    """Return a mapping file and its bytes. Raises DataRefused, saying all that isn't sound, where, and what is accepted."""
    data = read_bytes(path, LIMIT)
    told = _parsed(data, path.name)
    place = path.name
    terms.only(told, TOP, place)
    tables = terms.sections(told.get("tables", []), "tables", place)
    if not tables:
        raise DataRefused(
            tell("{place} describes no table.", "{place} ne décrit aucune table.", place=place),
            hint=Told(
                "Add a [[tables]] section with a kind, an id and columns.",
                "Ajoutez une section [[tables]] avec kind, id et columns.",
            ),
        )
    written = terms.sections(told.get("nodes", []), "nodes", place)
    nodes, found = together(
        lambda: each(enumerate(written, 1), lambda item: _node(item[1], f"{place}, nodes {item[0]}")),
        lambda: each(enumerate(tables, 1), lambda item: _table(item[1], f"{place}, table {item[0]}")),
    )
    source = terms.section(told.get("source", {}), "source", place)
    programme = terms.optional(told, "programme", place)
    return MappingFile(
        source, programme, terms.some_texts(told.get("ignore", []), "ignore", place), tuple(nodes), tuple(found)
    ), data


def _parsed(data: bytes, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(decode(data, name))
    except tomllib.TOMLDecodeError as error:
        raise DataRefused(
            tell("{name} can't be read: {error}.", "{name} ne se lit pas : {error}.", name=name, error=error),
            hint=Told(
                "`pacte map FILE` writes a mapping to start from.", "`pacte map FICHIER` écrit une correspondance pour commencer."
            ),
        ) from error
    except RecursionError as error:
        raise DataRefused(
            tell("{name} can't be read: it is nested too deep.", "{name} ne se lit pas : trop de niveaux.", name=name),
            hint=Told("Write it as the how-to does.", "Écrivez-le comme dans le mode d'emploi."),
        ) from error


def _table(told: dict[str, Any], place: str) -> TableMap:
    kind = terms.a_kind(told.get("kind"), place)
    own = NODE_TEMPLATES if isinstance(kind, NodeType) else LINK_TEMPLATES

    def part(name: str) -> dict[str, Any]:
        return terms.section(told.get(name, {}), name, place)

    _, headers, columns, split, constants, skip = together(
        lambda: terms.only(told, (*PLACE, *own, *INNER), place),
        lambda: _headers(told.get("header_row", 1), place),
        lambda: _columns(part("columns"), kind, place),
        lambda: {name: terms.a_text(sign, f"split.{name}", place) for name, sign in part("split").items()},
        lambda: _constants(kind, part("constants"), place),
        lambda: {name: _patterns(raw, f"skip.{name}", place) for name, raw in part("skip").items()},
    )
    inline = [item.link for uses in columns.values() for item in uses if isinstance(item, Inline)]
    table = TableMap(
        place,
        kind,
        terms.optional(told, "file", place),
        terms.optional(told, "sheet", place),
        headers,
        terms.optional(told, "separator", place),
        {name: Template(found) for name in own if (found := terms.optional(told, name, place)) is not None},
        columns,
        _values((kind, *inline), part("values"), place),
        constants,
        split,
        skip,
        terms.some_texts(told.get("ignore", []), "ignore", place),
    )
    _check(table)
    return table


def _headers(told: Any, place: str) -> tuple[int, ...]:
    """Return the rows of the headers: a number, or several to join."""
    rows = told if isinstance(told, list) else [told]
    if (
        not 1 <= len(rows) <= MOST_HEADERS
        or any(not isinstance(row, int) or isinstance(row, bool) or not 1 <= row <= 1_000 for row in rows)
        or rows != sorted(set(rows))
    ):
        raise DataRefused(
            tell(
                "{place}: header_row is {told}; accepted: a row number from 1 to 1000.",
                "{place} : header_row vaut {told} ; accepté : un numéro de ligne de 1 à 1000.",
                place=place,
                told=repr(told),
            ),
            hint=Told("Headers on two rows: header_row = [1, 2].", "Des intitulés sur deux lignes : header_row = [1, 2]."),
        )
    return tuple(rows)


def _patterns(told: Any, name: str, place: str) -> tuple[str, ...]:
    """Return texts to recognise, folded; one text alone is a list of one."""
    return tuple(folded(item) for item in terms.some_texts([told] if isinstance(told, str) else told, name, place))


def _check(table: TableMap) -> None:
    """Raise DataRefused when a mapping gives a column twice, lacks what identifies, or splits two columns into rows."""
    given = [name for uses in table.columns.values() for name in uses if isinstance(name, str)]
    given += [*table.templates, *table.constants]
    doubled = sorted({name for name in given if given.count(name) > 1})
    if doubled:
        raise DataRefused(
            tell(
                "{place}: {names} is given twice.",
                "{place} : {names} est donné deux fois.",
                place=table.place,
                names=", ".join(doubled),
            ),
            hint=Told("Keep one column, constant or template.", "Gardez une colonne, une constante ou un modèle."),
        )
    wanted = ("id",) if isinstance(table.kind, NodeType) else ("source", "target")
    lacking = [name for name in wanted if name not in given]
    if lacking:
        raise DataRefused(
            tell(
                "{place}: nothing says what {names} is.",
                "{place} : rien ne dit ce qu'est {names}.",
                place=table.place,
                names=Told(" and ".join(lacking), " et ".join(lacking)),
            ),
            hint=Told(
                'Write for instance id = "project:my-scheme:{N°}", with a column of theirs in braces.',
                'Écrivez par exemple id = "project:mon-schema:{N°}", avec une de leurs colonnes entre accolades.',
            ),
        )
    if table.separator is not None and len(table.separator) != 1:
        raise DataRefused(
            tell(
                "{place}: separator is {told}; accepted: one character.",
                "{place} : separator vaut {told} ; accepté : un seul caractère.",
                place=table.place,
                told=repr(table.separator),
            )
        )
    if any(not sign for sign in table.split.values()):
        raise DataRefused(
            tell(
                "{place}: a split has an empty separator; accepted: a text such as ';'.",
                "{place} : un split a un séparateur vide ; accepté : un texte tel que « ; ».",
                place=table.place,
            )
        )
    if len(exploding(table)) > 1:
        raise DataRefused(
            tell(
                "{place}: {names} would each make one row a piece.",
                "{place} : {names} feraient chacune une ligne par morceau.",
                place=table.place,
                names=", ".join(exploding(table)),
            ),
            hint=Told("Split one of them only, or describe two tables.", "Découpez-en une seule, ou décrivez deux tables."),
        )
    if isinstance(table.kind, LinkType) and any(isinstance(use, Inline) for uses in table.columns.values() for use in uses):
        raise DataRefused(
            tell(
                "{place}: rows that are links can't have links in their cells.",
                "{place} : des lignes qui sont des liens ne peuvent pas avoir de liens dans leurs cellules.",
                place=table.place,
            ),
            hint=Told("Describe a second table.", "Décrivez une seconde table."),
        )


def _columns(told: dict[str, Any], kind: Kind, place: str) -> dict[str, tuple[str | Inline, ...]]:
    def uses(item: tuple[str, Any]) -> tuple[str, tuple[str | Inline, ...]]:
        name, found = item
        where = tell("{place}, column “{name}”", "{place}, colonne « {name} »", place=place, name=name)
        return name, tuple(_use(use, kind, where) for use in (found if isinstance(found, list) else [found]))

    return dict(each(told.items(), uses))


def _use(use: Any, kind: Kind, place: str) -> str | Inline:
    if isinstance(use, dict):
        return _inline(use, place)
    names = [column.name for column in accepted(kind) if column.name != "sources"]
    if use not in names:
        raise DataRefused(
            tell(
                "{place}: {use} is no column of {table}.",
                "{place} : {use} n'est pas une colonne de {table}.",
                place=place,
                use=repr(use),
                table=kind.table,
            ),
            hint=tell("Accepted: {names}; or {{link = …}}.", "Accepté : {names} ; ou {{link = …}}.", names=", ".join(names)),
        )
    return str(use)


def _inline(told: dict[str, Any], place: str) -> Inline:
    link = LINKS.get(str(told.get("link")))
    if link is None or link.type == "ABOUT":
        known = ", ".join(kind.type for kind in TABLES.values() if isinstance(kind, LinkType))
        raise terms.refused(place, "link", told.get("link"), known)
    properties = [item.name for item in link.properties]
    terms.only(told, (*INLINE, *properties, *(["key"] if link.keyed else [])), place)
    sides = [side for side in ("from", "to") if side in told]
    if len(sides) != 1:
        raise DataRefused(
            tell(
                "{place}: say either from or to, with the label of what the cell names.",
                "{place} : dites soit from, soit to, avec le type de ce que la cellule nomme.",
                place=place,
            ),
            hint=Told('For instance from = "Actor".', 'Par exemple from = "Actor".'),
        )
    side, allowed = ("source", link.sources) if sides == ["from"] else ("target", link.targets)
    label = told[sides[0]]
    if label not in allowed:
        raise DataRefused(
            tell(
                "{place}: {side} is {label}; {type} accepts: {allowed}.",
                "{place} : {side} vaut {label} ; {type} accepte : {allowed}.",
                place=place,
                side=sides[0],
                label=repr(label),
                type=link.type,
                allowed=", ".join(allowed),
            )
        )
    create = told.get("create", True)
    if not isinstance(create, bool):
        raise DataRefused(
            tell(
                "{place}: create is {told}; accepted: true or false.",
                "{place} : create vaut {told} ; accepté : true ou false.",
                place=place,
                told=repr(create),
            )
        )
    extra = {name: Template(terms.plain(raw)) for name, raw in told.items() if name not in INLINE}
    for name, template in extra.items():
        if not template.fields and name != "key":
            _checked((link,), name, template.text, place)
    node = _constants(NODES[label], terms.section(told.get("node", {}), "node", place), place)
    default = f"{label.lower()}:{{value}}"
    template = Template(terms.a_text(told.get("id", default), "id", place))
    split = terms.a_text(told.get("split", ""), "split", place)
    return Inline(link, side, label, template, split, create, extra, node, _patterns(told.get("skip", []), "skip", place))


def _node(told: dict[str, Any], place: str) -> tuple[NodeType, dict[str, Raw]]:
    kind = terms.a_kind(told.get("label"), place, "label")
    if not isinstance(kind, NodeType):
        raise DataRefused(
            tell(
                "{place}: label is {told}, which is a link.",
                "{place} : label vaut {told}, qui est un lien.",
                place=place,
                told=repr(told["label"]),
            )
        )
    row = {name: told[name] for name in told if name not in ("label", "id", "programme")}
    fixed: dict[str, Raw] = {"id": terms.a_text(told.get("id"), "id", place)}
    if "programme" in told:
        fixed["programme"] = terms.a_text(told["programme"], "programme", place)
    ids.check(str(fixed["id"]))
    found = {**fixed, **_constants(kind, row, place)}
    missing = [item.name for item in kind.properties if item.required and item.name not in found]
    if missing:
        raise DataRefused(
            tell("{place}: {names} must be given.", "{place} : {names} doit être donné.", place=place, names=", ".join(missing))
        )
    return kind, found


def _values(kinds: Sequence[Kind], told: dict[str, Any], place: str) -> dict[str, dict[str, Raw]]:
    """Return theirs to ours by property of the rows or of the links in their cells; an empty text of ours means unknown."""

    def pair(item: tuple[str, str, Any]) -> tuple[str, str, Raw]:
        name, theirs, ours = item
        where = tell("{place}, values of {name}", "{place}, valeurs de {name}", place=place, name=name)
        return name, folded(theirs), _raw(ours, where) if ours == "" else _checked(kinds, name, ours, where)

    pairs = [
        (name, theirs, ours)
        for name, found in told.items()
        for theirs, ours in terms.section(found, f"values.{name}", place).items()
    ]
    made: dict[str, dict[str, Raw]] = {name: {} for name in told}
    for name, theirs, ours in each(pairs, pair):
        made[name][theirs] = ours
    return made


def _constants(kind: Kind, told: dict[str, Any], place: str) -> dict[str, Raw]:
    return dict(each(told.items(), lambda item: (item[0], _checked((kind,), item[0], item[1], place))))


def _checked(kinds: Sequence[Kind], name: str, raw: Any, place: str) -> Raw:
    """Return a value of ours once it is sure that the property of that name takes it."""
    items = [item for kind in kinds if (item := kind.property(name)) is not None]
    if not items:
        raise DataRefused(
            tell(
                "{place}: {name} is no property of {table}.",
                "{place} : {name} n'est pas une propriété de {table}.",
                place=place,
                name=name,
                table=kinds[0].table,
            ),
            hint=terms.among(known.name for known in kinds[0].properties),
        )
    cell = _raw(raw, place)
    for item in items:
        try:
            value(item, cell)
        except Unfit as unfit:
            raise DataRefused(
                tell(
                    "{place}: found “{found}” in {name}; accepted: {accepted}.",
                    "{place} : trouvé « {found} » dans {name} ; accepté : {accepted}.",
                    place=place,
                    found=unfit.found[:80],
                    name=name,
                    accepted=unfit.accepted,
                )
            ) from unfit
    return cell


def _raw(told: Any, place: str) -> Raw:
    """Return a TOML value as a cell; a list of texts stays one."""
    if isinstance(told, list) and all(isinstance(item, str) for item in told):
        return listed(told)
    if isinstance(told, str | int | float | bool | dt.date):
        return told
    raise DataRefused(
        tell(
            "{place}: {told} is not a text, a number, a date or a list of texts.",
            "{place} : {told} n'est ni un texte, ni un nombre, ni une date, ni une liste de textes.",
            place=place,
            told=repr(told),
        )
    )
