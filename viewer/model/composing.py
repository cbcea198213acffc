"""Composing a story: each change gives another story. What is on the map is handed in as values."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from viewer.model.camera import Viewport
from viewer.model.layer import Layer, LayerStack
from viewer.model.story import LayerLook, StepView, Story, StoryStep, view_of

_WORD = re.compile(r"[^a-z0-9]+")
_SECONDS = 60.0


def captured(
    step: StoryStep, viewport: Viewport, stack: LayerStack, *, first: LayerStack, features: tuple[str, ...] = ()
) -> StoryStep:
    """Return a step that shows what the map shows now; its words, notes and time stay.

    Parameters
    ----------
    step
        What is kept of it.
    viewport, stack
        The view, and the layers as they are shown.
    first
        The layers as the map comes; what differs from these in look is kept with the step.
    features
        What glows or is selected, as ``layer/feature``.
    """
    looks = (_look(layer, first.get(layer.id)) for layer in stack)
    return replace(
        step,
        view=view_of(viewport),
        shown=tuple(layer.id for layer in stack if layer.visible),
        hidden=tuple(layer.id for layer in stack if not layer.visible),
        looks=tuple(look for look in looks if look is not None),
        features=features,
    )


def _look(layer: Layer, first: Layer | None) -> LayerLook | None:
    """Return how a layer of the map differs from its first look; that of a person's own is not kept."""
    if first is None or (layer.opacity, layer.style) == (first.opacity, first.style):
        return None
    opacity = None if layer.opacity == first.opacity else layer.opacity
    return LayerLook(layer.id, opacity, None if layer.style == first.style else layer.style)


def fresh_step(story: Story | None, title: str) -> StoryStep:
    """Return an empty step with an id that is new in a story; its time counts as a guess until somebody says one."""
    known = {step.id for step in story.steps} if story else set[str]()
    return StoryStep(new_id(title, known), title, StepView(), duration_s=_SECONDS, is_timed=False)


def new_id(title: str, known: Collection[str]) -> str:
    """Return an id made of a title's letters, unlike those that are known."""
    stem = _WORD.sub("-", title.lower()).strip("-")[:40] or "step"
    number, found = 2, stem
    while found in known:
        found, number = f"{stem}-{number}", number + 1
    return found


def with_added(story: Story, step: StoryStep, *, after: int) -> Story:
    """Return a story with a step more, after the one of this number; −1 puts it first."""
    at = min(max(after + 1, 0), len(story.steps))
    return replace(story, steps=(*story.steps[:at], step, *story.steps[at:]))


def with_step(story: Story, index: int, step: StoryStep) -> Story:
    """Return a story in which a step is another."""
    return replace(story, steps=(*story.steps[:index], step, *story.steps[index + 1 :]))


def without(story: Story, index: int) -> Story:
    """Return a story with a step less."""
    return replace(story, steps=(*story.steps[:index], *story.steps[index + 1 :]))


def with_moved(story: Story, index: int, to: int) -> Story:
    """Return a story in which a step stands at another place, counted when it is taken out."""
    left = [step for number, step in enumerate(story.steps) if number != index]
    left.insert(min(max(to, 0), len(left)), story.steps[index])
    return replace(story, steps=tuple(left))


def with_copy(story: Story, index: int) -> Story:
    """Return a story in which a step stands twice."""
    step = story.steps[index]
    copy = replace(step, id=new_id(step.title, {other.id for other in story.steps}))
    return with_added(story, copy, after=index)
