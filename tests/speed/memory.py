"""What all processes together hold while the default map is on the screen."""

from __future__ import annotations

from tests.speed.window import medians


def measure(*, runs: int = 5) -> dict[str, float]:
    """Return medians over several starts, in megabytes."""
    return medians("rest", runs=min(runs, 3))
