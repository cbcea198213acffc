"""A request for a process whose disk is full."""

from __future__ import annotations

from pathlib import Path

from viewer.app import loading
from viewer.app.takeaways.talk import SUFFIXES, TakeawayKind, TakeawayRequest, Talk
from viewer.model.story import StepView, Story, StoryStep

RESOURCES = Path(__file__).parents[4] / "resources"


def request(kind: TakeawayKind, folder: Path) -> TakeawayRequest:
    """Return a request for a talk of two steps."""
    steps = tuple(StoryStep(view, view.title(), StepView(view), duration_s=1.0) for view in ("arctic", "alaska"))
    talk = Talk(Story("Full", steps), loading.load(RESOURCES).stack, "light")
    return TakeawayRequest(folder / f"talk{SUFFIXES[kind]}", RESOURCES, kind, talk, (640, 360))
