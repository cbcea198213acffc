"""What the legend on the map says: one line for each look of the layers that are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import cast

from geodata.reading.looks import LOOK
from viewer.model.density import is_counted, legend_colours
from viewer.model.layer import Layer, LayerStack
from viewer.model.styles import FillStyle, InvisibleStyle, LineStyle, Rule, Style, SymbolStyle

SUBJECTS = ("Alaska", "Elmendorf-Richardson", "Russian Arctic", "Shipping lanes")
"""The story's four subjects, whose groups come first."""

_LEADING: Mapping[type[Style], tuple[str, ...]] = MappingProxyType(
    {
        FillStyle: ("fill", "hatch", "outline"),
        LineStyle: ("colour", "dash"),
        SymbolStyle: ("colour", "shape"),
    }
)

# What the values of an attribute are called; the empty one is all others. A value that is not named here is not shown,
# unless it is the only look of its layer.
_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "russian-arctic": {"whole": "Whole region in the Arctic zone", "part": "Region partly in the Arctic zone"},
        "lanes": {
            "nsr": "Northern Sea Route",
            "nwp": "Northwest Passage",
            "tsr": "Transpolar Sea Route (future)",
            "bridge": "Arctic Bridge",
        },
        "resource-sites": {
            "metals": "Metals",
            "iron": "Iron",
            "gas": "Gas",
            "oil": "Oil",
            "gold": "Gold",
            "diamonds": "Diamonds",
            "coal": "Coal",
            "nuclear": "Nuclear power",
            "": "Other minerals",
        },
        "bases": {"USA": "Base of the United States", "RUS": "Base of Russia", "": "Base of another country"},
        "ports": {"": "Port", "planned": "Port, planned or being built"},
        "country-borders": {"": "Border", "disputed": "Disputed border", "line of control": "Line of control"},
        "graticule": {"arctic_circle": "Arctic Circle"},
        "places": {"": "Town", "country": "Capital"},
        "zones": {"": "200-mile zone (approximate)", "nsr": "Water area of the Northern Sea Route"},
    }
)
_LOOKS_SHOWN = 4
_COUNTS = "{}: few to many in a pixel"
_RAMPS: Mapping[str, str] = MappingProxyType({"bathymetry": "Depth of the sea, {first} to {last} m"})


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend.

    Attributes
    ----------
    title : str
        What it stands for.
    styles : tuple of Style
        What is drawn beside it, each for one look, without choices by attribute; several make a ramp.
    """

    title: str
    styles: tuple[Style, ...]


@dataclass(frozen=True, slots=True)
class LegendGroup:
    """Lines under one heading, the topmost layer first."""

    title: str
    entries: tuple[LegendEntry, ...]


def legend_of(stack: LayerStack, metres_per_pixel: float) -> tuple[LegendGroup, ...]:
    """Return the legend of the layers that are drawn at a scale: the story's subjects first, then all else."""
    groups: dict[str, list[LegendEntry]] = {title: [] for title in SUBJECTS}
    for layer in reversed(stack.drawn_at(metres_per_pixel)):
        entries = entries_of(layer)
        heading = layer.title if layer.is_own and len(entries) > 1 else layer.group
        groups.setdefault(heading, []).extend(entries)
    return tuple(LegendGroup(title, tuple(entries)) for title, entries in groups.items() if entries)


def entries_of(layer: Layer) -> tuple[LegendEntry, ...]:
    """Return the legend's lines for one layer; none where nothing of it is drawn."""
    if isinstance(layer.style, InvisibleStyle):
        return ()
    field, cases = _leading_choice(layer.style)
    if field.startswith(LOOK):
        return (LegendEntry(layer.title, _told(layer.style, field, cases)),)
    if is_counted(layer) and not layer.near and isinstance(layer.style, SymbolStyle):
        return (LegendEntry(_COUNTS.format(layer.title), _counted(layer.style)),)
    if layer.id in _RAMPS and cases:
        title = _RAMPS[layer.id].format(first=_grouped(cases[0]), last=_grouped(cases[-1]))
        return (LegendEntry(title, tuple(_settled(layer.style, field, case) for case in cases)),)
    words = {case: case or "All others" for case in cases} if layer.is_own else _WORDS.get(layer.id, {})
    named = [(words[case], _settled(layer.style, field, case)) for case in (*words,) if case == "" or case in cases]
    if not named:
        named = [(layer.title, _settled(layer.style, "", ""))]
    return tuple(LegendEntry(title, (style,)) for title, style in named)


def _counted(style: SymbolStyle) -> tuple[Style, ...]:
    return tuple(FillStyle(fill=Rule(colour)) for colour in legend_colours(style))


def _told(style: Style, field: str, cases: tuple[str, ...]) -> tuple[Style, ...]:
    """Return a few of the looks that a file gives its features."""
    return tuple(_settled(style, field, case) for case in cases[:_LOOKS_SHOWN])


def _leading_choice(style: Style) -> tuple[str, tuple[str, ...]]:
    """Return the attribute that the look depends on most, and its values; empty where all look alike."""
    rules = [cast("Rule", getattr(style, name)) for name in _LEADING[type(style)]]
    field = next((rule.field for rule in rules if rule.field), "")
    cases = (case for rule in rules if rule.field == field for case, _ in rule.cases)
    return field, tuple(dict.fromkeys(cases)) if field else ()


def _settled(style: Style, field: str, case: str) -> Style:
    """Return the style of the features that have one value in an attribute."""
    rules = {entry.name: cast("Rule", getattr(style, entry.name)) for entry in fields(style)}
    return replace(style, **{name: Rule(rule.of({field: case} if field else {})) for name, rule in rules.items()})


def _grouped(number: str) -> str:
    return f"{int(number):,}" if number.isdigit() else number
