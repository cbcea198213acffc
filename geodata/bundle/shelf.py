"""Where the bundle finds what it is made from."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from geodata.bundle.packages import Package, unpack
from geodata.errors import GeodataError

PROJECT = Path(__file__).resolve().parents[2]


class FactError(GeodataError):
    """A table of facts is missing, or a row of it cannot be used."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folders that layers are made from.

    Attributes
    ----------
    packages : Path
        Package files as their clients wrote them.
    facts : Path
        Tables of facts with a source in every row.
    annotations : Path
        The annotations' GeoJSON file.
    """

    packages: Path = PROJECT / ".packages"
    facts: Path = PROJECT / "resources" / "facts"
    annotations: Path = PROJECT / "resources" / "annotations" / "alaska-talks.geojson"

    def files(self, package: Package, members: Iterable[str]) -> list[Path]:
        """Return members of a package as files on disk; see `geodata.bundle.packages.unpack`."""
        return unpack(package, self.packages, members)

    def rows(self, table: str) -> list[dict[str, str]]:
        """Return a table of facts as one dictionary a row, leaving out rows of low confidence.

        Raises
        ------
        FactError
            Where the table cannot be read.
        """
        path = self.facts / f"{table}.csv"
        try:
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
        except (OSError, UnicodeDecodeError) as error:
            raise FactError(f"The table cannot be read ({error}).", where=str(path)) from error
        return [row for row in rows if row.get("confidence") != "low"]
