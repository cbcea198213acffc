"""Annotations ↔ JSON-LD of the W3C Web Annotation Data Model (Recommendation of 23 February 2017)."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from geodata.annotations import Annotation, AnnotationSet, from_geojson, to_geojson
from geodata.article import Passage
from geodata.errors import AnnotationError

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_OURS = {"arctic": "urn:arcticmap:terms:"}
_ANNOTATION = "urn:arcticmap:annotation:"
_FEATURE = "urn:arcticmap:feature:"
_ARTICLE = "urn:arcticmap:article:"
_WHOLE = "arctic:annotation"
_PASSAGE = "arctic:passage"


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file of Web Annotations holds.

    Attributes
    ----------
    annotations : AnnotationSet
        Of voice ``own``; its problems are the entries that were left out.
    passages : tuple of (str, Passage)
        The id of the article and the passage, for each that an annotation belongs to.
    """

    annotations: AnnotationSet
    passages: tuple[tuple[str, Passage], ...]


def to_jsonld(annotations: Iterable[Annotation], passages: Mapping[str, tuple[str, Passage]]) -> dict[str, Any]:
    """Return annotations as an AnnotationPage.

    Each is there twice: in the model's own terms, which every reader knows, and whole, as GeoJSON, in a term of ours.

    Parameters
    ----------
    annotations
        What is written. One that speaks of nothing the model can name has the map itself as target.
    passages
        By their ids, the id of the article and the passage; one that is missing is not written.
    """
    items = [_item(annotation, passages) for annotation in annotations]
    return {"@context": [CONTEXT, _OURS], "id": "urn:arcticmap:annotations", "type": "AnnotationPage", "items": items}


def from_jsonld(document: Any, *, where: str = "") -> Imported:
    """Return the annotations of decoded JSON-LD: an Annotation, a list, an AnnotationPage or an AnnotationCollection.

    Nothing is fetched: contexts, bodies and targets that are addresses stay addresses. An entry without id, type or
    target, and one whose target nobody here knows, is left out and told.

    Raises
    ------
    AnnotationError
        Where it holds no annotations at all.
    """
    kept: dict[str, Annotation] = {}
    passages: dict[str, tuple[str, Passage]] = {}
    problems: list[AnnotationError] = []
    for number, entry in enumerate(_entries(document, where=where), start=1):
        try:
            annotation, quoted = _annotation(entry, where=f"{where}, annotation {number}".removeprefix(", "))
            if annotation.id in kept:
                raise AnnotationError("Its id is used twice.", where=annotation.id)
            kept[annotation.id] = annotation
            if quoted is not None:
                passages[quoted[1].id] = quoted
        except AnnotationError as problem:
            problems.append(problem)
    return Imported(AnnotationSet(tuple(kept.values()), tuple(problems)), tuple(passages.values()))


def _item(annotation: Annotation, passages: Mapping[str, tuple[str, Passage]]) -> dict[str, Any]:
    (feature,) = to_geojson(AnnotationSet((annotation,)))["features"]
    targets: list[dict[str, Any]] = [
        {"id": f"{_FEATURE}{reference}", "type": "Dataset"} for reference in annotation.references
    ]
    quoted = passages.get(annotation.passage)
    if quoted is not None:
        targets.append(_quote(*quoted))
    item: dict[str, Any] = {
        "@context": [CONTEXT, _OURS],
        "id": f"{_ANNOTATION}{annotation.id}",
        "type": "Annotation",
        "motivation": "linking" if quoted is not None and annotation.targets else "commenting",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": annotation.title, "format": "text/plain"},
            {"type": "TextualBody", "purpose": "commenting", "value": annotation.body, "format": "text/markdown"},
        ],
        "target": targets or [{"id": "urn:arcticmap:map", "type": "Dataset"}],
        _WHOLE: feature,
    }
    times = {"created": annotation.created, "modified": annotation.modified}
    item |= {name: value for name, value in times.items() if value}
    if annotation.author:
        item["creator"] = {"type": "Person", "name": annotation.author}
    return item


def _quote(article_id: str, passage: Passage) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": passage.exact, "prefix": passage.prefix, "suffix": passage.suffix}
    section = {"type": "FragmentSelector", "value": passage.section, "refinedBy": quote}
    return {
        "type": "SpecificResource",
        "source": f"{_ARTICLE}{article_id}",
        "selector": section if passage.section else quote,
        _PASSAGE: passage.id,
    }


