"""How a layer is drawn: one frozen value a kind, read from the catalogue's tables.

Anything that may depend on a feature is a `Rule`: one value for all, or a choice by an attribute.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, cast

from geodata.errors import CatalogueError

LabelRole = Literal["ocean", "sea", "country", "region", "place", "lane", "graticule", "symbol"]
HatchName = Literal["none", "diagonal", "cross"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A value for every feature: by an attribute where `field` is set, else `default`."""

    default: Any
    field: str = ""
    cases: tuple[tuple[str, Any], ...] = ()

    def of(self, attributes: Mapping[str, Any]) -> Any:
        """Return the value for a feature's attributes; `default` where its value has no case of its own."""
        if not self.field:
            return self.default
        return dict(self.cases).get(_key(attributes.get(self.field)), self.default)

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
    """Points drawn as symbols. `shape` names one of the engine's shapes."""

    shape: Rule = Rule("circle")
    colour: Rule = Rule("")
    stroke: Rule = Rule("")
    size_px: Rule = Rule(9.0)


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
        Where the kind or a key is unknown.
    """
    kind = _KINDS.get(str(table.get("kind")))
    if kind is None:
        raise CatalogueError(
            f"The style kind {table.get('kind')!r} is unknown.", where=where, advice=f"Use one of {', '.join(_KINDS)}."
        )
    _refuse_unknown(kind, table, where=where, also={"kind"})
    rules = {key: rule_of(value) for key, value in table.items() if key != "kind"}
    for key, rule in rules.items():
        _refuse_wrong_type(kind, key, rule, where=where)
    return kind(**rules)


def label_of(table: Mapping[str, Any], *, where: str) -> LabelStyle:
    """Return the label style that a catalogue table describes.

    Raises
    ------
    CatalogueError
        Where a key is unknown.
    """
    _refuse_unknown(LabelStyle, table, where=where, also=set())
    values: dict[str, Any] = {key: rule_of(value) if key == "size_px" else value for key, value in table.items()}
    return LabelStyle(**values)


def rule_of(value: Any) -> Rule:
    """Return a rule from a plain value or a table of ``field``, ``default`` and ``cases``."""
    if not isinstance(value, Mapping):
        return Rule(_frozen(value))
    table = cast("Mapping[str, Any]", value)
    cases = tuple((str(case), _frozen(item)) for case, item in table.get("cases", {}).items())
    return Rule(_frozen(table.get("default", "")), str(table.get("field", "")), cases)


def _refuse_unknown(kind: type, table: Mapping[str, Any], *, where: str, also: set[str]) -> None:
    known = {entry.name for entry in fields(kind)} | also
    unknown = sorted(set(table) - known)
    if unknown:
        raise CatalogueError(
            f"The style has a key {unknown[0]!r} that it does not know.",
            where=where,
            advice=f"Known keys: {', '.join(sorted(known))}.",
        )


def _refuse_wrong_type(kind: type[Style], key: str, rule: Rule, *, where: str) -> None:
    usual = getattr(kind(), key).default
    allowed = (int, float) if isinstance(usual, float) else type(usual)
    for value in rule.values:
        if not isinstance(value, allowed) or (isinstance(value, tuple) and not _all_numbers(value)):
            raise CatalogueError(f"{key} cannot be {value!r}.", where=where, advice=f"It is written like {usual!r}.")


def _all_numbers(values: tuple[Any, ...]) -> bool:
    return all(isinstance(value, int | float) for value in values)


def _frozen(value: Any) -> Any:
    return tuple(cast("list[Any]", value)) if isinstance(value, list) else value


def _key(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
