"""How a file wants each of its features to look: simplestyle attributes and the styles of KML → attributes of ours.

simplestyle 1.1 is what GeoJSON files say of colours, widths and sizes in attributes of their features. What a KML file
says of them is written into the same attributes, so that there is one way in and one way out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

LOOK = "look:"
"""Stands before the name of each attribute that says how a feature looks."""

MOST = 200
"""How many colours or sizes of each sort are told apart; a layer with more is drawn in one."""

SIMPLESTYLE = (
    "marker-color", "marker-size", "marker-symbol", "stroke", "stroke-width", "stroke-opacity", "fill", "fill-opacity",
)  # fmt: skip

_SIZES_PX = {"small": 8.0, "medium": 11.0, "large": 15.0}
_COLOUR = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_TOOL = re.compile(r"(PEN|BRUSH|SYMBOL)\(([^)]*)\)")
_PART = re.compile(r"(\w+):(\"[^\"]*\"|[^,]*)")


def simplestyle_of(styles: Sequence[Any]) -> dict[str, list[Any]]:
    """Return the simplestyle attributes for styles as GDAL writes them, such as ``PEN(c:#FF0000,w:2px)``.

    Icons are not taken, only their colour and size. Attributes that no feature has are left out.
    """
    rows = [_simplestyle(str(style or "")) for style in styles]
    names = [name for name in SIMPLESTYLE if any(name in row for row in rows)]
    return {name: [row.get(name) for row in rows] for name in names}


def looks_of(columns: Mapping[str, Sequence[Any]]) -> dict[str, list[str]]:
    """Return what simplestyle attributes say, as colours and numbers of ours by ``look:`` and the part they are of.

    Parts are ``fill``, ``stroke``, ``width``, ``colour`` and ``size``; of each, texts, empty for features that say
    nothing. A part of which there are more than `MOST` different ones is left out, and so is one that nobody says.
    """
    if not any(name in columns for name in SIMPLESTYLE):
        return {}
    count = len(next(iter(columns.values())))
    said = {name: columns.get(name, [None] * count) for name in SIMPLESTYLE}
    looks = {
        "fill": list(map(_shaded, said["fill"], said["fill-opacity"])),
        "stroke": list(map(_shaded, said["stroke"], said["stroke-opacity"])),
        "width": [_width(value) for value in said["stroke-width"]],
        "colour": [_shaded(value, None) for value in said["marker-color"]],
        "size": [_size(value) for value in said["marker-size"]],
    }
    return {f"{LOOK}{part}": values for part, values in looks.items() if 1 < len({*values, ""}) <= MOST + 1}


def _simplestyle(style: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for tool, inside in _TOOL.findall(style):
        parts = {key: value.strip('"') for key, value in _PART.findall(inside)}
        colour, opacity = _split(parts.get("fc" if tool == "BRUSH" else "c", ""))
        if tool == "SYMBOL":
            found |= {"marker-color": colour} if colour else {}
            scale = _number(parts.get("s"))
            found |= {"marker-size": "small" if scale < 0.8 else "large" if scale > 1.2 else "medium"} if scale else {}
            continue
        name = "fill" if tool == "BRUSH" else "stroke"
        found |= {name: colour, f"{name}-opacity": opacity} if colour else {}
        width = _number(parts.get("w", "").removesuffix("px"))
        if tool == "PEN" and width is not None:
            found["stroke-width"] = width
    return found


def _split(colour: str) -> tuple[str, float]:
    """Return ``#rrggbbaa`` as a colour and an opacity of two places; an empty colour where it is none."""
    text = colour.removeprefix("#").lower()
    if len(text) not in (6, 8) or not all(letter in "0123456789abcdef" for letter in text):
        return "", 1.0
    return f"#{text[:6]}", round(int(text[6:] or "ff", 16) / 255, 2)


def _shaded(colour: Any, opacity: Any) -> str:
    match = _COLOUR.fullmatch(str(colour or "").strip())
    if match is None:
        return ""
    text = match[1].lower()
    full = text if len(text) == 6 else "".join(letter * 2 for letter in text)
    share = _number(opacity)
    if share is None or share >= 1:
        return f"#{full}"
    return f"#{full}/{max(round(share * 100), 0)}"


def _width(value: Any) -> str:
    width = _number(value)
    return "" if width is None else f"{min(max(width, 0.0), 40.0):g}"


def _size(value: Any) -> str:
    size = _SIZES_PX.get(str(value or "").strip().lower())
    return "" if size is None else f"{size:g}"


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if abs(number) < 1e6 else None
