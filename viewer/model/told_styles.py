"""Styles in which each feature looks as its file says (simplestyle, KML)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from geodata.reading.looks import LOOK
from viewer.model.styles import FillStyle, LineStyle, Rule, Style, SymbolStyle

Looks = Mapping[str, Sequence[str]]
"""What a file says, by part (``fill``, ``stroke``, ``width``, ``colour``, ``size``), each different value once."""


def as_told(style: Style, looks: Looks) -> Style:
    """Return a plain style in which features look as their file says, where it says something."""
    if isinstance(style, FillStyle):
        return replace(
            style,
            fill=_rule(style.fill, "fill", looks),
            outline=_rule(style.outline, "stroke", looks),
            outline_width_px=_rule(style.outline_width_px, "width", looks, float),
        )
    if isinstance(style, LineStyle):
        return replace(
            style, colour=_rule(style.colour, "stroke", looks), width_px=_rule(style.width_px, "width", looks, float)
        )
    if isinstance(style, SymbolStyle):
        return replace(
            style, colour=_rule(style.colour, "colour", looks), size_px=_rule(style.size_px, "size", looks, float)
        )
    return style


def is_told(style: Style) -> bool:
    """Return whether some feature looks as its file says."""
    rules = (getattr(style, name, Rule("")) for name in ("fill", "outline", "colour", "size_px", "width_px"))
    return any(rule.field.startswith(LOOK) for rule in rules)


def _rule(plain: Rule, part: str, looks: Looks, kind: Callable[[str], Any] = str) -> Rule:
    values = looks.get(part, ())
    return Rule(plain.default, f"{LOOK}{part}", tuple((value, kind(value)) for value in values)) if values else plain
