"""Named colours, light and dark."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from geodata.errors import CatalogueError

ThemeName = Literal["light", "dark"]
Rgba = tuple[int, int, int, int]

FALLBACK: Rgba = (255, 0, 255, 255)
"""What a colour with no entry is drawn in: impossible to overlook."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme by name."""

    theme: ThemeName
    colours: Mapping[str, Rgba]

    def rgba(self, name: str) -> Rgba:
        """Return a colour as (red, green, blue, alpha), each 0–255; `FALLBACK` where the name is unknown."""
        return self.colours.get(name, FALLBACK)

    def css(self, name: str) -> str:
        """Return a colour as ``#rrggbb``, without its alpha."""
        red, green, blue, _ = self.rgba(name)
        return f"#{red:02x}{green:02x}{blue:02x}"


class _PlainColours(dict[str, Rgba]):
    """Greys for whatever name is asked for: pale to write upon and dark to write with, or the reverse."""

    def __init__(self, theme: ThemeName) -> None:
        super().__init__()
        self._is_dark = theme == "dark"

    def get(self, key: str, default: Any = None, /) -> Any:
        """Return ink for text, lines and symbols, paper for the rest."""
        is_ink = any(part in key for part in ("text", "label", "edge", "focus", "accent", "passage", "lane", "place"))
        is_ink = is_ink and not any(part in key for part in ("halo", "casing", "accent_text", "open"))
        shade = 40 if is_ink != self._is_dark else 235
        return shade, shade, shade, 255


def plain(theme: ThemeName) -> Palette:
    """Return greys that can be read, for when there are no colours to be had."""
    return Palette(theme, _PlainColours(theme))


def read(path: Path) -> dict[ThemeName, Palette]:
    """Read both palettes from a TOML file of ``name = "#rrggbb"`` or ``"#rrggbbaa"`` under ``[light]`` and ``[dark]``.

    Raises
    ------
    CatalogueError
        Where the file is missing or broken, or a value is not a colour.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"The colours cannot be read ({error}).", where=str(path)) from error
    themes: tuple[ThemeName, ...] = ("light", "dark")
    broken = [theme for theme in themes if not isinstance(tables.get(theme, {}), dict)]
    if broken:
        raise CatalogueError(f"{broken[0]} must be a table of colours.", where=str(path))
    return {theme: Palette(theme, _colours(tables.get(theme, {}), path)) for theme in themes}


def _colours(table: Mapping[str, str], path: Path) -> dict[str, Rgba]:
    return {name: _rgba(name, value, path) for name, value in table.items()}


def _rgba(name: str, value: str, path: Path) -> Rgba:
    digits = str(value).removeprefix("#")
    try:
        if len(digits) not in (6, 8):
            raise ValueError(digits)
        parts = bytes.fromhex(digits.ljust(8, "f"))
    except ValueError as error:
        raise CatalogueError(
            f'The colour {name} = "{value}" is not a colour.',
            where=str(path),
            advice="Write it as #rrggbb or #rrggbbaa.",
        ) from error
    return parts[0], parts[1], parts[2], parts[3]
