"""Reading what the window starts with; what cannot be read is told and done without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from geodata import annotations as annotation_files
from geodata import article as article_files
from geodata import catalogue as catalogue_files
from geodata.annotations import AnnotationSet
from geodata.article import Article
from geodata.catalogue import Catalogue
from geodata.errors import GeodataError
from viewer.model import palette as palette_files
from viewer.model.layer import LayerStack
from viewer.model.palette import Palette, ThemeName
from viewer.model.stack import stack_of

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


def load(resources: Path) -> Start:
    """Read catalogue, colours, article and annotations; each that fails is replaced by an empty one and told."""
    problems: list[str] = []
    catalogue = _or_else(lambda: catalogue_files.read(resources / "catalogue.toml"), Catalogue(()), problems)
    stack, entries = stack_of(catalogue)
    problems += [str(problem) for problem in entries]
    no_colours: dict[ThemeName, Palette] = {"light": palette_files.plain("light"), "dark": palette_files.plain("dark")}
    palettes = _or_else(lambda: palette_files.read(resources / "styles" / "palette.toml"), no_colours, problems)
    article = _or_else(lambda: article_files.read(resources / "articles" / f"{STORY}.md"), None, problems)
    annotations = _or_else(
        lambda: annotation_files.read(resources / "annotations" / f"{STORY}.geojson"), AnnotationSet(()), problems
    )
    problems += [str(problem) for problem in (*annotations.problems, *(article.problems if article else ()))]
    return Start(catalogue, stack, palettes, article, annotations, tuple(dict.fromkeys(problems)))


def _or_else(read: Callable[[], T], fallback: T, problems: list[str]) -> T:
    try:
        return read()
    except GeodataError as problem:
        problems.append(str(problem))
        return fallback
