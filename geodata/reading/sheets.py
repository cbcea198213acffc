"""Spreadsheets (XLSX) → tables of text. Formulas are not worked out: what they came to at the last save counts."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any, cast

import numpy as np
from python_calamine import CalamineError, CalamineWorkbook

from geodata.errors import ReadingError
from geodata.reading import limits
from geodata.reading.columns import Grid


def sheets_of(path: Path) -> tuple[str, ...]:
    """Return the names of a spreadsheet's sheets.

    Raises
    ------
    ReadingError
        Where the file is damaged, or would become far larger than it is.
    """
    return tuple(_opened(path).sheet_names)


def read_sheet(path: Path, sheet: str) -> tuple[Grid, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Return a sheet as a table of text, and which rows have cells beyond its head.

    The first row that is not empty is the head; rows are counted as the spreadsheet does.

    Raises
    ------
    ReadingError
        Where it has no rows, or more than the limits allow.
    """
    try:
        rows = cast("list[list[Any]]", _opened(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False))
    except (CalamineError, ValueError) as error:
        raise ReadingError(f"The sheet {sheet} cannot be read ({error}).", where=path.name) from error
    texts = [(number, [_text(value) for value in row]) for number, row in enumerate(rows, start=1)]
    filled = [(number, row) for number, row in texts if any(row)]
    if len(filled) < 2:
        raise ReadingError(f"The sheet {sheet} has no rows below its head.", where=path.name)
    if len(filled) > limits.FEATURES:
        raise ReadingError(f"The sheet {sheet} has more than {limits.FEATURES:,} rows.", where=path.name)
    width = max((number for number, cell in enumerate(filled[0][1], start=1) if cell), default=0)
    if width > limits.COLUMNS:
        raise ReadingError(f"The sheet {sheet} has more than {limits.COLUMNS} columns.", where=path.name)
    kept = [(number, (row + [""] * width)[:width]) for number, row in filled[1:] if not any(row[width:])]
    odd = [number for number, row in filled[1:] if any(row[width:])]
    lines = np.array([number for number, _ in kept], dtype=np.int64)
    return Grid(filled[0][1][:width], [row for _, row in kept], lines), np.array(odd, dtype=np.int64)


def _opened(path: Path) -> CalamineWorkbook:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > max(path.stat().st_size * limits.ARCHIVE_RATIO, 10_000_000) or size > limits.FILE_BYTES:
            raise ReadingError(
                f"Unpacked, the spreadsheet would be more than {limits.ARCHIVE_RATIO} times its size.", where=path.name
            )
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise ReadingError(f"The spreadsheet cannot be opened ({error}).", where=path.name) from error


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return str(value).strip()
