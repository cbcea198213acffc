"""Searching everything that the map holds, by words: any order, beginnings of words, and one typo forgiven."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from viewer.model.search_words import folded

EntryKind = Literal["position", "command", "annotation", "feature", "passage", "event", "source"]
KINDS: Mapping[EntryKind, str] = MappingProxyType(
    {
        "position": "Position",
        "command": "Command",
        "annotation": "Annotation",
        "feature": "On the map",
        "passage": "In the article",
        "event": "Event",
        "source": "Source",
    }
)
"""What people call the kinds."""

LIMIT = 40
"""Answers to a question, at most."""

_LONGEST = 120
_EXACT, _BEGINNING, _INSIDE, _TYPO, _TYPO_AT_BEGINNING = 1.0, 0.8, 0.5, 0.45, 0.35
_TITLE, _NAME, _TEXT = 1.0, 0.9, 0.4
_TYPO_FROM = 4
_INSIDE_FROM = 3
_WHOLE_TITLE, _TITLE_BEGINS, _TITLE_SHORT = 0.6, 0.25, 0.2


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found.

    Attributes
    ----------
    kind, id : str
        What it is, and by what whoever shows it knows it.
    title, detail : str
        Its name, and what else is said of it in the list.
    names : tuple of str
        What it is called besides, in any script.
    text : str
        Words that find it too, though not before others.
    weight : float
        How much it matters among equals; 1 is usual.
    """

    kind: EntryKind
    id: str
    title: str
    detail: str = ""
    names: tuple[str, ...] = ()
    text: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """An entry, and the other name of it that was asked for; empty where it was its title or its text."""

    entry: Entry
    by_name: str = ""


class SearchIndex:
    """An index over entries; some 8,000 entries with 12,000 words answer in a few milliseconds."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._titles = [folded(entry.title) for entry in self._entries]
        places: dict[str, dict[int, float]] = {}
        for number, entry in enumerate(self._entries):
            _note(places, number, self._titles[number], _TITLE)
            for name in entry.names:
                _note(places, number, folded(name), _NAME)
            _note(places, number, folded(entry.text), _TEXT)
        self._words = sorted(places)
        self._places = [places[word] for word in self._words]

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._entries)

    def find(self, query: str, *, limit: int = LIMIT) -> tuple[Found, ...]:
        """Return the entries that hold every word of a question, the best first.

        A word is held where an entry's word is it, begins with it or has it inside (from three letters on), or differs
        by one typo, two neighbours changed among them (from four letters on).
        """
        words = folded(query[:_LONGEST])
        if not words:
            return ()
        scores: dict[int, float] | None = None
        for word in words:
            held = self._held(word)
            if scores is None:
                scores = held
            else:
                scores = {number: score + held[number] for number, score in scores.items() if number in held}
        ranked = [(-self._score(number, score, words), number) for number, score in (scores or {}).items()]
        ranked.sort()
        return tuple(self._found(number, words) for _, number in ranked[:limit])

    def _held(self, word: str) -> dict[int, float]:
        """Return the entries that hold a word, and how well."""
        found: dict[int, float] = {}
        for index, quality in self._alike(word).items():
            for number, weight in self._places[index].items():
                found[number] = max(found.get(number, 0.0), quality * weight)
        return found

    def _alike(self, word: str) -> dict[int, float]:
        """Return the known words that a word stands for, and how well."""
        alike: dict[int, float] = {}
        if len(word) >= _TYPO_FROM:
            whole = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=1, limit=None)
            begun = [known[: len(word)] for known in self._words]
            alike |= {
                index: _TYPO_AT_BEGINNING
                for _, _, index in process.extract(word, begun, scorer=OSA.distance, score_cutoff=1, limit=None)
            }
            alike |= {index: _TYPO for _, _, index in whole}
        if len(word) >= _INSIDE_FROM:
            alike |= {index: _INSIDE for index, known in enumerate(self._words) if word in known}
        start = bisect_left(self._words, word)
        while start < len(self._words) and self._words[start].startswith(word):
            alike[start] = _EXACT if self._words[start] == word else _BEGINNING
            start += 1
        return alike

    def _score(self, number: int, score: float, words: tuple[str, ...]) -> float:
        title = self._titles[number]
        bonus = _WHOLE_TITLE if title == words else _TITLE_BEGINS if title[: len(words)] == words else 0.0
        bonus += _TITLE_SHORT * len(words) / max(len(title), len(words))
        return (score / len(words) + bonus) * self._entries[number].weight

    def _found(self, number: int, words: tuple[str, ...]) -> Found:
        entry = self._entries[number]
        if all(_is_in(word, self._titles[number]) for word in words):
            return Found(entry)
        named = (name for name in entry.names if all(_is_in(word, folded(name)) for word in words))
        return Found(entry, next(named, ""))


def _note(places: dict[str, dict[int, float]], number: int, words: tuple[str, ...], weight: float) -> None:
    for word in words:
        held = places.setdefault(word, {})
        held[number] = max(held.get(number, 0.0), weight)


def _is_in(word: str, words: tuple[str, ...]) -> bool:
    return any(known.startswith(word) for known in words)
