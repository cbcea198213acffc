"""Named colours, light and dark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from geodata import toml_text
from geodata.errors import RESTORE, CatalogueError, listed
from viewer.model import built_in_colours
from viewer.model.built_in_colours import Rgba, built_in, rgba_of

ThemeName = Literal["light", "dark"]

FALLBACK: Rgba = (255, 0, 255, 255)
"""What a colour with no entry is drawn in: impossible to overlook."""

_THEMES: tuple[ThemeName, ...] = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme by name."""

    theme: ThemeName
    colours: Mapping[str, Rgba]

    def rgba(self, name: str) -> Rgba:
        """Return a colour as (red, green, blue, alpha), each 0–255; `FALLBACK` where the name is unknown.

        A name that is written like a colour, ``#rrggbb`` or ``#rrggbbaa``, is that colour in every theme. A share of
        its strength in per cent may follow either: ``alaska/40``.
        """
        base, _, percent = name.partition("/")
        colour = _literal(base) if base.startswith("#") else self.colours.get(base, FALLBACK)
        return (*colour[:3], round(colour[3] * float(percent) / 100)) if percent else colour

    def css(self, name: str) -> str:
        """Return a colour as ``#rrggbb``, without its alpha."""
        red, green, blue, _ = self.rgba(name)
        return f"#{red:02x}{green:02x}{blue:02x}"

    def knows(self, name: str) -> bool:
        """Return whether there is a colour of this name."""
        return self.colours.get(name) is not None


def _literal(text: str) -> Rgba:
    try:
        return rgba_of(text[1:])
    except ValueError:
        return FALLBACK


class _BuiltInColours(dict[str, Rgba]):
    """A colour for whatever name is asked for; lists those that the program itself asks for."""

    def __init__(self, theme: ThemeName) -> None:
        self._is_dark = theme == "dark"
        super().__init__({name: built_in(name, dark=self._is_dark) for name in built_in_colours.NAMES})

    def get(self, key: str, default: Any = None, /) -> Any:
        """Return the colour of a name; there is one for each."""
        return built_in(key, dark=self._is_dark)


def plain(theme: ThemeName) -> Palette:
    """Return the built-in colours, for when there are no others to be had: fewer, yet the map can be read."""
    return Palette(theme, _BuiltInColours(theme))


def read(path: Path) -> dict[ThemeName, Palette]:
    """Read both palettes from a TOML file of ``name = "#rrggbb"`` or ``"#rrggbbaa"`` under ``[light]`` and ``[dark]``.

    Raises
    ------
    CatalogueError
        Where the file is missing or broken, or a value is not a colour.
    """
    palettes, problems = _read(path)
    if problems:
        raise next(iter(problems.values()))
    return palettes


def read_or_built_in(path: Path) -> tuple[dict[ThemeName, Palette], tuple[CatalogueError, ...]]:
    """Read both palettes as `read` does; what cannot be had is replaced by built-in colours and told."""
    try:
        palettes, problems = _read(path)
    except CatalogueError as problem:
        what = f"{problem.what.rstrip('.')}. Built-in colours stand in."
        problem = CatalogueError(what, where=problem.where, advice=problem.advice)
        return {theme: plain(theme) for theme in _THEMES}, (problem,)
    told = list(problems.values())
    known = [*built_in_colours.NAMES, *(name for palette in palettes.values() for name in palette.colours)]
    whole: dict[ThemeName, Palette] = {}
    for theme, palette in palettes.items():
        own = {name: built_in(name, dark=theme == "dark") for name in known}
        lost = [name for name in own if not palette.knows(name) and (theme, name) not in problems]
        if lost:
            what = f"[{theme}] has no colour {listed(lost)}. Built-in colours stand in."
            advice = f'Add {lost[0]} = "#rrggbb", or restore the file.'
            told.append(CatalogueError(what, where=str(path), advice=advice))
        ill = {name: built_in(name, dark=theme == "dark") for of, name in problems if of == theme}
        whole[theme] = Palette(theme, own | ill | dict(palette.colours))
    return whole, tuple(told)


def _read(path: Path) -> tuple[dict[ThemeName, Palette], dict[tuple[ThemeName, str], CatalogueError]]:
    """Return the colours that are well written, and by theme and name what is wrong with the others."""
    tables, text = toml_text.read(path, name="file of colours")
    problems: dict[tuple[ThemeName, str], CatalogueError] = {}
    palettes: dict[ThemeName, Palette] = {}
    for theme in _THEMES:
        table: Any = tables.get(theme, {})
        if not isinstance(table, dict):
            raise CatalogueError(
                f"{theme} must be a table of colours.", where=str(path), advice=f"Begin it with a line [{theme}]."
            )
        colours: dict[str, Rgba] = {}
        for name, value in cast("dict[str, Any]", table).items():
            try:
                colours[name] = rgba_of(str(value).removeprefix("#"))
            except ValueError:
                line = toml_text.lines_of(text, name, below=f"[{theme}]")
                where = f"{path}, line {line[0]}" if line else str(path)
                problems[theme, name] = _no_colour(name, value, where)
        palettes[theme] = Palette(theme, colours)
    if not problems and not any(palette.colours for palette in palettes.values()):
        raise CatalogueError("The file of colours has none.", where=str(path), advice=RESTORE)
    return palettes, problems


def _no_colour(name: str, value: object, where: str) -> CatalogueError:
    return CatalogueError(
        f"The colour {name} = {value!r} is none.", where=where, advice="Write it as #rrggbb or #rrggbbaa."
    )
