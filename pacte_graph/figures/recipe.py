"""Recipes as files and as web addresses: strict YAML for people, a flat dictionary of short texts for the URL."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import unquote

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pacte_graph.errors import DataRefused, UsageError
from pacte_graph.figures.model import Layer, Layout, Recipe

MAX_BYTES = 1_000_000
MAX_PIXELS = 150_000_000
"""Largest PNG drawn: A0 at 300 dots per inch is 139 million."""
LAYERS: tuple[Layer, ...] = get_args(Layer)
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
_DEFAULT = Recipe("")

_Id = Annotated[str, Field(min_length=1, max_length=500)]
_Scalar = str | int | float | bool | dt.date


class _Sheet(BaseModel):
    """What a recipe file may hold; every key of Recipe, checked."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    programme: _Id
    title: str = ""
    date: dt.date | None = None
    layers: list[Layer] = Field(default_factory=lambda: list(_DEFAULT.layers))
    hidden_groups: list[_Id] = Field(default_factory=list)
    focus: _Id | None = None
    depth: int = Field(default=1, ge=1, le=10)
    expanded: list[_Id] = Field(default_factory=list)
    hidden: list[_Id] = Field(default_factory=list)
    path: list[_Id] | None = Field(default=None, min_length=2, max_length=2)
    layout: Layout = "force"
    size_by: _Id = "degree"
    query: _Id | None = None
    parameters: dict[str, _Scalar] = Field(default_factory=dict)
    positions: dict[str, list[float]] = Field(default_factory=dict)
    language: Literal["fr", "en"] = "fr"
    width_mm: float = Field(default=240.0, ge=40, le=2000)
    height_mm: float = Field(default=160.0, ge=40, le=2000)
    dpi: int = Field(default=300, ge=50, le=1200)

    @model_validator(mode="after")
    def _places_and_pixels(self) -> _Sheet:
        if any(len(place) != 2 for place in self.positions.values()):
            raise ValueError("positions: two numbers [x, y] are expected for each node")
        if pixels(self.width_mm, self.height_mm, self.dpi) > MAX_PIXELS:
            raise ValueError(f"width_mm × height_mm at that dpi is over {MAX_PIXELS:,} dots; lower the dpi or the size")
        return self


def pixels(width_mm: float, height_mm: float, dpi: float) -> int:
    """Return how many dots an image of that printed size has."""
    return round(width_mm / 25.4 * dpi) * round(height_mm / 25.4 * dpi)


def read_file(path: Path) -> Recipe:
    """Return the recipe in a YAML file. Raises UsageError when it can't be read, DataRefused when it isn't a recipe."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DataRefused(f"{path.name} has {size:,} bytes; a recipe has at most {MAX_BYTES:,}.")
        text = path.read_text(encoding="utf-8")
    except OSError as problem:
        raise UsageError(f"The recipe {path} can't be read: {problem.strerror}.", hint="Check the path.") from problem
    except UnicodeDecodeError as problem:
        raise DataRefused(f"{path.name} is not UTF-8 text.", hint="Save the recipe as UTF-8.") from problem
    return from_yaml(text, where=path.name)


def from_yaml(text: str, *, where: str = "the recipe") -> Recipe:
    """Return the recipe a YAML text states; unknown keys, wrong types and YAML aliases are refused (DataRefused)."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise DataRefused(f"{where} uses YAML aliases (*name); write the values out.")
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise DataRefused(f"{where}{line} is not YAML.", hint="Write one “key: value” a line.") from problem
    if not isinstance(data, dict):
        raise DataRefused(f"{where} must hold “key: value” lines, starting with programme.")
    return from_mapping(data, where=where)


def from_mapping(data: Mapping[Any, Any], *, where: str = "the recipe") -> Recipe:
    """Return the recipe of a plain mapping, checked as a file would be."""
    unknown = sorted(str(key) for key in data if key not in _Sheet.model_fields)
    if unknown:
        raise DataRefused(f"{where}: unknown key {', '.join(unknown)}; accepted are {', '.join(_Sheet.model_fields)}.")
    try:
        sheet = _Sheet.model_validate(dict(data))
    except ValidationError as problem:
        raise DataRefused(f"{where}: {_sentence(problem)}") from problem
    return Recipe(
        **{
            **sheet.model_dump(),
            "layers": tuple(sheet.layers),
            "hidden_groups": tuple(sheet.hidden_groups),
            "expanded": tuple(sheet.expanded),
            "hidden": tuple(sheet.hidden),
            "path": (sheet.path[0], sheet.path[1]) if sheet.path else None,
            "positions": {name: (place[0], place[1]) for name, place in sheet.positions.items()},
        }
    )


