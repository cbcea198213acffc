"""What the values of a layer's style, label and display may be, by their key."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, cast, get_args

from geodata.errors import CatalogueError

LabelRole = Literal["ocean", "sea", "country", "region", "place", "lane", "graticule", "symbol"]
HatchName = Literal["none", "diagonal", "cross"]
CountScale = Literal["log", "linear"]
SymbolShape = Literal[
    "circle",
    "ring",
    "square",
    "diamond",
    "triangle",
    "star",
    "hexagon",
    "anchor",
    "plane",
    "pick",
    "flame",
    "drop",
    "gem",
    "atom",
    "pin",
]

_LARGEST_PX = 1_000.0


def refuse(key: str, values: Iterable[Any], *, where: str) -> None:
    """Raise what is wrong with the values of a key.

    Raises
    ------
    CatalogueError
        Where one of them cannot be drawn.
    """
    fits, advice = _CHECKS[key]
    for value in values:
        if not fits(value):
            raise CatalogueError(f"{key} cannot be {value!r}.", where=where, advice=advice)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_share(value: Any) -> bool:
    return _is_number(value) and 0 <= value <= 1


def _is_width(value: Any) -> bool:
    return _is_number(value) and 0 <= value <= _LARGEST_PX


def _is_size(value: Any) -> bool:
    return _is_number(value) and 0 < value <= _LARGEST_PX


def _is_scale(value: Any) -> bool:
    return _is_number(value) and value >= 0


def _is_dash(value: Any) -> bool:
    if not isinstance(value, tuple | list):
        return False
    lengths = cast("tuple[Any, ...]", value)
    return len(lengths) % 2 == 0 and all(_is_size(length) for length in lengths)


def _are_scales(value: Any) -> bool:
    return isinstance(value, list) and all(_is_scale(limit) for limit in cast("list[Any]", value))


def _one_of(kind: object) -> tuple[Callable[[Any], bool], str]:
    names: tuple[str, ...] = get_args(kind)
    return (lambda value: value in names), f"Use one of {', '.join(names)}."


_TEXT = (_is_text, 'Write text, in "quotes".')
_COLOUR = (_is_text, 'Write the name of a colour of the palette, in "quotes".')
_FLAG = (_is_flag, "Write true or false.")
_WIDTH = (_is_width, f"Write a number of pixels from 0 to {_LARGEST_PX:.0f}.")
_SIZE = (_is_size, f"Write a number of pixels above 0 and up to {_LARGEST_PX:.0f}.")
_SHARE = (_is_share, "Write a number from 0 to 1.")
_DASH = (_is_dash, "Write pairs of stroke and gap in widths of the line, as [4, 3]; [] for none.")
_SCALE = (_is_scale, "Write map metres per pixel, a number from 0.")

_CHECKS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "fill": _COLOUR,
    "near_opacity": _SHARE,
    "outline": _COLOUR,
    "outline_width_px": _WIDTH,
    "outline_dash": _DASH,
    "stroke_holes": _FLAG,
    "hatch": _one_of(HatchName),
    "hatch_colour": _COLOUR,
    "colour": _COLOUR,
    "width_px": _WIDTH,
    "dash": _DASH,
    "casing": _COLOUR,
    "casing_px": _WIDTH,
    "shape": _one_of(SymbolShape),
    "stroke": _COLOUR,
    "size_px": _SIZE,
    "density": _one_of(CountScale),
    "ramp": _TEXT,
    "field": _TEXT,
    "role": _one_of(LabelRole),
    "halo": _COLOUR,
    "priority": (_is_whole, "Write a whole number."),
    "along": _FLAG,
    "visible": _FLAG,
    "opacity": _SHARE,
    "selectable": _FLAG,
    "min_mpp": _SCALE,
    "max_mpp": _SCALE,
    "rank_field": _TEXT,
    "rank_limits": (_are_scales, "Write a list of map metres per pixel, as [9000, 500]."),
}
