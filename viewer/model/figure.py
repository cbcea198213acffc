"""What a figure is: a page with the map exactly as it is seen, its title above and its sources below."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from geodata.annotations import AnnotationSet
from geodata.catalogue import Catalogue
from viewer.model.layer import LayerStack

FigureKind = Literal["PNG", "PDF", "SVG"]

SUFFIXES: dict[FigureKind, str] = {"PNG": ".png", "PDF": ".pdf", "SVG": ".svg"}
LEAST_PX, MOST_PX = 300, 20_000
LEAST_DPI, MOST_DPI = 36, 1_200
MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """What the person asks for.

    Attributes
    ----------
    kind : {"PNG", "PDF", "SVG"}
        The format of the file.
    width_px, height_px : int
        The whole page in pixels, `LEAST_PX` to `MOST_PX` each; for PDF and SVG its size is that at `dpi`.
    dpi : int
        Pixels in an inch of the printed page, `LEAST_DPI` to `MOST_DPI`.
    title, note : str
        A heading, and a line below it; empty for none.
    date : str
        When it was made, as it is to be read; empty for none.
    has_legend, has_sources : bool
        Whether the legend stands on the map, and the credits below it.

    Raises
    ------
    ValueError
        Where a number is out of range.
    """

    kind: FigureKind
    width_px: int
    height_px: int
    dpi: int = 300
    title: str = ""
    note: str = ""
    date: str = ""
    has_legend: bool = True
    has_sources: bool = True

    def __post_init__(self) -> None:
        for name, side in (("width", self.width_px), ("height", self.height_px)):
            if not LEAST_PX <= side <= MOST_PX:
                raise ValueError(f"The {name} is {side} px; a figure has {LEAST_PX} to {MOST_PX:,} px.")
        if not LEAST_DPI <= self.dpi <= MOST_DPI:
            raise ValueError(f"{self.dpi} dpi; a figure has {LEAST_DPI} to {MOST_DPI:,}.")

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the printed page in millimetres."""
        return self.width_px / self.dpi * MM_PER_INCH, self.height_px / self.dpi * MM_PER_INCH


@dataclass(frozen=True, slots=True)
class FigureLayout:
    """Where things are on the page, in logical pixels of the view, of which `scale` page pixels make one.

    Attributes
    ----------
    scale : float
        Page pixels per logical pixel.
    width, map_height : float
        Of the map; at least as wide and as high as the view that is shown.
    above, below : float
        Heights of the strips for the title and for the sources.
    """

    scale: float
    width: float
    map_height: float
    above: float
    below: float


def lay_out(
    size_px: tuple[int, int], view: tuple[float, float], strips: Callable[[float], tuple[float, float]]
) -> FigureLayout:
    """Return a layout in which the whole view is seen, and more of the map where the page is wider or higher.

    Parameters
    ----------
    size_px
        Width and height of the page.
    view
        Width and height of what is seen, in logical pixels.
    strips
        Tells the heights of title and sources for a width, in logical pixels; higher only for a smaller width.
    """
    width_px, height_px = size_px
    above, below = strips(view[0])
    scale = min(width_px / view[0], height_px / (view[1] + above + below))
    width = width_px / scale
    above, below = strips(width)
    return FigureLayout(scale, width, height_px / scale - above - below, above, below)


def fitting_height(width_px: int, view: tuple[float, float], strips: Callable[[float], tuple[float, float]]) -> int:
    """Return the height of a page of this width on which the map is exactly the view, within the limits."""
    exact = width_px / view[0] * (view[1] + sum(strips(view[0])))
    wanted = math.ceil(exact - 1e-6)  # a little lower, and the page would show more at its sides
    return min(max(wanted, LEAST_PX), MOST_PX)


def note_citations(annotations: AnnotationSet) -> tuple[str, ...]:
    """Return what the person's annotations on the map cite, a line each: author, title, date, address and grade."""
    lines: list[str] = []
    for note in annotations:
        if note.voice != "own" or not note.references:
            continue
        for source in note.sources:
            grade = f"graded {source.grade}" if source.grade else ""
            parts = (source.publisher, source.title, source.date, source.address, grade)
            lines.append(f"{note.title}: {'. '.join(part for part in parts if part)}.")
    return tuple(dict.fromkeys(lines))


def citations(catalogue: Catalogue, stack: LayerStack, metres_per_pixel: float) -> tuple[str, ...]:
    """Return the sources of the layers that are drawn at a scale, a line each, the topmost layer first.

    Layers that come from the same source in the same state share a line.
    """
    layers: dict[tuple[str, str, str], list[str]] = {}
    for layer in reversed(stack.drawn_at(metres_per_pixel)):
        source = catalogue.get(layer.id)
        if source is not None:
            layers.setdefault((source.source, source.vintage, source.licence), []).append(layer.title)
    return tuple(
        f"{', '.join(titles)}: {'; '.join(part for part in source if part)}." for source, titles in layers.items()
    )
