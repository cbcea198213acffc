"""What a layer's style means, as entries of a legend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from viewer.model.styles import FillStyle, InvisibleStyle, LineStyle, Rule, Style, SymbolStyle


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend: what features with these attributes look like, and what they are."""

    text: str
    attributes: Mapping[str, Any]


def entries_of(style: Style) -> tuple[LegendEntry, ...]:
    """Return an entry for each case of a style, in the style's order; empty where all features look alike.

    Where rules go by several attributes, each attribute has its entries, the others being left at their defaults.
    """
    cases: dict[tuple[str, str], LegendEntry] = {}
    for rule in _rules(style):
        for value, _ in rule.cases:
            cases.setdefault((rule.field, value), LegendEntry(spoken(value), {rule.field: value}))
    entries = tuple(cases.values())
    return entries if len(entries) > 1 else ()


def main_attributes(style: Style) -> Mapping[str, Any]:
    """Return the attributes that stand for a whole layer: none, or the first case where the default draws nothing."""
    if not isinstance(style, InvisibleStyle) and colour_name(style, {}):
        return {}
    entries = [entry.attributes for entry in entries_of(style)]
    return next((attributes for attributes in entries if colour_name(style, attributes)), {})


def colour_name(style: Style, attributes: Mapping[str, Any]) -> str:
    """Return the palette's name of the strongest colour that a feature is drawn in; empty where nothing is drawn."""
    match style:
        case FillStyle():
            return str(style.outline.of(attributes) or style.fill.of(attributes) or style.hatch_colour.of(attributes))
        case LineStyle() | SymbolStyle():
            return str(style.colour.of(attributes))
        case _:
            return ""


def spoken(key: str) -> str:
    """Return a key of the data as words: no underscores, a capital first."""
    words = key.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _rules(style: Style) -> list[Rule]:
    values = [getattr(style, entry.name) for entry in fields(style)]
    return [value for value in values if isinstance(value, Rule) and value.field]
