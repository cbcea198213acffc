"""Looking whether links lead somewhere: ``--check FILE``."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from geodata import annotations as annotation_files
from geodata import article as article_files
from geodata import links, own_articles, prepared
from geodata.document_request import SUFFIX
from geodata.errors import GeodataError, PreparedError
from viewer.app.loading import STORY

_ANNOTATIONS = (".geojson", ".json")


def check(file: Path | None, *, resources: Path) -> int:
    """Print every link that leads nowhere, or perhaps to several places; return the exit code, 0 where there is none.

    Parameters
    ----------
    file
        A document, a file of annotations, or an article with its passages beside it; None for what is built in.
    resources
        The folder of the built-in map, against which the links are held.
    """
    try:
        found = _found(file, _BuiltIn(resources))
    except GeodataError as error:
        print(error, file=sys.stderr)
        return 1
    name = file.name if file is not None else "What is built in"
    for line in found:
        print(f"{name}: {line}".encode("utf-8", "replace").decode())
    count = len(found)
    print(
        f"{name}: {count} broken link{'s' if count > 1 else ''}." if count else f"{name}: every link leads somewhere."
    )
    return 1 if found else 0


class _BuiltIn:
    """What the links of a person's files may lead to."""

    def __init__(self, resources: Path) -> None:
        self.annotations = resources / "annotations" / f"{STORY}.geojson"
        self.article = resources / "articles" / f"{STORY}.md"
        self._layers = resources / "layers"
        self._features = cache(self._read_features)

    def has_feature(self, layer: str, feature: str) -> bool:
        """Tell whether the built-in map has a feature."""
        return feature in self._features(layer)

    def _read_features(self, layer: str) -> frozenset[str]:
        try:
            return frozenset(prepared.read(self._layers / f"{layer}.prepared").row_of)
        except PreparedError:
            return frozenset()

    def passages(self) -> frozenset[str]:
        """Return the ids of the built-in article's passages."""
        return frozenset(passage.id for passage in article_files.read(self.article).passages)


def _found(file: Path | None, built_in: _BuiltIn) -> tuple[object, ...]:
    if file is None:
        return (*_in_article(built_in.article), *_in_annotations(built_in.annotations, built_in))
    if file.suffix.lower() == SUFFIX:
        return _in_document(file, built_in)
    if file.suffix.lower() in _ANNOTATIONS:
        return _in_annotations(file, built_in)
    return _in_article(file)


def _in_annotations(file: Path, built_in: _BuiltIn) -> tuple[object, ...]:
    known = annotation_files.read(file)
    found = links.of_annotations(known, passages=built_in.passages(), has_feature=built_in.has_feature)
    return (*(problem.what for problem in known.problems), *found)


def _in_article(file: Path) -> tuple[object, ...]:
    article = article_files.read(file)
    passages, _, problems = article_files.read_passages(file.with_suffix(".passages.toml"))
    broken = links.of_passages(article, passages)
    told = {passage.id for passage in article.passages}
    others = [
        f"passage {passage.id}, section {passage.section}: dangling: “{passage.exact}” does not stand there as quoted."
        for passage in passages
        if passage.id not in told and not any(passage.id in line.where.split(",")[0].split() for line in broken)
    ]
    return (*map(str, problems), *broken, *others)


def _in_document(file: Path, built_in: _BuiltIn) -> tuple[object, ...]:
    from geodata import document_links  # reads layers, which loads the geometry library

    held = document_links.read(file)
    found: list[object] = list(held.problems)
    known = set(built_in.passages()) | set(held.passages)
    found += links.of_annotations(
        held.annotations,
        passages=known,
        has_feature=lambda layer, feature: held.has_feature(layer, feature) or built_in.has_feature(layer, feature),
    )
    for own in held.articles:
        article = own_articles.structured(own)
        passages = own_articles.passages_in(held.passages.values(), own.id)
        found += [f"article {own.title}, {line}" for line in links.of_passages(article, passages)]
    found += held.without_article
    return tuple(found)
