"""What could embarrass a speaker, looked for before the talk. Values only: whoever asks says what there is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from viewer.model.palette import Palette
from viewer.model.story import Story, StoryStep
from viewer.model.talk_clock import clock_text

LEAST_CONTRAST = 4.5
"""Of text against its ground, as in WCAG 2.2, 1.4.3; a projector in a lit room takes more away than a screen does."""

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
    """

    where: str
    what: str
    fix: str

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
    """

    layers: Collection[str]
    annotations: Collection[str]
    passages: Collection[str]
    has_feature: Callable[[str, str], bool]
    palettes: tuple[Palette, ...] = ()
    fonts_lost: tuple[str, ...] = ()


def check(story: Story, there: Surroundings, *, slot_s: float | None = None) -> tuple[Finding, ...]:
    """Return what is not as it should be: the talk as a whole first, then step by step.

    Does not look at the screens or at the desktop's settings, and draws nothing.

    Parameters
    ----------
    story
        The talk.
    there
        What there is.
    slot_s
        How long the speaker has, in seconds; None where that is not known.
    """
    found = [*_of_the_talk(story, slot_s), *_of_the_look(there)]
    for number, step in enumerate(story.steps, start=1):
        where = f"Step {number}, {step.title}"
        found += [Finding(where, what, fix) for what, fix in (*_lost(step, there), *_unprepared(step))]
    return tuple(found)


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the contrast of two opaque colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, ...]) -> float:
    shares = [value / 255 for value in colour[:3]]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _of_the_talk(story: Story, slot_s: float | None) -> Iterator[Finding]:
    if slot_s is not None and story.duration_s > slot_s:
        over_s = story.duration_s - slot_s
        what = f"It is planned for {clock_text(story.duration_s)}, and the slot is {clock_text(slot_s)}."
        yield Finding("The talk", what, f"Take {clock_text(over_s)} out: shorten steps or leave some out.")


def _of_the_look(there: Surroundings) -> Iterator[Finding]:
    for problem in there.fonts_lost:
        yield Finding("The talk", problem.rstrip(".") + ".", "Another font stands in; lines may break elsewhere.")
    for palette in there.palettes:
        ratio = contrast(palette.rgba("ui_text"), palette.rgba("ui_panel"))
        if ratio < LEAST_CONTRAST:
            what = f"In the {palette.theme} colours text stands out from its ground by {ratio:.1f} to 1 only."
            fix = f"A projector needs {LEAST_CONTRAST} to 1: change ui_text or ui_panel in styles/palette.toml."
            yield Finding("The talk", what, fix)


def _lost(step: StoryStep, there: Surroundings) -> Iterator[tuple[str, str]]:
    for layer in dict.fromkeys((*step.shown, *step.hidden)):
        if layer not in there.layers:
            yield f"There is no layer {layer}.", "Bring the layer in, or take its name out of shown and hidden."
    for reference in step.features:
        layer, _, feature = reference.partition("/")
        if layer not in there.layers:
            yield f"There is no layer {layer} for {reference}.", "Bring the layer in, or take it out of features."
        elif feature and not there.has_feature(layer, feature):
            yield f"There is no feature {reference}.", "Correct its name, or take it out of features."
    if step.annotation and step.annotation not in there.annotations:
        yield f"There is no annotation {step.annotation}.", "Correct its name, or take it out: no card will be shown."
    if step.passage and step.passage not in there.passages:
        yield f"The article has no passage {step.passage}.", "Correct its name, or take it out."


def _unprepared(step: StoryStep) -> Iterator[tuple[str, str]]:
    if not step.notes:
        yield "It has no notes.", "Write what is to be said under notes."
    if not step.is_timed:
        yield f"It has no time; {step.duration_s:.0f} s are counted.", "Say how long it takes: seconds = …"
    for name, text, most in (("title", step.title, _TITLE_CHARACTERS), ("caption", step.caption, _CAPTION_CHARACTERS)):
        if len(text) > most:
            yield (
                f"Its {name} has {len(text)} characters, too many to be read at the size a projector needs.",
                f"Shorten it to {most}, and say the rest.",
            )
