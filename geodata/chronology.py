"""What happened when: sourced events before the talks, the talks themselves, and what is known since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from geodata.errors import RESTORE
from geodata.fact_tables import FactTableError, rows

Phase = Literal["before", "talks", "since"]
PHASES: Mapping[str, str] = {"before": "Before the talks", "talks": "The talks", "since": "Since then"}
"""How people call the phases, by id."""

_COLUMNS = ("id", "date", "name", "words", "kind", "features", "annotation", "source", "confidence")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened.

    Attributes
    ----------
    id, title, words : str
        Of which the words are a sentence or two.
    date : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    phase : {"before", "talks", "since"}
        Where it stands towards the talks of 15 August 2025.
    features : tuple of str
        What it is about, as ``layer/feature``.
    annotation : str
        The id of the annotation that says more; empty for none.
    source, confidence : str
        Who says so, and how sure the row is.
    """

    id: str
    title: str
    words: str
    date: str
    phase: Phase
    features: tuple[str, ...]
    annotation: str
    source: str
    confidence: str

    @property
    def year(self) -> int:
        """The year, for a cursor on a chart of years."""
        return int(self.date[:4])


def read(folder: Path) -> tuple[Event, ...]:
    """Read the events from ``chronology.csv`` in a folder of facts, the earliest first.

    Raises
    ------
    FactTableError
        Where the table is missing or damaged, or a row has no date or an unknown phase.
    """
    path = folder / "chronology.csv"
    found: list[Event] = []
    for row in rows(path, needs=_COLUMNS):
        if row["kind"] not in PHASES or not row["date"][:4].isdigit():
            raise FactTableError(f"{row['id']} has no date or phase.", where=str(path), advice=RESTORE)
        found.append(_event(row))
    return tuple(sorted(found, key=lambda event: event.date))


def _event(row: Mapping[str, str]) -> Event:
    features = tuple(filter(None, row["features"].split(";")))
    phase = cast(Phase, row["kind"])
    return Event(
        row["id"],
        row["name"],
        row["words"],
        row["date"],
        phase,
        features,
        row["annotation"],
        row["source"],
        row["confidence"],
    )
