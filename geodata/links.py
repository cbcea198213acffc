"""Looking whether links lead somewhere: annotations to features and passages, passages to words of an article."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from geodata.anchors import Resolution, resolve_all
from geodata.annotations import Annotation
from geodata.article import Article, Passage


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that does not lead to one thing.

    Attributes
    ----------
    kind : {"dangling", "ambiguous", "orphan"}
        What it names does not exist; its words may stand in several places; its words are nowhere.
    where : str
        The annotation or passage.
    what : str
        What it names, in a sentence.
    """

    kind: Literal["dangling", "ambiguous", "orphan"]
    where: str
    what: str

    def __str__(self) -> str:
        """Return one readable line."""
        return f"{self.where}: {self.kind}: {self.what}"


def of_annotations(
    annotations: Iterable[Annotation],
    *,
    passages: Collection[str],
    has_feature: Callable[[str, str], bool],
) -> tuple[Broken, ...]:
    """Return the links of annotations to features and passages that do not exist.

    Parameters
    ----------
    annotations
        Whose links are looked at.
    passages
        The ids of those that exist.
    has_feature
        Tells of a layer's and a feature's id whether there is such a feature.
    """
    found: list[Broken] = []
    for annotation in annotations:
        where = f"annotation {annotation.id} ({annotation.title})"
        found += [
            Broken("dangling", where, f"there is no feature {target}.")
            for target in annotation.targets
            if not has_feature(target.partition("/")[0], target.partition("/")[2])
        ]
        if annotation.passage and annotation.passage not in passages:
            found.append(Broken("dangling", where, f"there is no passage {annotation.passage}."))
    return tuple(found)


def of_passages(article: Article, passages: tuple[Passage, ...]) -> tuple[Broken, ...]:
    """Return the passages that are not to be found in an article, and those of which it is not sure where they are."""
    found = resolve_all(article, passages)
    return tuple(broken for passage in passages if (broken := _broken(passage, found[passage.id])) is not None)


def _broken(passage: Passage, resolution: Resolution) -> Broken | None:
    where = f"passage {passage.id}, section {passage.section}"
    if resolution.state == "orphan":
        return Broken("orphan", where, f"“{passage.exact}” is no longer in the article.")
    if resolution.state == "ambiguous":
        places = ", ".join(f"“{spot.exact}” in {spot.section}" for spot in resolution.candidates)
        return Broken("ambiguous", where, f"“{passage.exact}” may be {places}.")
    return None
