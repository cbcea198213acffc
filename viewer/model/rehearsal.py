"""Rehearsals of a talk: how long each step took, compared with earlier runs, and when it will be over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Literal, cast

from viewer.model.story import Story

RunKind = Literal["rehearsal", "talk"]
MOST_RUNS = 200


@dataclass(frozen=True, slots=True)
class Run:
    """A talk as it was given or tried.

    Attributes
    ----------
    story : str
        The story's id in the document; empty for the built-in one.
    title : str
        What it was called.
    began : str
        When, in ISO 8601 to the second.
    kind : {"rehearsal", "talk"}
        Whether anybody listened.
    times : tuple of (str, float)
        By the id of each step that was on the screen, for how many seconds in all, in the order that they came in.
    """

    story: str
    title: str
    began: str
    kind: RunKind
    times: tuple[tuple[str, float], ...]

    @property
    def duration_s(self) -> float:
        """How long it took."""
        return sum(seconds for _, seconds in self.times)


@dataclass(frozen=True, slots=True)
class StepTimes:
    """What there is to compare of a step, in seconds; None where there was no such run."""

    title: str
    planned_s: float
    last_s: float | None
    usual_s: float | None
    now_s: float | None


def with_time(times: Sequence[tuple[str, float]], step_id: str, seconds: float) -> tuple[tuple[str, float], ...]:
    """Return times with so many seconds more for a step."""
    known = dict(times)
    known[step_id] = known.get(step_id, 0.0) + seconds
    return tuple(known.items())


def runs_of_story(runs: Sequence[Run], story_id: str) -> tuple[Run, ...]:
    """Return the runs of one story, the latest last."""
    return tuple(run for run in runs if run.story == story_id)


def compared(story: Story, earlier: Sequence[Run], now: Sequence[tuple[str, float]] = ()) -> tuple[StepTimes, ...]:
    """Return for each step what it is planned for, and what it took the last time, usually, and in the run now."""
    last = dict(earlier[-1].times) if earlier else {}
    present = dict(now)
    return tuple(
        StepTimes(step.title, step.duration_s, last.get(step.id), _usual_s(earlier, step.id), present.get(step.id))
        for step in story.steps
    )


def projected_s(story: Story, earlier: Sequence[Run], *, index: int, elapsed_s: float, in_step_s: float) -> float:
    """Return how long the whole talk will take from its beginning, as it goes now.

    What is still to come is counted as it usually took, else as it is planned.

    Parameters
    ----------
    story, earlier
        The talk, and its earlier runs.
    index
        The step that is on the screen.
    elapsed_s, in_step_s
        How long the talk has been going on, and the step.
    """
    expected = [_usual_s(earlier, step.id) or step.duration_s for step in story.steps]
    return elapsed_s + max(expected[index] - in_step_s, 0.0) + sum(expected[index + 1 :])


def _usual_s(earlier: Sequence[Run], step_id: str) -> float | None:
    found = [seconds for run in earlier for name, seconds in run.times if name == step_id]
    return median(found) if found else None


def text_of(runs: Sequence[Run]) -> str:
    """Return runs as the text of their file; the oldest are left out where there are too many."""
    return json.dumps([asdict(run) for run in runs[-MOST_RUNS:]], ensure_ascii=False, indent=1) + "\n"


def runs_of(text: str) -> tuple[Run, ...]:
    """Return the runs of a file; entries that make no sense are left out."""
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(entries, list):
        return ()
    return tuple(run for entry in cast("list[Any]", entries) if (run := _run(entry)) is not None)


def _run(entry: Any) -> Run | None:
    try:
        kind: RunKind = "talk" if entry["kind"] == "talk" else "rehearsal"
        times = tuple((str(step), float(seconds)) for step, seconds in entry["times"])
        return Run(str(entry["story"]), str(entry["title"]), str(entry["began"]), kind, times)
    except (KeyError, TypeError, ValueError):
        return None
