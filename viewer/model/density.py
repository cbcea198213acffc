"""The colours of many points in few pixels: from few to many along a ramp."""

from __future__ import annotations

from viewer.model.layer import Layer
from viewer.model.own_styles import RAMPS, colours_of
from viewer.model.palette import Palette, Rgba
from viewer.model.styles import Style, SymbolStyle

SCALES = ("log", "linear")
"""How counts are spread over a ramp."""

OWN_COLOUR = "From the layer's colour"

SYMBOLS = 3_000
"""Up to so many points in view are drawn as symbols; more would hide each other."""

_FAINT, _STRONG = 130, 255
_TOWARDS_TEXT = 0.62
_FIRST_SHARE = 0.18
"""A ramp's palest colours are those of the sea; few points begin further along."""


def is_counted(layer: Layer) -> bool:
    """Return whether a layer has so many points that they are counted where all are in view."""
    return layer.is_own and isinstance(layer.style, SymbolStyle) and layer.count > SYMBOLS


def legend_colours(style: SymbolStyle, count: int = 6) -> tuple[str, ...]:
    """Return so many colours, as a style names them, from few points in a pixel to many."""
    ramp = str(style.ramp.default)
    if ramp in RAMPS:
        return colours_of(ramp, count + 1)[1:]
    plain = _colour_of(style)
    return (*(f"{plain}/{round(51 + 49 * step / (count - 1))}" for step in range(count - 1)), plain)


def ramp_colours(style: Style, palette: Palette, count: int) -> tuple[Rgba, ...]:
    """Return so many colours from few to many: along the style's ramp, else from its own colour to the text's."""
    ramp = str(style.ramp.default) if isinstance(style, SymbolStyle) else ""
    if ramp in RAMPS:
        skipped = round(count * _FIRST_SHARE)
        return tuple(palette.rgba(colour) for colour in colours_of(ramp, count + skipped)[skipped:])
    plain = palette.rgba(_colour_of(style))[:3]
    end = palette.rgba("label")[:3]
    middle = count // 2
    rising = [(*plain, round(_FAINT + (_STRONG - _FAINT) * step / max(middle, 1))) for step in range(middle)]
    shares = [_TOWARDS_TEXT * step / max(count - middle - 1, 1) for step in range(count - middle)]
    deep = [(*(round(a + (b - a) * share) for a, b in zip(plain, end, strict=True)), _STRONG) for share in shares]
    return tuple((red, green, blue, alpha) for red, green, blue, alpha in (*rising, *deep))


def _colour_of(style: Style) -> str:
    for name in ("colour", "outline", "fill"):
        rule = getattr(style, name, None)
        if rule is not None and rule.default:
            return str(rule.default).partition("/")[0]
    return "label"
