"""The bundled type, so that every machine draws the same map, and how each kind of name is set in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from PySide6.QtGui import QFont, QFontDatabase

from geodata.errors import RESTORE, GeodataError, together
from viewer.model.styles import LabelRole

FAMILY = "Inter"
FACES = ("Regular", "Italic", "Medium", "MediumItalic", "SemiBold", "Bold", "BoldItalic")

REFERENCE_PX = 100
"""Names are measured and outlined at this size without hinting and scaled from there, so that nothing depends on the
screen's resolution and a name has the same shape at every size."""


@dataclass(frozen=True, slots=True)
class TextLook:
    """How the names of a role are set.

    Attributes
    ----------
    weight : int
        As in CSS, 400 is regular.
    italic, capitals : bool
        The slope, and whether the text is set in capitals.
    spacing_em : float
        Extra room after each letter, as a share of the size.
    halo_em : float
        Width of the halo as a share of the size, on top of `HALO_PX`.
    """

    weight: int = 400
    italic: bool = False
    capitals: bool = False
    spacing_em: float = 0.0
    halo_em: float = 0.05


HALO_PX = 1.0

LOOKS: Mapping[LabelRole, TextLook] = MappingProxyType(
    {
        "ocean": TextLook(italic=True, capitals=True, spacing_em=0.30, halo_em=0.03),
        "sea": TextLook(italic=True, spacing_em=0.09),
        "country": TextLook(weight=500, capitals=True, spacing_em=0.20),
        "region": TextLook(weight=500, spacing_em=0.07),
        "place": TextLook(weight=500),
        "lane": TextLook(weight=500, spacing_em=0.04, halo_em=0.06),
        "graticule": TextLook(spacing_em=0.04),
        "symbol": TextLook(weight=600),
    }
)


def load(resources: Path) -> tuple[GeodataError, ...]:
    """Register the bundled faces with Qt; needs a QGuiApplication.

    Does not raise: without a face Qt draws with the nearest one it has.

    Parameters
    ----------
    resources
        The folder of the program's resources, which holds ``fonts``.

    Returns
    -------
    What was wrong with faces that could not be registered.
    """
    problems: list[GeodataError] = []
    for face in FACES:
        path = resources / "fonts" / f"{FAMILY}-{face}.otf"
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            problems.append(GeodataError("The font cannot be read.", where=str(path), advice=RESTORE))
    return tuple(problems)


def load_as_one(resources: Path) -> tuple[GeodataError, ...]:
    """Do the same as `load`, and return what was wrong as one problem at most."""
    problems = load(resources)
    return together(
        problems,
        f"{len(problems)} of {len(FACES)} fonts cannot be read. Another type stands in.",
        where=str(resources / "fonts"),
        advice="Restore this folder, or install the program again.",
    )


@cache
def font_of(role: LabelRole) -> QFont:
    """Return the font of a role at `REFERENCE_PX`, with its spacing. Callers do not change it."""
    look = LOOKS[role]
    font = QFont(FAMILY)
    font.setPixelSize(REFERENCE_PX)
    font.setWeight(QFont.Weight(look.weight))
    font.setItalic(look.italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, look.spacing_em * REFERENCE_PX)
    return font


def halo_px(role: LabelRole, size_px: float) -> float:
    """Return how far the halo reaches beyond the letters, in logical pixels."""
    return HALO_PX + LOOKS[role].halo_em * size_px
