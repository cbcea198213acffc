"""What could embarrass a speaker, looked for before the talk. Values only: whoever asks says what there is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from viewer.model.palette import Palette
from viewer.model.story import Story, StoryStep
from viewer.model.talk_clock import clock_text

LEAST_CONTRAST = 4.5
"""Of text against its ground, as in WCAG 2.2, 1.4.3; a projector in a lit room takes more away than a screen does."""

Remedy = Literal["", "drop", "notes", "time", "words", "slot"]
"""What can be done at once: take out what is gone, write notes, keep the time that is counted, shorten words in the
form, or make every step shorter by the same share."""

_TITLE_CHARACTERS = 60
_CAPTION_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Attributes
    ----------
    where : str
        The step, or ``The talk``.
    what : str
        What is wrong, naming the value.
    fix : str
        What to do about it.
    step : int
        The number of the step, from 0; −1 for the talk as a whole.
    remedy : Remedy
        What the program can do about it at the person's word; empty for nothing.
    subject : str
        What that is done to: what is gone.
    is_note : bool
        Whether it is only good to know, and no fault.
    """

    where: str
    what: str
    fix: str
    step: int = -1
    remedy: Remedy = ""
    subject: str = ""
    is_note: bool = False

    def __str__(self) -> str:
        """Return one readable line."""
        return f"{self.where}: {self.what} {self.fix}"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What there is for a story to show.

    Attributes
    ----------
    layers, annotations, passages : Collection of str
        Their ids.
    has_feature : callable
        Takes a layer that is there and the id of a feature, and tells whether the layer has it.
    palettes : tuple of Palette
        The colours that the talk may be given in.
    fonts_lost : tuple of str
        What was wrong with the program's own fonts.
    desk : tuple of Finding
        What is to be said of screens and of the desktop's settings, as whoever asks can see them.
    """

    layers: Collection[str]
    annotations: Collection[str]
    passages: Collection[str]
    has_feature: Callable[[str, str], bool]
    palettes: tuple[Palette, ...] = ()
    fonts_lost: tuple[str, ...] = ()
    desk: tuple[Finding, ...] = ()


def check(story: Story, there: Surroundings, *, slot_s: float | None = None) -> tuple[Finding, ...]:
    """Return what is not as it should be: the talk as a whole first, then step by step.

    Draws nothing, and looks at nothing but what it is given.

    Parameters
    ----------
    story
        The talk.
    there
        What there is.
    slot_s
        How long the speaker has, in seconds; None for what the story says itself.
    """
    found = [*_of_the_talk(story, slot_s or story.slot_s), *_of_the_look(there), *there.desk]
    for number, step in enumerate(story.steps):
        where = f"Step {number + 1}, {step.title}"
        for what, fix, remedy, subject in (*_lost(step, there), *_unprepared(step)):
            found.append(Finding(where, what, fix, number, remedy, subject))
    return tuple(found)


def mended(story: Story, finding: Finding, *, slot_s: float | None = None) -> Story:
    """Return a story in which a finding's remedy was applied; the same where a person has to write something."""
    if finding.remedy == "slot":
        share = (slot_s or story.slot_s) / max(story.duration_s, 1.0)
        steps = tuple(replace(step, duration_s=max(float(int(step.duration_s * share)), 1.0)) for step in story.steps)
        return replace(story, steps=steps)
    if not 0 <= finding.step < len(story.steps):
        return story
    step = story.steps[finding.step]
    if finding.remedy == "time":
        step = replace(step, is_timed=True)
    elif finding.remedy == "drop":
        step = _without(step, finding.subject)
    return replace(story, steps=(*story.steps[: finding.step], step, *story.steps[finding.step + 1 :]))


def _without(step: StoryStep, gone: str) -> StoryStep:
    """Return a step that no longer names what is gone: a layer, a feature, an annotation or a passage."""
    return replace(
        step,
        shown=tuple(name for name in step.shown if f"layer:{name}" != gone),
        hidden=tuple(name for name in step.hidden if f"layer:{name}" != gone),
        looks=tuple(look for look in step.looks if f"layer:{look.layer}" != gone),
        features=tuple(name for name in step.features if f"feature:{name}" != gone),
        annotation="" if gone == f"annotation:{step.annotation}" else step.annotation,
        passage="" if gone == f"passage:{step.passage}" else step.passage,
    )


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the contrast of two opaque colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, ...]) -> float:
    shares = [value / 255 for value in colour[:3]]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _of_the_talk(story: Story, slot_s: float) -> Iterator[Finding]:
    if slot_s and story.duration_s > slot_s:
        over_s = story.duration_s - slot_s
        what = f"It is planned for {clock_text(story.duration_s)}, and the slot is {clock_text(slot_s)}."
        yield Finding(
            "The talk", what, f"Take {clock_text(over_s)} out: shorten steps or leave some out.", remedy="slot"
        )


def _of_the_look(there: Surroundings) -> Iterator[Finding]:
    for problem in there.fonts_lost:
        yield Finding("The talk", problem.rstrip(".") + ".", "Another font stands in; lines may break elsewhere.")
    for palette in there.palettes:
        ratio = contrast(palette.rgba("ui_text"), palette.rgba("ui_panel"))
        if ratio < LEAST_CONTRAST:
            what = f"In the {palette.theme} colours text stands out from its ground by {ratio:.1f} to 1 only."
            fix = f"A projector needs {LEAST_CONTRAST} to 1: change ui_text or ui_panel in styles/palette.toml."
            yield Finding("The talk", what, fix)


Found = tuple[str, str, Remedy, str]


def _lost(step: StoryStep, there: Surroundings) -> Iterator[Found]:
    for layer in dict.fromkeys((*step.shown, *step.hidden, *(look.layer for look in step.looks))):
        if layer not in there.layers:
            fix = "Bring the layer in, or take its name out of shown and hidden."
            yield f"There is no layer {layer}.", fix, "drop", f"layer:{layer}"
    for reference in step.features:
        layer, _, feature = reference.partition("/")
        gone = f"feature:{reference}"
        if layer not in there.layers:
            fix = "Bring the layer in, or take it out of features."
            yield f"There is no layer {layer} for {reference}.", fix, "drop", gone
        elif feature and not there.has_feature(layer, feature):
            yield f"There is no feature {reference}.", "Correct its name, or take it out of features.", "drop", gone
    if step.annotation and step.annotation not in there.annotations:
        fix = "Correct its name, or take it out: no card will be shown."
        yield f"There is no annotation {step.annotation}.", fix, "drop", f"annotation:{step.annotation}"
    if step.passage and step.passage not in there.passages:
        fix = "Correct its name, or take it out."
        yield f"The article has no passage {step.passage}.", fix, "drop", f"passage:{step.passage}"


def _unprepared(step: StoryStep) -> Iterator[Found]:
    if not step.notes:
        yield "It has no notes.", "Write what is to be said under notes.", "notes", ""
    if not step.is_timed:
        yield f"It has no time; {step.duration_s:.0f} s are counted.", "Say how long it takes: seconds = …", "time", ""
    for name, text, most in (("title", step.title, _TITLE_CHARACTERS), ("caption", step.caption, _CAPTION_CHARACTERS)):
        if len(text) > most:
            what = f"Its {name} has {len(text)} characters, too many to be read at the size a projector needs."
            yield what, f"Shorten it to {most}, and say the rest.", "words", ""
