"""What is said of a layer that was read."""

from __future__ import annotations

from geodata.reading.outcome import LayerRead
from viewer.messages import Grade


def news_of(read: LayerRead) -> tuple[str, Grade]:
    """Return what to say, and how much it may interrupt: in passing where all went well, else so that it stays."""
    report = read.report
    if read.doubt:
        return f"{read.name}: {read.doubt}\n\n{report.text}", Grade.NOTICE
    if not (report.left_out or report.repaired or report.notes):
        count = f"{report.drawn:,} {'feature' if report.drawn == 1 else 'features'}"
        return f"{read.name}: {count}", Grade.HINT
    headline = f"{read.name}: {report.drawn:,} of {report.read:,} features are on the map"
    mended = sum(entry.count for entry in report.repaired)
    headline += f", {mended:,} of them repaired." if mended else "."
    lost = sum(entry.count for entry in report.left_out)
    headline += f" {lost:,} {'is' if lost == 1 else 'are'} left out." if lost else ""
    return f"{headline}\n\n{report.text}", Grade.NOTICE
