"""A talk as values that another process can make pages and pictures of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geodata.annotations import Annotation
from geodata.article import plain
from viewer.model.figure import citations
from viewer.model.layer import LayerStack
from viewer.model.palette import ThemeName
from viewer.model.story import Story, StoryStep
from viewer.session import Session

TakeawayKind = Literal["handout", "slides", "pictures", "video"]

SUFFIXES: dict[TakeawayKind, str] = {"handout": ".pdf", "slides": ".pptx", "pictures": "", "video": ".mp4"}
"""How the files' names end; pictures go into a folder."""

NAMES: dict[TakeawayKind, str] = {
    "handout": "the handout",
    "slides": "the slides",
    "pictures": "the pictures",
    "video": "the video",
}


@dataclass(frozen=True, slots=True)
class Talk:
    """A story and all that its pages say.

    Attributes
    ----------
    story : Story
        The story.
    stack, theme
        The layers as the map shows them outside of the steps, and its colours.
    annotations : tuple of Annotation
        Those that steps open and that are there.
    passages : tuple of (str, str)
        Id and words of the passages that steps belong to and that are there.
    made : str
        When the take-away is made, as it is read.
    cited : tuple of str
        The sources of the map's layers, a line each.
    """

    story: Story
    stack: LayerStack
    theme: ThemeName
    annotations: tuple[Annotation, ...] = ()
    passages: tuple[tuple[str, str], ...] = ()
    made: str = ""
    cited: tuple[str, ...] = ()

    def annotation_of(self, step: StoryStep) -> Annotation | None:
        """Return what a step opens; None where there is nothing, or it is gone."""
        return next((found for found in self.annotations if found.id == step.annotation), None)

    def passage_of(self, step: StoryStep) -> str:
        """Return the words of the article that a step belongs to; empty where there are none, or they are gone."""
        return dict(self.passages).get(step.passage, "")

    def sources_of(self, step: StoryStep) -> tuple[str, ...]:
        """Return who stands behind what a step opens, a line each."""
        annotation = self.annotation_of(step)
        found = annotation.sources if annotation else ()
        parts = ((one.title, one.publisher, one.date, one.address) for one in found)
        return tuple(". ".join(part for part in entry if part) for entry in parts)


@dataclass(frozen=True, slots=True)
class TakeawayRequest:
    """Ask for a take-away.

    Attributes
    ----------
    path : Path
        The new file, or for pictures the folder that they go into; it is there as a whole or not at all.
    resources : Path
        The folder of the built-in map.
    kind : TakeawayKind
        What is made.
    talk : Talk
        Of what.
    size_px : tuple of (int, int)
        Width and height of pictures and film in pixels.
    """

    path: Path
    resources: Path
    kind: TakeawayKind
    talk: Talk
    size_px: tuple[int, int] = (1920, 1080)


@dataclass(frozen=True, slots=True)
class TakeawayMade:
    """It is there; how many pages, slides, pictures or frames it has."""

    count: int


def talk_of(story: Story, session: Session, *, made: str = "") -> Talk:
    """Return a story with what the session knows of its annotations and passages."""
    opened = {step.annotation for step in story.steps}
    article, wanted = session.article, {step.passage for step in story.steps}
    passages = article.passages if article else ()
    return Talk(
        story,
        session.stack,
        session.theme,
        tuple(annotation for annotation in session.annotations if annotation.id in opened),
        tuple((passage.id, plain(passage.exact)[0]) for passage in passages if passage.id in wanted),
        made,
        citations(session.catalogue, session.stack, session.camera.metres_per_pixel),
    )
