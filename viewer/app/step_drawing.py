"""What a step draws over the map: the side that it takes on what is disputed, and the day that it speaks of."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from geodata import viewpoints
from geodata.chronology import PHASES, Phase
from geodata.errors import GeodataError
from geodata.viewpoints import Disputed
from viewer.app.chronology import TONES
from viewer.app.viewpoints import drawing_of
from viewer.map.overlays.drawn_lines import Drawing
from viewer.model.story import StoryStep
from viewer.panels.evidence import date_text

_TALKS = "2025-08-15"


def drawings_of(step: StoryStep, facts: Path) -> tuple[Drawing, ...]:
    """Return what a step draws, at most two things with a caption each; without its tables no viewpoint is drawn.

    Parameters
    ----------
    step
        The step.
    facts
        The folder of tables of facts.
    """
    found: list[Drawing] = []
    items = _disputed(facts) if step.viewpoint else ()
    if items:
        found.append(drawing_of(items, step.viewpoint))
    if step.date:
        phase = _phase(step.date)
        found.append(Drawing(caption=f"{PHASES[phase]}  ·  {date_text(step.date)}", tone=TONES[phase]))
    return tuple(found)


def _phase(date: str) -> Phase:
    day = _TALKS[: len(date)]
    if date == day:
        return "talks"
    return "before" if date < day else "since"


@lru_cache(maxsize=2)
def _disputed(facts: Path) -> tuple[Disputed, ...]:
    try:
        return viewpoints.read(facts)
    except GeodataError:
        return ()
