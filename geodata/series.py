"""The series of figures behind claims, read from the tables of facts, each value with its unit and source."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geodata.fact_tables import rows


@dataclass(frozen=True, slots=True)
class Value:
    """One figure: its label on the axis, its place there, the number, and who says so."""

    label: str
    at: float
    number: float
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Line:
    """Figures that belong together, under one name."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """What one chart shows.

    Attributes
    ----------
    id, title, unit : str
        The unit is that of all its numbers.
    lines : tuple of Line
        One or two.
    is_by_year : bool
        Whether places on the axis are years; else they count 0, 1, 2 …
    source : str
        The whole's source, in a line.
    """

    id: str
    title: str
    unit: str
    lines: tuple[Line, ...]
    is_by_year: bool
    source: str

    def csv(self) -> str:
        """Return all figures as comma-separated text with a header: name, label, number, unit, source, confidence."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("name", "label", "value", "unit", "source", "confidence"))
        for line in self.lines:
            for value in line.values:
                writer.writerow((line.name, value.label, value.number, self.unit, value.source, value.confidence))
        return out.getvalue()


def read(series_id: str, folder: Path) -> Series:
    """Read a series by its id, one of `SERIES`, from the tables in a folder.

    Raises
    ------
    FactTableError
        Where a table is missing or damaged.
    """
    return _READERS[series_id](folder)


def _cargo(folder: Path) -> Series:
    lines = (
        Line("Cargo", _by_year(folder / "nsr_cargo_mt.csv", "value_mt")),
        Line("Transit cargo", _by_year(folder / "nsr_transit_mt.csv", "value_mt")),
    )
    source = "Rosatom, Rosmorrechflot and press, named in each row; before 2014 unchecked and differently counted"
    return Series("nsr_cargo", "Northern Sea Route cargo by year", "million tonnes", lines, True, source)


def _ice(folder: Path) -> Series:
    lines = (Line("September minimum", _by_year(folder / "nsidc_september.csv", "min_5day_mkm2")),)
    source = "NSIDC Sea Ice Index, version 4 (Fetterer et al.), mean of five days"
    return Series("september_ice", "Arctic sea ice in September by year", "million km²", lines, True, source)


def _metals(folder: Path) -> Series:
    found = [
        row for row in rows(folder / "usgs_russia_share.csv", needs=("name", "share_pct")) if row["year"] == "2024"
    ]
    values = tuple(_value(row["name"].capitalize(), at, row, "share_pct") for at, row in enumerate(found))
    lines = (Line("Russia’s share, 2024", values),)
    source = "USGS Mineral Commodity Summaries 2025; 2024 estimated"
    return Series("metals", "Russia’s share of the world’s mine production", "%", lines, False, source)


def _lengths(folder: Path) -> Series:
    found = rows(folder / "route_distances_nm.csv", needs=("name", "suez_nm", "nsr_nm"))
    lines = tuple(
        Line(name, tuple(_value(row["name"], at, row, column) for at, row in enumerate(found)))
        for name, column in (("By Suez", "suez_nm"), ("By the Northern Sea Route", "nsr_nm"))
    )
    source = "Published lengths, their sources named in each row"
    return Series("route_lengths", "Lengths of sea routes", "nautical miles", lines, False, source)


def _by_year(path: Path, column: str) -> tuple[Value, ...]:
    return tuple(_value(row["year"], int(row["year"]), row, column) for row in rows(path, needs=("year", column)))


def _value(label: str, at: float, row: Mapping[str, str], column: str) -> Value:
    return Value(label, float(at), float(row[column]), row["source"], row["confidence"])


_READERS: Mapping[str, Callable[[Path], Series]] = {
    "nsr_cargo": _cargo,
    "september_ice": _ice,
    "metals": _metals,
    "route_lengths": _lengths,
}
SERIES = tuple(_READERS)
"""The ids of all series."""
OF_ANNOTATION: Mapping[str, str] = {
    "nsr": "nsr_cargo",
    "since_nsr": "nsr_cargo",
    "sea_ice": "september_ice",
    "since_ice": "september_ice",
    "metals": "metals",
    "leverage": "metals",
    "norilsk": "metals",
    "route_saving": "route_lengths",
    "since_container": "route_lengths",
}
"""The series that is evidence for an annotation, by the annotation's id."""