def _sentence(problem: ValidationError) -> str:
    first = problem.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    said = str(first["msg"]).removeprefix("Value error, ")
    return f"{key}: {said[0].lower()}{said[1:]}." if key else f"{said}."


def to_yaml(recipe: Recipe) -> str:
    """Return the file of a recipe, in the order of its keys; what is at its default is left out."""
    data: dict[str, Any] = {"programme": recipe.programme}
    for field in dataclasses.fields(Recipe):
        value = getattr(recipe, field.name)
        if field.name != "programme" and value != getattr(_DEFAULT, field.name):
            data[field.name] = _plain(value)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in sorted(value.items())}
    return value


def to_state(recipe: Recipe) -> dict[str, str]:
    """Return the flat dictionary for the URL: short keys, texts only, defaults left out so that links stay short."""
    printed = {"w": recipe.width_mm, "h": recipe.height_mm, "dpi": recipe.dpi}
    usual = {"w": _DEFAULT.width_mm, "h": _DEFAULT.height_mm, "dpi": _DEFAULT.dpi}
    fields = {
        "programme": recipe.programme,
        "lang": "en" if recipe.language == "en" else "",
        "title": recipe.title,
        "date": recipe.date.isoformat() if recipe.date else "",
        "layers": "" if recipe.layers == _DEFAULT.layers else _join(recipe.layers) or "none",
        "off": _join(recipe.hidden_groups),
        "focus": recipe.focus or "",
        "depth": str(recipe.depth) if recipe.depth != 1 else "",
        "plus": _join(recipe.expanded),
        "minus": _join(recipe.hidden),
        "path": _join(recipe.path or ()),
        "layout": "" if recipe.layout == _DEFAULT.layout else recipe.layout,
        "size": "" if recipe.size_by == _DEFAULT.size_by else recipe.size_by,
        "q": recipe.query or "",
        "pos": _join(f"{x!r},{y!r},{name}" for name, (x, y) in sorted(recipe.positions.items())),
        **{key: repr(value) if value != usual[key] else "" for key, value in printed.items()},
    }
    parameters = {f"p.{name}": str(value) for name, value in sorted(recipe.parameters.items())}
    return {key: value for key, value in {**fields, **parameters}.items() if value}


def from_state(state: Mapping[str, str]) -> Recipe:
    """Return the recipe a URL means. Keys it doesn't know are left alone, impossible values fall back to the default.

    A link cut short in an e-mail still opens; a file, which a person wrote, is read strictly (``from_yaml``).
    """
    path = _split(state.get("path", ""))
    layers = state.get("layers")
    return Recipe(
        programme=state.get("programme", ""),
        title=state.get("title", ""),
        date=_date(state.get("date", "")),
        layers=_DEFAULT.layers if layers is None else tuple(name for name in LAYERS if name in _split(layers)),
        hidden_groups=_split(state.get("off", "")),
        focus=state.get("focus") or None,
        depth=round(_number(state.get("depth"), 1, 1, 10)),
        expanded=_split(state.get("plus", "")),
        hidden=_split(state.get("minus", "")),
        path=(path[0], path[1]) if len(path) == 2 else None,
        layout=next((name for name in LAYOUTS if name == state.get("layout")), _DEFAULT.layout),
        size_by=state.get("size") or _DEFAULT.size_by,
        query=state.get("q") or None,
        parameters={key[2:]: value for key, value in sorted(state.items()) if key.startswith("p.")},
        positions=_positions(state.get("pos", "")),
        language="en" if state.get("lang") == "en" else "fr",
        width_mm=_number(state.get("w"), _DEFAULT.width_mm, 40, 2000),
        height_mm=_number(state.get("h"), _DEFAULT.height_mm, 40, 2000),
        dpi=round(_number(state.get("dpi"), _DEFAULT.dpi, 50, 1200)),
    )


def _join(values: Iterable[str]) -> str:
    return "~".join(value.replace("%", "%25").replace("~", "%7E") for value in values)


def _split(text: str) -> tuple[str, ...]:
    return tuple(unquote(part) for part in text.split("~") if part)


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str | None, default: float, low: float, high: float) -> float:
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if low <= value <= high else default


def _positions(text: str) -> dict[str, tuple[float, float]]:
    places = {}
    for item in _split(text):
        parts = item.split(",", 2)
        if len(parts) == 3 and parts[2]:
            x, y = (_number(part, float("nan"), -1e9, 1e9) for part in parts[:2])
            if x == x and y == y:  # noqa: PLR0124 - not a number differs from itself
                places[parts[2]] = (x, y)
    return places
