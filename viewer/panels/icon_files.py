"""The files of the window's icons, and the word that stands in for each where its file is lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

from geodata.errors import RESTORE, GeodataError, listed, together, why_unreadable

WORDS: Mapping[str, str] = {
    "chevron-down": "–",
    "chevron-left": "<",
    "chevron-right": "+",
    "circle-question-mark": "?",
    "folder-open": "Open",
    "ellipsis": "More",
    "gallery-horizontal": "Story",
    "house": "Home",
    "layers": "Layers",
    "list": "Legend",
    "newspaper": "Article",
    "picture-in-picture-2": "Float",
    "presentation": "Present",
    "scan": "Zoom",
    "search": "Search",
    "sun-moon": "Theme",
    "triangle-alert": "!",
    "x": "×",
}
"""What a button says whose icon is lost, by the icon's name."""

_IN_MENUS = ("check-dark", "check-light")


def read(path: Path) -> str:
    """Return an icon's SVG.

    Raises
    ------
    GeodataError
        Where the file is missing, or is no SVG.
    """
    try:
        text = path.read_text(encoding="utf-8")
        if not ElementTree.fromstring(text).tag.endswith("svg"):
            raise GeodataError("The icon cannot be read: it is no SVG.", where=str(path), advice=RESTORE)
    except (OSError, UnicodeDecodeError) as error:
        what = f"The icon cannot be read: {why_unreadable(error)}."
        raise GeodataError(what, where=str(path), advice=RESTORE) from error
    except (ElementTree.ParseError, ValueError) as error:
        what = f"The icon cannot be read: it is damaged ({error})."
        raise GeodataError(what, where=str(path), advice=RESTORE) from error
    return text


def problems(folder: Path) -> tuple[GeodataError, ...]:
    """Return what is wrong with the icons that the window is made of, as one problem at most."""
    lost: dict[str, GeodataError] = {}
    for name in (*WORDS, *_IN_MENUS):
        try:
            read(folder / f"{name}.svg")
        except GeodataError as problem:
            lost[name] = problem
    return together(
        list(lost.values()),
        f"{len(lost)} icons cannot be read: {listed(list(lost))}. Buttons show words instead.",
        where=str(folder),
        advice="Restore this folder, or install the program again.",
    )
