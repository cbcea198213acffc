"""Dates as people write them → ISO 8601."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

DATE_KINDS = ("day first", "month first")

_ENOUGH = 0.8
_FIGURES = re.compile(r"(\d{1,4})[./\-\s](\d{1,2})[./\-\s](\d{1,4})(?:[T\s]+(\d{1,2}:\d{2}(?::\d{2})?).*)?")
_WORDS = re.compile(
    r"(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})|([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def iso_date(text: str, kind: str) -> str:
    """Return a date, with its time of day where it has one, as ISO 8601; empty where it is none.

    Parameters
    ----------
    text
        ``15.08.2025``, ``8/15/2025``, ``2025-08-15 10:30``, ``15 Aug 2025``, ``August 15, 2025``.
    kind
        One of `DATE_KINDS`: which number comes first where both are numbers and the year comes last.
    """
    plain = text.strip()
    match = _FIGURES.fullmatch(plain) if len(plain) <= 40 else None
    if match is not None:
        first, second, third = (int(match[number]) for number in (1, 2, 3))
        if len(match[1]) == 4:
            year, month, day = first, second, third
        else:
            year = third
            day, month = (first, second) if kind == DATE_KINDS[0] else (second, first)
        return _iso(year, month, day, match[4] or "") if len(match[1]) == 4 or len(match[3]) == 4 else ""
    words = _WORDS.fullmatch(plain) if len(plain) <= 40 else None
    if words is None:
        return ""
    name, day, year = (words[2], words[1], words[3]) if words[1] else (words[4], words[5], words[6])
    month = _MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTHS else 0
    return _iso(int(year), month, int(day), "")


def date_kind(values: Sequence[str]) -> str:
    """Return which of `DATE_KINDS` a column's values are; empty where they are no dates, or could be both."""
    fits = {kind: sum(bool(iso_date(value, kind)) for value in values) for kind in DATE_KINDS}
    if not values or max(fits.values()) < _ENOUGH * len(values):
        return ""
    day, month = (fits[kind] for kind in DATE_KINDS)
    if day == month and any(iso_date(value, DATE_KINDS[0]) != iso_date(value, DATE_KINDS[1]) for value in values):
        return ""
    return DATE_KINDS[0] if day >= month else DATE_KINDS[1]


def _iso(year: int, month: int, day: int, time: str) -> str:
    try:
        date = datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""
    return f"{date}T{time.zfill(5)}" if time else date
