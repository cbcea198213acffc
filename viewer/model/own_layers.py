"""Layers that a person brought: what is remembered of them, and how they look at first."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from geodata.catalogue import Source
from geodata.errors import CatalogueError
from geodata.prepared import GeometryKind
from geodata.reading.outcome import Columns, Interpretation
from viewer.model.layer import Layer
from viewer.model.style_tables import table_of
from viewer.model.styles import FillStyle, LabelStyle, LineStyle, Rule, Style, SymbolStyle, label_of, style_of
from viewer.model.told_styles import Looks, as_told

GROUP = "Your layers"
COLOURS = tuple(f"own_{number}" for number in range(1, 9))
"""The palette's colours for them, in the order in which they are given out."""

FORMAT_VERSION = 1

HERE = "Drawn or edited here"
"""What is said of the origin of a layer that is of no file, or no longer what its file says."""

OVER_THEM = "annotations"
"""The layer that all of them lie under."""

_NAMED_AT_MOST = 400
_LABEL = LabelStyle(role="symbol", size_px=Rule(12.0), priority=55)


@dataclass(frozen=True, slots=True)
class OwnLayer:
    """Where a layer of the person's own is from, and how it was read.

    Attributes
    ----------
    id : str
        The layer's id in the stack.
    path, layer : str
        The file, and the layer in it.
    geometry : {"polygon", "line", "point"}
        What it holds.
    prepared, frame : str
        Names of its two files in the folder of own layers; a layer that stays in its file has no `frame`.
    columns : tuple of str
        The attributes' names as the file has them.
    count, left_out : int
        How many features are on the map, and how many rows of the file are not.
    report : str
        What became of the file's rows.
    interpretation : Interpretation or None
        How the numbers are understood where somebody was asked.
    stamp : tuple of (int, int)
        The file's time of change in nanoseconds and its size in bytes when it was read.
    table : Columns or None
        What the columns of a table mean where somebody was asked.
    is_missed : bool
        Whether the file is no longer where it was, and somebody was asked for it.
    """

    id: str
    path: str
    layer: str
    geometry: GeometryKind
    prepared: str
    frame: str
    columns: tuple[str, ...]
    count: int
    left_out: int
    report: str
    interpretation: Interpretation | None
    stamp: tuple[int, int]
    table: Columns | None = None
    is_missed: bool = False

    @property
    def is_far(self) -> bool:
        """Whether its features stay in its file, and only what is near the view is at hand."""
        return not self.frame


def free_colour(taken: Sequence[Layer]) -> str:
    """Return the colour that the fewest of the person's layers have so far."""
    used = [colour_of(layer.style) for layer in taken if layer.is_own]
    return min(COLOURS, key=lambda colour: (used.count(colour), COLOURS.index(colour)))


def colour_of(style: Style) -> str:
    """Return the colour that a style of one colour is drawn in; empty for others."""
    rule = style.fill if isinstance(style, FillStyle) else getattr(style, "colour", Rule(""))
    return "" if rule.field else str(rule.default).partition("/")[0]


def style_in(colour: str, geometry: GeometryKind) -> Style:
    """Return the plain style of one colour."""
    if geometry == "polygon":
        return FillStyle(fill=Rule(f"{colour}/35"), outline=Rule(colour), outline_width_px=Rule(1.5))
    if geometry == "line":
        return LineStyle(colour=Rule(colour), width_px=Rule(2.5), casing=Rule("lane_casing"), casing_px=Rule(1.0))
    return SymbolStyle(shape=Rule("circle"), colour=Rule(colour), stroke=Rule("symbol_edge"), size_px=Rule(10.0))


def first_look(
    own: OwnLayer, *, title: str, prepared_path: str, stack: Sequence[Layer], looks: Looks | None = None
) -> Layer:
    """Return a layer as it is shown at first: as its file says, else in one colour; named where features are few."""
    return Layer(
        id=own.id,
        title=title,
        group=GROUP,
        style=as_told(style_in(free_colour(stack), own.geometry), looks or {}),
        label=_LABEL if own.count <= _NAMED_AT_MOST and own.geometry == "point" else None,
        selectable=True,
        prepared_path=prepared_path,
        count=own.count,
    )


def layer_above(geometry: GeometryKind, stack: Sequence[Layer]) -> str:
    """Return the id of the layer that a new one goes right under: areas under lines, lines under points.

    All of them lie over the built-in map and under its annotations and names. Empty where it goes on top.
    """
    order = ("polygon", "line", "point")
    for layer in stack:
        if layer.is_own and order.index(kind_of(layer.style)) > order.index(geometry):
            return layer.id
    return OVER_THEM


