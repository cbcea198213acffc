"""What the program remembers from one start to the next."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, cast, get_args

ThemeChoice = Literal["system", "light", "dark"]
PositionStyle = Literal["decimal", "dms"]

_MOST_DIGITS = 5
_CHOICES: dict[str, tuple[str, ...]] = {"theme": get_args(ThemeChoice), "position_style": get_args(PositionStyle)}


@dataclass(frozen=True, slots=True)
class Settings:
    """A person's choices and the window as they left it.

    Attributes
    ----------
    theme : {"system", "light", "dark"}
        Whether the colours follow the system.
    position_style : {"decimal", "dms"}
        How degrees are written.
    window_geometry, window_state : str
        Place and size of the window, and its panels, as Qt writes them, in base 64; empty before the first time.
    panels_waiting : str
        The names of panels that the window had no room for, with spaces between them.
    around_map : str
        How much wider and higher than its map the window was, as ``"688x160"`` in logical pixels.
    """

    theme: ThemeChoice = "system"
    position_style: PositionStyle = "decimal"
    window_geometry: str = ""
    window_state: str = ""
    panels_waiting: str = ""
    around_map: str = "690x163"


def expected_map(settings: Settings, *, width_px: int, height_px: int) -> tuple[int, int]:
    """Return how large the map in a window of this size will likely be, in logical pixels; (0, 0) where unknown."""
    wide, _, high = settings.around_map.partition("x")
    if not all(part.isdecimal() and len(part) <= _MOST_DIGITS for part in (wide, high)):
        return 0, 0
    size = width_px - int(wide), height_px - int(high)
    return size if min(size) > 0 else (0, 0)


def read(path: Path) -> Settings:
    """Return the settings in a JSON file; whatever is missing, broken or unknown there has its default."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(table, dict):
        return Settings()
    entries = cast("dict[str, Any]", table)
    kept = {entry.name: entries[entry.name] for entry in fields(Settings) if _is_valid(entry.name, entries)}
    return Settings(**kept)


def write(settings: Settings, path: Path) -> None:
    """Write settings to a JSON file, replacing it in one step, so that a crash leaves the old one.

    Raises
    ------
    OSError
        Where the folder cannot be made or written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        beside.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _is_valid(name: str, entries: dict[str, Any]) -> bool:
    value = entries.get(name)
    return isinstance(value, str) and (name not in _CHOICES or value in _CHOICES[name])
