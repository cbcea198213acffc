"""Tables (CSV, TSV, XLSX) and lists of WKT → rows with a geometry; which columns hold it is guessed or asked."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.errors import ReadingError
from geodata.reading import limits
from geodata.reading.columns import Grid, categories, dates, from_wkt, guessed, placed, values_of
from geodata.reading.outcome import Columns, WhichColumns
from geodata.reading.raw import RawLayer, counted
from geodata.reading.sheets import read_sheet, sheets_of

_NO_POSITION = "there is no position that can be read"
_SHOWN_ROWS = 20
_SHEETS = (".xlsx", ".xlsm")

OddRows = NDArray[np.int64]


def read_table(path: Path, *, columns: Columns | None = None, is_asked: bool = False) -> RawLayer | WhichColumns:
    """Read a CSV, TSV or XLSX file.

    The first row is the head. Separator (comma, semicolon, tab, bar) and encoding (UTF-8, UTF-16, else Windows-1252)
    are found out. Rows that have another number of cells than the head are left out and counted.

    Parameters
    ----------
    path
        The file.
    columns
        What the columns mean; None to guess.
    is_asked
        Whether somebody wants to say what the columns mean, whatever is guessed.

    Returns
    -------
    The rows; or what has to be asked, where no columns hold positions or a spreadsheet has several sheets.

    Raises
    ------
    ReadingError
        Where the file has no rows or too many, or the columns named are not there.
    """
    sheets = sheets_of(path) if path.suffix.lower() in _SHEETS else ()
    sheet = columns.sheet if columns and columns.sheet in sheets else next(iter(sheets), "")
    try:
        grid, odd = read_sheet(path, sheet) if sheets else _grid(_text(path), path.name)
    except ReadingError:
        if len(sheets) < 2 or (columns is not None and columns.first):
            raise
        return WhichColumns(sheets, sheet, (), (), None, ())
    grid = Grid(_distinct(grid.head), grid.cells, grid.lines)
    known = columns if columns is not None and columns.first else guessed(grid)
    must_ask = known is None or (len(sheets) > 1 and columns is None)
    if is_asked or must_ask or known is None:
        rows = tuple(tuple(row) for row in grid.cells[:_SHOWN_ROWS])
        return WhichColumns(sheets, sheet, tuple(grid.head), rows, known, categories(grid), dates(grid))
    return _layer(path, grid, odd, known)


def _layer(path: Path, grid: Grid, odd: OddRows, columns: Columns) -> RawLayer:
    lost = [name for name in (columns.first, columns.second) if name and name not in grid.head]
    if lost:
        raise ReadingError(f"The table has no column {lost[0]} any more.", where=path.name, advice="Open it anew.")
    geometry, crs = placed(grid, columns)
    bad = shapely.is_missing(geometry)
    kept = np.flatnonzero(~bad).tolist()
    kinds = dict(columns.kinds)
    values = {
        name: values_of(grid, number, kept, kinds.get(name, ""))
        for number, name in enumerate(grid.head)
        if columns.way != "wkt" or name != columns.first
    }
    width = len(grid.head)
    left_out = (
        *counted(f"the row has not {width} cells as the first row has", odd),
        *counted(_NO_POSITION, grid.lines[bad]),
    )
    return RawLayer(path.stem, geometry[kept], grid.lines[kept], values, crs, left_out=left_out)


def read_wkt(path: Path) -> RawLayer:
    """Read a file of well-known text, one geometry a line; nothing says which coordinate system it is in."""
    lines = [line.strip() for line in _text(path).splitlines()]
    rows = np.array([number for number, line in enumerate(lines, start=1) if line], dtype=np.int64)
    geometry = from_wkt([lines[row - 1] for row in rows])
    bad = shapely.is_missing(geometry)
    if bad.all():
        raise ReadingError(
            "The text is no well-known text.", where=path.name, advice="Write it like POINT (-149.8 61.2)."
        )
    return RawLayer(
        path.stem, geometry[~bad], rows[~bad], {}, None, left_out=counted("it is no well-known text", rows[bad])
    )


def _text(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _grid(text: str, where: str) -> tuple[Grid, NDArray[np.int64]]:
    """Return the rows that fit the head, and the lines of those that do not."""
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=_separator(text))
    head = [name.strip() for name in next(reader, [])]
    if not head or len(head) > limits.COLUMNS:
        raise ReadingError(f"The first row has {len(head)} columns; 1 to {limits.COLUMNS} are allowed.", where=where)
    cells: list[list[str]] = []
    lines: list[int] = []
    odd: list[int] = []
    try:
        for row in reader:
            if not any(row):
                continue
            (lines if len(row) == len(head) else odd).append(reader.line_num)
            if len(row) == len(head):
                cells.append(row)
            if len(cells) > limits.FEATURES:
                raise ReadingError(f"The table has more than {limits.FEATURES:,} rows.", where=where)
    except csv.Error as error:
        raise ReadingError(f"Line {reader.line_num} of the table cannot be read ({error}).", where=where) from error
    if not cells:
        raise ReadingError("The table has no rows below its head.", where=where)
    return Grid(head, cells, np.array(lines, dtype=np.int64)), np.array(odd, dtype=np.int64)


def _separator(text: str) -> str:
    first = text[:10_000].partition("\n")[0]
    return max(",;\t|", key=first.count)


def _distinct(head: list[str]) -> list[str]:
    """Give columns without a name, or with one that is taken, a name of their own."""
    names: list[str] = []
    for number, name in enumerate(head, start=1):
        plain = name or f"column {number}"
        names.append(plain if plain not in names else f"{plain} ({number})")
    return names