def source_of(own: OwnLayer, layer: Layer, *, changed: str) -> Source:
    """Return what the details of a layer say of its origin."""
    return Source(own.id, layer.title, GROUP, source=own.path or HERE, licence="", vintage=changed, note=own.report)


def day_of(own: OwnLayer) -> str:
    """Return the day on which a layer's file changed last, for people; empty where it is from no file."""
    if not own.stamp[0]:
        return ""
    changed = datetime.datetime.fromtimestamp(own.stamp[0] / 1e9, tz=datetime.UTC)
    return f"{changed:%d %B %Y}".lstrip("0")


def row_text(own: OwnLayer, look: Layer, *, at: float) -> str:
    """Return a layer as the text of its row in a document.

    `at` says where it lies among the person's layers, the lowest first.
    """
    entry = {"origin": asdict(own), "look": _look_table(look), "at": at}
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def from_row(text: str, *, folder: str) -> tuple[OwnLayer, Layer, float]:
    """Return the layer of a text that `row_text` made; one that nobody styled yet looks as layers do at first.

    Raises
    ------
    ValueError
        Where the text makes no sense.
    """
    try:
        entry = json.loads(text)
        own = _origin(entry["origin"])
        path = f"{folder}/{own.prepared}"
        look = entry["look"]
        shown = _look(look, own, folder) if look else first_look(own, title=own.layer, prepared_path=path, stack=())
        return own, shown, float(entry["at"])
    except (KeyError, TypeError, AttributeError, CatalogueError, RecursionError) as error:
        raise ValueError(f"a layer makes no sense ({error})") from error


def from_text(text: str, *, folder: str) -> tuple[tuple[OwnLayer, Layer], ...]:
    """Return the layers of the index in which earlier versions kept them; entries that make no sense are left out.

    Raises
    ------
    ValueError
        Where the text as a whole is none of this format, or of a newer version.
    """
    table = json.loads(text)
    if not isinstance(table, dict) or table.get("version") != FORMAT_VERSION:
        raise ValueError("it is of another version")
    found: list[tuple[OwnLayer, Layer]] = []
    for entry in cast("list[Any]", table.get("layers", [])):
        try:
            own = _origin(entry["origin"])
            found.append((own, _look(entry["look"], own, folder)))
        except (KeyError, TypeError, ValueError, AttributeError, CatalogueError):
            continue
    return tuple(found)


def _origin(table: Mapping[str, Any]) -> OwnLayer:
    way = table["interpretation"]
    said = table.get("table")
    known: dict[str, Any] = {**table, "interpretation": Interpretation(**way) if way else None}
    known["table"] = _columns(said) if said else None
    own = OwnLayer(**known)
    modified, size = own.stamp
    if own.geometry not in ("polygon", "line", "point") or "/" in own.prepared + own.frame:
        raise ValueError(own.geometry)
    return replace(own, columns=tuple(map(str, own.columns)), stamp=(int(modified), int(size)))


def _columns(table: Mapping[str, Any]) -> Columns:
    known: dict[str, Any] = {**table, "kinds": tuple((str(name), str(kind)) for name, kind in table["kinds"])}
    return Columns(**known)


def _look_table(layer: Layer) -> dict[str, Any]:
    return {
        "title": layer.title,
        "visible": layer.visible,
        "opacity": layer.opacity,
        "style": table_of(layer.style),
        "label": table_of(layer.label) if layer.label else None,
        "min_mpp": layer.min_mpp,
        "max_mpp": layer.max_mpp if math.isfinite(layer.max_mpp) else None,
    }


def _look(table: Mapping[str, Any], own: OwnLayer, folder: str) -> Layer:
    where = f"layer {own.id}"
    return Layer(
        id=own.id,
        title=str(table["title"]),
        group=GROUP,
        style=style_of(table["style"], where=where),
        label=label_of(table["label"], where=where) if table["label"] else None,
        visible=bool(table["visible"]),
        opacity=min(max(float(table["opacity"]), 0.0), 1.0),
        selectable=True,
        min_mpp=float(table.get("min_mpp") or 0.0),
        max_mpp=float(table.get("max_mpp") or math.inf),
        prepared_path=f"{folder}/{own.prepared}",
        count=own.count,
    )


def kind_of(style: Style) -> GeometryKind:
    """Return what a layer of this style holds."""
    return "polygon" if isinstance(style, FillStyle) else "line" if isinstance(style, LineStyle) else "point"
