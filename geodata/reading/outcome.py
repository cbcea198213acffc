"""What is asked of the reading process, and what it answers: plain values that pickle and load no geometry library."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from geodata.crs import GEOGRAPHIC
from geodata.prepared import GeometryKind

Preview = tuple[tuple[float, float], ...]
"""Where an interpretation would bring some of a layer's positions, in map metres; empty for nowhere on the map."""

FIELD = "field:"
"""Stands before the name of each attribute that came with a person's file, so that none is taken for one of ours."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One way to understand the numbers in a file.

    Attributes
    ----------
    title : str
        What it is called.
    crs : str
        An authority's code or WKT.
    is_swapped : bool
        Whether the first number is the latitude, or the northing.
    unit_m : float
        By what the numbers are to be multiplied first; 0.3048 for feet where metres are declared.
    place : str
        Where the middle of the data would come to lie, in words.
    """

    title: str
    crs: str = GEOGRAPHIC
    is_swapped: bool = False
    unit_m: float = 1.0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table mean.

    Attributes
    ----------
    way : str
        What the position is written as: ``lonlat`` and ``xy`` in two columns (``xy`` in a system that is not told),
        ``position``, ``mgrs`` or ``wkt`` in one.
    first, second : str
        The columns: longitude or x, then latitude or y; the second is empty where there is one. Without a first one
        only the sheet is meant.
    kinds : tuple of (str, str)
        Columns that hold dates (``day first``, ``month first``), or numbers that are text (``text``).
    category : str
        The column that colours the layer at first; empty for none.
    sheet : str
        Of a spreadsheet.
    """

    way: str
    first: str
    second: str = ""
    kinds: tuple[tuple[str, str], ...] = ()
    category: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """Ask for a file to be read.

    Attributes
    ----------
    path : Path
        The file.
    folder : Path
        Where to put what is made of it; exists and is the process's own.
    layers : tuple of str
        Which layers of the file; empty for all, or to be asked where there are several.
    interpretation : Interpretation or None
        How the numbers are to be understood, once somebody was asked.
    columns : Columns or None
        What the columns of a table mean, once somebody was asked.
    asks_columns : bool
        Whether somebody wants to say what the columns of a table mean.
    """

    path: Path
    folder: Path
    layers: tuple[str, ...] = ()
    interpretation: Interpretation | None = None
    columns: Columns | None = None
    asks_columns: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading has come, in words."""

    text: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that are not on the map, or were changed to be there, and why.

    Attributes
    ----------
    reason : str
        In words that follow "3 features: …".
    count : int
        How many.
    rows : tuple of int
        The first of them, counted from 1; for tables the line in the file.
    """

    reason: str
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the rows of one layer."""

    read: int
    drawn: int
    repaired: tuple[LeftOut, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The report in sentences."""
        lines = [f"{self.read:,} features read, {self.drawn:,} on the map."]
        lines += [f"Repaired: {_line(entry)}" for entry in self.repaired]
        lines += [f"Left out: {_line(entry)}" for entry in self.left_out]
        return "\n".join((*lines, *self.notes))


@dataclass(frozen=True, slots=True)
class LayerRead:
    """One layer that was read, of points, lines or polygons.

    Attributes
    ----------
    name : str
        The layer's name in the file.
    geometry : {"polygon", "line", "point"}
        What it holds.
    prepared, frame : str
        Names of the files in the request's folder: the prepared layer, and the rows in longitude and latitude with all
        attributes, as FlatGeobuf.
    columns : tuple of str
        The attributes' names as the file has them.
    report : Report
        What became of its rows.
    interpretation : Interpretation
        How its numbers were understood.
    doubt : str
        Why they may have to be understood otherwise; empty where there is no doubt.
    others : tuple of Interpretation
        The other ways, where there is a doubt.
    previews : tuple of Preview
        Where the ways would bring it, this one's first.
    category : str
        The attribute that colours it at first; empty for none.
    is_far : bool
        Whether the layer stays in its file: `prepared` holds the places of its features, and `frame` is empty.
    """

    name: str
    geometry: GeometryKind
    prepared: str
    frame: str
    columns: tuple[str, ...]
    report: Report
    interpretation: Interpretation
    doubt: str = ""
    others: tuple[Interpretation, ...] = ()
    previews: tuple[Preview, ...] = ()
    category: str = ""
    is_far: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The file was read."""

    layers: tuple[LayerRead, ...]


@dataclass(frozen=True, slots=True)
class WhichLayers:
    """The file holds several layers, each with so many features: somebody has to say which are wanted."""

    layers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class WhichPlace:
    """Where the data lies cannot be told from the file alone: somebody has to say what is meant.

    Attributes
    ----------
    layer : str
        Of the layer.
    finding : str
        What is wrong, in a sentence.
    candidates : tuple of Interpretation
        The likeliest first; empty where nothing fits and only the person can say.
    previews : tuple of Preview
        Where each would bring the layer.
    """

    layer: str
    finding: str
    candidates: tuple[Interpretation, ...] = field(default=())
    previews: tuple[Preview, ...] = ()


@dataclass(frozen=True, slots=True)
class WhichColumns:
    """Somebody has to say what the columns of a table mean.

    Attributes
    ----------
    sheets, sheet
        The sheets of a spreadsheet, and the one that is shown; empty for other tables.
    names : tuple of str
        The columns; none where the sheet is empty.
    rows : tuple of tuple of str
        The first rows.
    guess : Columns or None
        What they may mean.
    categories : tuple of str
        The columns of few different words.
    kinds : tuple of (str, str)
        The columns that hold dates, as in `Columns`.
    """

    sheets: tuple[str, ...]
    sheet: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guess: Columns | None
    categories: tuple[str, ...]
    kinds: tuple[tuple[str, str], ...] = ()


Outcome = Done | WhichLayers | WhichPlace | WhichColumns


def _line(entry: LeftOut) -> str:
    rows = ", ".join(map(str, entry.rows)) + (" …" if entry.count > len(entry.rows) else "")
    features = "feature" if entry.count == 1 else "features"
    return f"{entry.count:,} {features}: {entry.reason}" + (f" (row {rows})" if rows else "")
