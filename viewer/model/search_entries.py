"""What there is to be found: features, places, annotations, passages, events, sources, positions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from geodata.annotations import AnnotationSet, CitedSource
from geodata.article import Article, Passage, plain
from geodata.chronology import PHASES, Event
from geodata.reading.positions import position
from viewer.model.layer import Layer
from viewer.model.legend import SUBJECTS
from viewer.model.search import Entry

NAMELESS = frozenset({"bathymetry", "land", "graticule", "admin1-borders", "country-borders"})
"""Layers whose names stand for nothing that anybody looks for."""

_NAMES = ("local_name", "short_name", "map_label")
_NOTED = ("country_name", "commodity", "family")
_OF_NOTE, _OF_LESSER, _OF_SOURCES, _OF_PASSAGES = 1.2, 0.85, 0.7, 0.95
_LESS = frozenset({"lakes", "rivers", "annotation-lines"})
_OF_SUBJECTS = 0.1
_CROWD_MILLIONS = 1e6
_WORDS_SHOWN = 90


def features_of(layer: Layer, attributes: Mapping[str, Sequence[Any]], *, noted: frozenset[str]) -> Iterator[Entry]:
    """Give the named features of a layer; of several with one name, the first.

    Parameters
    ----------
    layer
        Whose title stands beside the names.
    attributes
        Its columns, ``id`` and ``name`` among them.
    noted
        Features that annotations speak of, as ``layer/feature``: they come before others.
    """
    names = attributes.get("name", ())
    seen: set[str] = set()
    for row, (feature, name) in enumerate(zip(attributes["id"], names, strict=False)):
        if not name or name in seen:
            continue
        seen.add(name)
        reference = f"{layer.id}/{feature}"
        others = tuple(str(value) for column in _NAMES if (value := _cell(attributes, column, row)) and value != name)
        about = [str(value) for column in _NOTED if (value := _cell(attributes, column, row))]
        yield Entry(
            "feature",
            reference,
            str(name),
            detail=" · ".join([layer.title, *about[:1]]),
            names=others,
            text=" ".join(about),
            weight=_weight(layer, reference, noted) + _crowd(_cell(attributes, "population", row)),
        )


def notes_of(known: AnnotationSet) -> Iterator[Entry]:
    """Give all annotations, and each of their sources once."""
    cited: set[tuple[str, str]] = set()
    for note in known:
        yield Entry(
            "annotation",
            note.id,
            note.title,
            detail=note.date or "",
            names=tuple(name for name in (note.local_name, note.map_label) if name),
            text=f"{plain(note.body)[0]} {' '.join(note.tags)}",
            weight=_OF_NOTE,
        )
        for source in note.sources:
            if (source.title, source.publisher) not in cited:
                cited.add((source.title, source.publisher))
                yield _source(source, note.id, note.title)


def _source(source: CitedSource, note_id: str, note_title: str) -> Entry:
    said = ", ".join(part for part in (source.publisher, source.date) if part)
    return Entry("source", note_id, source.title, detail=f"{said} – for {note_title}", text=said, weight=_OF_SOURCES)


def passages_of(known: Iterable[Passage], article: Article | None) -> Iterator[Entry]:
    """Give linked passages of any articles, with the headings of those in the one that is being read."""
    for passage in known:
        section = article.section(passage.section) if article else None
        words = passage.exact if len(passage.exact) <= _WORDS_SHOWN else f"{passage.exact[:_WORDS_SHOWN].rstrip()}…"
        heading = section.heading if section else ""
        yield Entry("passage", passage.id, words, detail=heading, text=passage.exact, weight=_OF_PASSAGES)


def events_of(known: Iterable[Event]) -> Iterator[Entry]:
    """Give the events of the chronology."""
    for event in known:
        yield Entry("event", event.id, event.title, detail=f"{event.date} · {PHASES[event.phase]}", text=event.words)


def position_of(query: str) -> Entry | None:
    """Return the position that a question is, in any usual form; None where it is none on the northern hemisphere.

    Its id is longitude and latitude in degrees, joined by a comma. Without N, S, E or W the latitude comes first.
    """
    if not any(letter.isdigit() for letter in query):
        return None
    found = position(query)
    if found is None or not 0 <= found[1] <= 90 or abs(found[0]) > 360:
        return None
    lon, lat = (found[0] + 180) % 360 - 180, found[1]
    east = "E" if lon >= 0 else "W"
    return Entry("position", f"{lon!r},{lat!r}", f"{lat:.5g}° N {abs(lon):.6g}° {east}", detail="Go there")


def _cell(attributes: Mapping[str, Sequence[Any]], column: str, row: int) -> Any:
    values = attributes.get(column)
    return values[row] if values is not None else None


def _weight(layer: Layer, reference: str, noted: frozenset[str]) -> float:
    if layer.id in _LESS:
        return _OF_LESSER
    return (_OF_NOTE if reference in noted else 1.0) + (_OF_SUBJECTS if layer.group in SUBJECTS else 0.0)


def _crowd(population: Any) -> float:
    """Return a little for a large town, so that it comes before a small one of its name."""
    is_number = isinstance(population, int | float) and population == population and population > 0
    return min(population / _CROWD_MILLIONS, 1.0) * 0.1 if is_number else 0.0
