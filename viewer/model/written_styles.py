"""Styles → the properties of simplestyle, and what of a look those cannot hold."""

from __future__ import annotations

from collections.abc import Callable

from geodata.reading.looks import LOOK
from geodata.writing.looks import Look
from viewer.model.layer import Layer
from viewer.model.palette import Palette
from viewer.model.styles import FillStyle, LineStyle, Rule, SymbolStyle

_SMALL_PX, _LARGE_PX = 9.5, 13.0


def looks_of(layer: Layer, palette: Palette) -> tuple[Look, ...]:
    """Return what a layer's look is in simplestyle, in a theme's colours; parts that its file says are left out."""
    style = layer.style
    found: list[Look | None] = []
    if isinstance(style, FillStyle):
        found += _colour("fill", style.fill, palette)
        found += _colour("stroke", style.outline, palette)
        found.append(_look("stroke-width", style.outline_width_px, float))
    elif isinstance(style, LineStyle):
        found += _colour("stroke", style.colour, palette)
        found.append(_look("stroke-width", style.width_px, float))
    elif isinstance(style, SymbolStyle):
        found += _colour("marker-color", style.colour, palette)[:1]
        found.append(_look("marker-size", style.size_px, _size))
    return tuple(look for look in found if look is not None)


def not_written(layer: Layer) -> tuple[str, ...]:
    """Return the parts of a layer's look that simplestyle and KML cannot hold, each in a few words."""
    style = layer.style
    found: list[str] = []
    if isinstance(style, FillStyle):
        found += ["hatches"] if any(value != "none" for value in style.hatch.values) else []
        found += ["dashes of outlines"] if any(style.outline_dash.values) else []
    elif isinstance(style, LineStyle):
        found += ["dashes"] if any(style.dash.values) else []
        found += ["casings of lines"] if any(style.casing.values) else []
    elif isinstance(style, SymbolStyle):
        found += ["shapes of symbols"] if any(value != "circle" for value in style.shape.values) else []
        found += ["edges of symbols", "exact sizes of symbols"]
    found += ["names on the map"] if layer.label is not None else []
    found += ["the layer's opacity"] if layer.opacity < 1 else []
    return tuple(found)


def _colour(name: str, rule: Rule, palette: Palette) -> list[Look | None]:
    """Return a colour and its opacity."""

    def opacity(colour: str) -> float:
        return round(palette.rgba(colour)[3] / 255, 2) if colour else 0.0

    return [
        _look(name, rule, lambda colour: palette.css(colour) if colour else ""),
        _look(f"{name}-opacity", rule, opacity),
    ]


def _look(name: str, rule: Rule, kind: Callable[[str], str | float]) -> Look | None:
    if rule.field.startswith(LOOK):
        return None
    cases = tuple((case, kind(value)) for case, value in rule.cases)
    return Look(name, kind(rule.default), rule.field, cases, rule.breaks)


def _size(size_px: str) -> str:
    size = float(size_px)
    return "small" if size <= _SMALL_PX else "large" if size > _LARGE_PX else "medium"
