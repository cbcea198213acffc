"""Reading what the window starts with; what cannot be read is told and done without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from geodata import annotations as annotation_files
from geodata import article as article_files
from geodata.annotations import AnnotationSet
from geodata.article import Article
from geodata.built_in_catalogue import read_or_built_in
from geodata.catalogue import Catalogue
from geodata.errors import GeodataError, left_out
from viewer.model import palette as palette_files
from viewer.model import story_file
from viewer.model.layer import LayerStack
from viewer.model.palette import Palette, ThemeName
from viewer.model.stack import stack_of, unknown_colours
from viewer.model.story import Story

STORY = "alaska-talks"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Start:
    """What the window starts with, and what was wrong with it."""

    catalogue: Catalogue
    stack: LayerStack
    palettes: dict[ThemeName, Palette]
    article: Article | None
    annotations: AnnotationSet
    problems: tuple[str, ...]
    story: Story | None = None


def load(resources: Path) -> Start:
    """Read catalogue, colours, article and annotations; each that fails is replaced by an empty one and told."""
    problems: list[str] = []
    catalogue, lost = read_or_built_in(resources / "catalogue.toml")
    palettes, colours = palette_files.read_or_built_in(resources / "styles" / "palette.toml")
    stack, entries = stack_of(catalogue)
    unknown = unknown_colours(stack, palettes, catalogue)
    problems += map(str, (*lost, *left_out(colours, "colours"), *left_out(entries, "layers"), *unknown))
    article = _or_else(lambda: article_files.read(resources / "articles" / f"{STORY}.md"), None, problems)
    annotations = _or_else(
        lambda: annotation_files.read(resources / "annotations" / f"{STORY}.geojson"), AnnotationSet(()), problems
    )
    problems += map(str, left_out(annotations.problems, "annotations"))
    problems += map(str, left_out(article.problems, "passages") if article else ())
    story = _or_else(lambda: story_file.read(resources / "stories" / f"{STORY}.toml"), None, problems)
    return Start(catalogue, stack, palettes, article, annotations, tuple(dict.fromkeys(problems)), story)


def _or_else(read: Callable[[], T], fallback: T, problems: list[str]) -> T:
    try:
        return read()
    except GeodataError as problem:
        problems.append(str(problem))
        return fallback