def _entries(document: Any, *, where: str) -> list[Any]:
    if isinstance(document, list):
        return cast("list[Any]", document)
    if not isinstance(document, dict):
        raise AnnotationError("This is no Web Annotation.", where=where)
    table = cast("dict[str, Any]", document)
    if "items" in table:
        return _entries(table["items"], where=where)
    if "first" in table:
        return _entries(table["first"], where=where)
    if "Annotation" not in _as_list(table.get("type")):
        raise AnnotationError("This is no Web Annotation.", where=where, advice="Its type has to be Annotation.")
    return [table]


def _annotation(entry: Any, *, where: str) -> tuple[Annotation, tuple[str, Passage] | None]:
    table = cast("dict[str, Any]", entry) if isinstance(entry, dict) else {}
    for name in ("id", "type", "target"):
        if not table.get(name):
            raise AnnotationError(f"It has no {name}.", where=where, advice="The data model asks for it.")
    features, quoted = _targets(table["target"])
    known = _whole(table, where=where)
    if known is None:
        known = Annotation(_id_of(str(table["id"])), *_words(table, quoted), tags=())
    if not (features or quoted or known.place):
        raise AnnotationError("It speaks of nothing on this map or in an article.", where=where)
    own = replace(known, targets=()).references
    targets = tuple(reference for reference in features if reference not in own)
    return replace(known, voice="own", targets=targets, passage=quoted[1].id if quoted else ""), quoted


def _words(table: dict[str, Any], quoted: tuple[str, Passage] | None) -> tuple[str, str, Any, str]:
    """Return title, kind, voice and text of somebody else's annotation."""
    texts: dict[str, str] = {}
    for body in _as_list(table.get("body", table.get("bodyValue"))):
        if isinstance(body, str):
            texts.setdefault("commenting", body)
        elif isinstance(body, dict):
            part = cast("dict[str, Any]", body)
            texts.setdefault(str(part.get("purpose", "commenting")), str(part.get("value", part.get("id", ""))))
    exact = quoted[1].exact if quoted else ""
    text = texts.get("commenting") or texts.get("describing") or exact or "Without words."
    title = texts.get("tagging") or exact or text
    return title[:80], "note", "own", text


def _whole(table: dict[str, Any], *, where: str) -> Annotation | None:
    feature: Any = table.get(_WHOLE)
    if feature is None:
        return None
    known = from_geojson({"type": "FeatureCollection", "features": [feature]}, where=where)
    if known.problems:
        raise known.problems[0]
    return known.annotations[0]


def _targets(target: Any) -> tuple[tuple[str, ...], tuple[str, Passage] | None]:
    """Return the features, and the passage with its article's id, that targets name."""
    features: list[str] = []
    quoted: tuple[str, Passage] | None = None
    for part in _as_list(target):
        table = cast("dict[str, Any]", part) if isinstance(part, dict) else {"id": str(part)}
        address = str(table.get("id", ""))
        if address.startswith(_FEATURE):
            features.append(address.removeprefix(_FEATURE))
        elif quoted is None:
            quoted = _quoted(table)
    return tuple(dict.fromkeys(features)), quoted


def _quoted(table: dict[str, Any]) -> tuple[str, Passage] | None:
    source: Any = table.get("source", "")
    address = str(cast("dict[str, Any]", source).get("id", "") if isinstance(source, dict) else source)
    section = ""
    for selector in _as_list(table.get("selector")):
        while isinstance(selector, dict):
            parts = cast("dict[str, Any]", selector)
            if parts.get("type") == "FragmentSelector":
                section = str(parts.get("value", ""))
            if parts.get("type") == "TextQuoteSelector" and parts.get("exact"):
                words = {name: str(parts.get(name, "")) for name in ("exact", "prefix", "suffix")}
                passage_id = str(table.get(_PASSAGE) or f"own_{uuid.uuid4().hex[:12]}")
                return address.removeprefix(_ARTICLE), Passage(passage_id, section, **words)
            selector = parts.get("refinedBy")
    return None


def _id_of(address: str) -> str:
    ours = address.removeprefix(_ANNOTATION)
    if ours != address and re.fullmatch(r"[a-z0-9_]+", ours):
        return ours
    return f"own_{uuid.uuid5(uuid.NAMESPACE_URL, address).hex[:12]}"


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def to_text(annotations: Iterable[Annotation], passages: Mapping[str, tuple[str, Passage]]) -> str:
    """Return what `to_jsonld` makes as the text of a file."""
    return json.dumps(to_jsonld(annotations, passages), ensure_ascii=False, indent=1) + "\n"
