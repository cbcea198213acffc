"""How a layer is drawn: one frozen value a kind, read from the catalogue's tables.

Anything that may depend on a feature is a `Rule`: one value for all, or a choice by an attribute.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

from geodata.errors import CatalogueError
from viewer.model.style_checks import LabelRole, refuse


@dataclass(frozen=True, slots=True)
class Rule:
    """A value for every feature: by an attribute where `field` is set, else `default`.

    Where there are `breaks`, rising numbers, a number below the first of them gives the first case, and so on.
    """

    default: Any
    field: str = ""
    cases: tuple[tuple[str, Any], ...] = ()
    breaks: tuple[float, ...] = ()

    def of(self, attributes: Mapping[str, Any]) -> Any:
        """Return the value for a feature's attributes; `default` where its value has no case of its own."""
        if not self.field:
            return self.default
        value = attributes.get(self.field)
        if self.breaks and isinstance(value, int | float) and math.isfinite(value):
            return self.cases[bisect_right(self.breaks, value)][1]
        return dict(self.cases).get(_key(value), self.default)

    @property
    def values(self) -> tuple[Any, ...]:
        """All values that the rule can give, `default` first, each once."""
        return tuple(dict.fromkeys((self.default, *(value for _, value in self.cases))))


@dataclass(frozen=True, slots=True)
class FillStyle:
    """Filled polygons. Colours are names of the palette, an empty name draws nothing; widths are in logical pixels.

    `stroke_holes` says whether holes, such as lakes, are outlined too.
    `near_opacity` is the fill's share of its colour close by, where a subject fills the view and what lies in it leads.
    """

    fill: Rule = Rule("")
    near_opacity: Rule = Rule(1.0)
    outline: Rule = Rule("")
    outline_width_px: Rule = Rule(1.0)
    outline_dash: Rule = Rule(())
    stroke_holes: Rule = Rule(True)
    hatch: Rule = Rule("none")
    hatch_colour: Rule = Rule("")


@dataclass(frozen=True, slots=True)
class LineStyle:
    """Stroked lines, over a casing where one is named. `dash` is in multiples of the width; empty is solid."""

    colour: Rule = Rule("")
    width_px: Rule = Rule(1.0)
    dash: Rule = Rule(())
    casing: Rule = Rule("")
    casing_px: Rule = Rule(1.5)


@dataclass(frozen=True, slots=True)
class SymbolStyle:
    """Points drawn as symbols. `shape` names one of the engine's shapes.

    Many points in few pixels are counted: `density` says how counts are spread over colours, ``log`` or ``linear``, and
    `ramp` which colours; empty goes on from `colour`.
    """

    shape: Rule = Rule("circle")
    colour: Rule = Rule("")
    stroke: Rule = Rule("")
    size_px: Rule = Rule(9.0)
    density: Rule = Rule("log")
    ramp: Rule = Rule("")


@dataclass(frozen=True, slots=True)
class InvisibleStyle:
    """Nothing is drawn: the layer is there for its labels or for being clicked."""


Style = FillStyle | LineStyle | SymbolStyle | InvisibleStyle


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """How a layer's features are named.

    Attributes
    ----------
    field : str
        The attribute that holds the text.
    role : LabelRole
        The look: ``ocean`` and ``sea`` in spaced italics, ``country`` in spaced capitals, and so on.
    colour, halo : str
        Names in the palette.
    size_px : Rule
        Height of the type in logical pixels, often by rank.
    priority : int
        Layers with a smaller number place their labels first.
    along : bool
        Whether the text follows the line.
    max_mpp : float
        The coarsest scale, in map metres per pixel, at which names are shown; the features may be shown before.
    """

    field: str = "name"
    role: LabelRole = "place"
    colour: str = "label"
    halo: str = "label_halo"
    size_px: Rule = Rule(12.0)
    priority: int = 50
    along: bool = False
    max_mpp: float = float("inf")


_KINDS: Mapping[str, type[Style]] = {
    "fill": FillStyle,
    "line": LineStyle,
    "symbol": SymbolStyle,
    "invisible": InvisibleStyle,
}


def style_of(table: Mapping[str, Any], *, where: str) -> Style:
    """Return the style that a catalogue table describes.

    Parameters
    ----------
    table
        ``kind`` and, by field name, a value or ``{field, default, cases}``.
    where
        The layer, for messages.

    Raises
    ------
    CatalogueError
        Where the kind or a key is unknown, or a value cannot be drawn.
    """
    kind = _KINDS.get(str(table.get("kind")))
    if kind is None:
        raise CatalogueError(
            f"The style kind {table.get('kind')!r} is unknown.", where=where, advice=f"Use one of {', '.join(_KINDS)}."
        )
    _refuse_unknown(kind, table, where=where, also={"kind"})
    return kind(**{key: _checked_rule(key, value, where=where) for key, value in table.items() if key != "kind"})


def label_of(table: Mapping[str, Any], *, where: str) -> LabelStyle:
    """Return the label style that a catalogue table describes.

    Raises
    ------
    CatalogueError
        Where a key is unknown, or a value makes no sense.
    """
    _refuse_unknown(LabelStyle, table, where=where, also=set())
    values = dict(table)
    for key, value in table.items():
        if key == "size_px":
            values[key] = _checked_rule(key, value, where=where)
        else:
            refuse(key, (value,), where=where)
    return LabelStyle(**values)


def rule_of(value: Any, *, where: str = "") -> Rule:
    """Return a rule from a plain value or a table of ``field``, ``default`` and ``cases``.

    Raises
    ------
    CatalogueError
        Where the table is not made of these.
    """
    if not isinstance(value, Mapping):
        return Rule(_frozen(value))
    table = cast("Mapping[str, Any]", value)
    unknown = sorted(set(table) - {"field", "default", "cases", "breaks"})
    cases: Any = table.get("cases", {})
    if unknown or not isinstance(cases, Mapping) or not isinstance(table.get("field", ""), str):
        raise CatalogueError(
            f"{dict(table)!r} is no choice by an attribute.",
            where=where,
            advice="Write it as { field, default, cases = { value = … } }.",
        )
    by_value = tuple((str(case), _frozen(item)) for case, item in cast("Mapping[str, Any]", cases).items())
    breaks = tuple(float(limit) for limit in table.get("breaks", ()))
    if breaks and len(by_value) <= len(breaks):
        raise CatalogueError(f"{len(breaks)} breaks make one class more, each a case.", where=where)
    return Rule(_frozen(table.get("default", "")), table.get("field", ""), by_value, breaks)


def _checked_rule(key: str, value: Any, *, where: str) -> Rule:
    rule = rule_of(value, where=where)
    refuse(key, rule.values, where=where)
    return rule


def _refuse_unknown(kind: type, table: Mapping[str, Any], *, where: str, also: set[str]) -> None:
    known = {entry.name for entry in fields(kind)} | also
    unknown = sorted(set(table) - known)
    if unknown:
        raise CatalogueError(
            f"The style has a key {unknown[0]!r} that it does not know.",
            where=where,
            advice=f"Known keys: {', '.join(sorted(known))}.",
        )


def _frozen(value: Any) -> Any:
    return tuple(cast("list[Any]", value)) if isinstance(value, list) else value


def _key(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
