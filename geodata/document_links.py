"""What a document's links lead from and to: its annotations, articles, passages, and the features of its layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geodata import history, own_articles
from geodata.annotation_edits import TABLE as ANNOTATIONS
from geodata.annotation_edits import annotations_of
from geodata.annotations import OWN_LAYERS, AnnotationSet
from geodata.document_file import LAYERS, layer_tables, origin_of, reading, stem_of
from geodata.errors import GeodataError
from geodata.links import Broken
from geodata.own_articles import OwnArticle


@dataclass(frozen=True, slots=True)
class Held:
    """What a document holds.

    Attributes
    ----------
    annotations : AnnotationSet
        The person's.
    articles : tuple of OwnArticle
        Those that can be read.
    passages : mapping of str to str
        The text of each passage's row by its id.
    features : mapping of str to frozenset of str
        The ids of the features of each layer.
    problems : tuple of str
        What cannot be read.
    """

    annotations: AnnotationSet
    articles: tuple[OwnArticle, ...]
    passages: Mapping[str, str]
    features: Mapping[str, frozenset[str]]
    problems: tuple[str, ...]

    def has_feature(self, layer: str, feature: str) -> bool:
        """Tell whether one of the document's layers has a feature; annotations are features of their own layers."""
        if layer in OWN_LAYERS.values():
            note = self.annotations.get(feature)
            return note is not None and f"{layer}/{feature}" in note.references
        return feature in self.features.get(layer, ())

    @property
    def without_article(self) -> tuple[Broken, ...]:
        """The passages whose article is not in the document."""
        known = {article.id for article in self.articles}
        owners = ((key, own_articles.passage_of(text)[0]) for key, text in self.passages.items())
        return tuple(
            Broken("dangling", f"passage {key}", f"there is no article {owner}.")
            for key, owner in owners
            if owner not in known
        )


def read(path: Path) -> Held:
    """Return what the links of a document lead from and to; of layers, only which features they have.

    Raises
    ------
    DocumentError
        Where the file is no document, is damaged, or is from a newer version.
    """
    problems: list[str] = []
    articles: list[OwnArticle] = []
    passages: dict[str, str] = {}
    with reading(path) as connection:
        annotations = annotations_of(history.state(connection, ANNOTATIONS))
        for key, text in history.state(connection, own_articles.ARTICLES).items():
            try:
                articles.append(own_articles.article_of(text))
            except GeodataError as error:
                problems.append(f"article {key}: {error}")
        for key, text in history.state(connection, own_articles.PASSAGES).items():
            try:
                own_articles.passage_of(text)
                passages[key] = text
            except GeodataError as error:
                problems.append(f"passage {key}: {error}")
        tables = {entry.stem: entry.table for entry in layer_tables(connection)}
        features: dict[str, frozenset[str]] = {}
        for layer_id, text in history.state(connection, LAYERS).items():
            table = tables.get(stem_of(origin_of(text), where=path.name), "")
            name = table.replace('"', '""')
            rows = connection.execute(f'SELECT fid FROM "{name}"') if table else ()
            features[layer_id] = frozenset(str(row[0]) for row in rows)
    problems += [str(problem) for problem in annotations.problems]
    return Held(annotations, tuple(articles), passages, features, tuple(problems))
