"""Anchors that do not lie: where the words of a passage stand in an article that changed since.

A passage is a TextQuoteSelector of the W3C Web Annotation Data Model. Two proofs are known. *The same sentence*: the
words stand in a sentence that is the same letter by letter. *The same place*: what stands before and after, as far as
into the next paragraph, is alike; only then may the words themselves have changed. Without a proof, or where a second
place has nearly as good a one, nothing is chosen: the person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz

from geodata.article import Article, Passage, Section, plain

State = Literal["found", "moved", "ambiguous", "orphan"]

BEYOND = 40
"""How many characters of the paragraphs before and after an anchor quotes."""

_LONGEST_CONTEXT = 1_000
_NEAR = 40
_TOUCHING = 12
_ALIKE = 85.0  # of 100: text around that has changed no more than this is the same place
_WORDS_ALIKE = 50.0  # words that stand in the same place may have changed this far
_WORTH_ASKING = 75.0
_LONG = 400_000  # letters: of a longer article only the sections beside are looked at
_LEAST_EVIDENCE = 24  # letters of words and sentence: fewer prove nothing in another place
_MARGIN = 0.3
_MOST_ASKED = 4
_SENTENCE = re.compile(r"[.!?…]+[\"”’»)\]]*\s+|\n")
_BREAK = re.compile(r"\n[ \t]*(?:\n|[-*+>#|]|\d+[.)])")


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of an article's plain text.

    Attributes
    ----------
    section : str
        The section's id.
    start, end : int
        In the plain text of the section, as `geodata.article.plain` gives it.
    exact : str
        The words there.
    """

    section: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of an anchor.

    Attributes
    ----------
    state : {"found", "moved", "ambiguous", "orphan"}
        The last two have no spot: nothing is guessed.
    spot : Spot or None
        Where the words stand now.
    candidates : tuple of Spot
        Of an ambiguous anchor, the places to ask about, the likeliest first.
    """

    state: State
    spot: Spot | None = None
    candidates: tuple[Spot, ...] = ()


class Text:
    """The plain text of an article as anchors are looked for in it: headings, sections, a new line per paragraph.

    Parameters
    ----------
    article
        Made plain once; many anchors are looked for in it.
    """

    def __init__(self, article: Article) -> None:
        parts: list[str] = []
        self._spans: dict[str, tuple[int, int]] = {}
        length = 0
        for section in article.sections:
            text = _paragraphs(section)
            parts += [section.heading, "\n", text, "\n"]
            start = length + len(section.heading) + 1
            self._spans[section.id] = (start, start + len(text))
            length = start + len(text) + 1
        self.whole = "".join(parts)
        self._folded = _fold(self.whole)

    def place(self, section_id: str) -> tuple[int, int]:
        """Return where a section's text starts and ends; (0, 0) for no such section."""
        return self._spans.get(section_id, (0, 0))

    def spot(self, start: int, end: int) -> Spot | None:
        """Return a stretch as a spot of its section; None where it lies in none or crosses a paragraph's end."""
        for section_id, (first, last) in self._spans.items():
            if first <= start < end <= last and "\n" not in self.whole[start:end]:
                return Spot(section_id, start - first, end - first, self.whole[start:end])
        return None

    def before(self, place: int, length: int) -> str:
        """Return as much text as asked before a place, folded as `_fold` does."""
        return self._folded[max(0, place - length) : place]

    def after(self, place: int, length: int) -> str:
        """Return as much text as asked after a place, folded."""
        return self._folded[place : place + length]

    def occurrences(self, words: str) -> Iterator[int]:
        """Yield where words stand, whatever the case of letters and the shape of quotation marks."""
        words = _fold(words)
        return (place for place in self.places(words) if self.spot(place, place + len(words)) is not None)

    def places(self, folded: str) -> Iterator[int]:
        """Yield where folded text stands, headings included; nothing for no text."""
        place = self._folded.find(folded) if folded else -1
        while place >= 0:
            yield place
            place = self._folded.find(folded, place + 1)

    def most_alike(self, words: str) -> tuple[int, int]:
        """Return the stretch most like some words."""
        found = fuzz.partial_ratio_alignment(_fold(words), self._folded)
        return (found.dest_start, found.dest_end) if found else (0, 0)


def anchored(article: Article, section_id: str, start: int, end: int, *, passage_id: str) -> Passage:
    """Return a passage for a stretch of a section's plain text, quoting enough around it to be found again.

    What is quoted reaches beyond the paragraph, so that a copy of a paragraph elsewhere is not taken for it.

    Raises
    ------
    ValueError
        Where the stretch is empty, not in the section, or crosses the end of a paragraph.
    """
    text = Text(scope(article, section_id))
    first, last = text.place(section_id)
    at, to = first + start, first + end
    if not first <= at < to <= last or text.spot(at, to) is None:
        raise ValueError("an anchor needs words of one paragraph")
    opening = text.whole.rfind("\n", 0, at) + 1
    closing = text.whole.find("\n", to)
    before = text.whole[max(0, min(opening, at) - BEYOND, at - _LONGEST_CONTEXT) : at]
    after = text.whole[to : min((closing if closing >= 0 else len(text.whole)) + BEYOND, to + _LONGEST_CONTEXT)]
    exact = text.whole[at:to]
    return Passage(passage_id, section_id, exact, prefix=before, suffix=after)


def resolve(passage: Passage, text: Text) -> Resolution:
    """Return what became of a passage in an article's text; never a guess.

    A passage that quotes nothing around it is found only where its words stand once in the whole article, and there in
    its section.
    """
    exact = list(text.occurrences(passage.exact))
    if not (passage.prefix.strip() or passage.suffix.strip()):
        return _without_context(passage, exact, text)
    found = {(place, place + len(passage.exact)) for place in exact}
    if not any(_is_in_place(passage, text, *place) for place in found):
        found |= {place for place in _changed(passage, text) if not any(_cross(place, other) for other in found)}
    scored = sorted(((_score(passage, text, *place), place) for place in found), reverse=True)
    proven = [(score, place) for score, place in scored if score >= 1.0]
    if proven and (len(proven) == 1 or proven[0][0] - proven[1][0] >= _MARGIN):
        return _settled(passage, text, *proven[0][1])
    return _to_be_asked([place for _, place in scored] or [text.most_alike(passage.exact)], passage, text)


def scope(article: Article, section_id: str) -> Article:
    """Return what of an article is looked at for an anchor in a section: all, or of a long one what is beside it."""
    if sum(len(section.text) for section in article.sections) <= _LONG:
        return article
    at = next((number for number, section in enumerate(article.sections) if section.id == section_id), 0)
    return replace(article, sections=article.sections[max(0, at - 1) : at + 2])


def resolve_all(article: Article, passages: tuple[Passage, ...]) -> dict[str, Resolution]:
    """Return what became of each passage, by its id; of two that would share words, the second is ambiguous.

    Of an article of more than 400,000 letters only the passage's section and those beside it are looked at.
    """
    texts: dict[tuple[str, ...], Text] = {}
    found: dict[str, Resolution] = {}
    taken: list[Spot] = []
    for passage in passages:
        part = scope(article, passage.section)
        ids = tuple(section.id for section in part.sections)
        texts[ids] = text = texts.get(ids) or Text(part)
        resolution = resolve(passage, text)
        spot = resolution.spot
        if spot is not None and any(_overlap(spot, other) for other in taken):
            resolution = Resolution("ambiguous", candidates=(spot,))
        elif spot is not None:
            taken.append(spot)
        found[passage.id] = resolution
    return found


def placed(article: Article, passages: tuple[Passage, ...]) -> tuple[Article, dict[str, Resolution]]:
    """Return an article with those passages that are found or moved, quoted as they stand now, and all resolutions."""
    resolutions = resolve_all(article, passages)
    order = {section.id: number for number, section in enumerate(article.sections)}
    here_of = {section.id: section for section in article.sections}
    kept: list[tuple[int, int, Passage]] = []
    for passage in passages:
        spot = resolutions[passage.id].spot
        if spot is not None:
            here = plain(here_of[spot.section].text)[0]
            now = Passage(
                passage.id,
                spot.section,
                here[spot.start : spot.end],
                prefix=here[max(0, spot.start - _LONGEST_CONTEXT) : spot.start],
                suffix=here[spot.end : spot.end + _LONGEST_CONTEXT],
            )
            kept.append((order[spot.section], spot.start, now))
    ordered = tuple(passage for *_, passage in sorted(kept, key=lambda item: item[:2]))
    return replace(article, passages=ordered), resolutions


def _without_context(passage: Passage, exact: list[int], text: Text) -> Resolution:
    first, last = text.place(passage.section)
    if len(exact) == 1 and first <= exact[0] < last:
        return Resolution("found", text.spot(exact[0], exact[0] + len(passage.exact)))
    return _to_be_asked([(place, place + len(passage.exact)) for place in exact], passage, text)


def _settled(passage: Passage, text: Text, start: int, end: int) -> Resolution:
    spot = text.spot(start, end)
    stays = spot is not None and spot.section == passage.section
    before, after = _far(passage, text, start, end)
    return Resolution("found" if stays and max(before, after) >= _ALIKE else "moved", spot)


def _to_be_asked(places: list[tuple[int, int]], passage: Passage, text: Text) -> Resolution:
    spots = [text.spot(*place) for place in places]
    asked = [spot for spot in spots if spot and fuzz.ratio(_fold(spot.exact), _fold(passage.exact)) >= _WORTH_ASKING]
    unique = tuple(dict.fromkeys(asked))[:_MOST_ASKED]
    return Resolution("ambiguous", candidates=unique) if unique else Resolution("orphan")


def _score(passage: Passage, text: Text, start: int, end: int) -> float:
    """Return the proofs that a place has, one point for each, and up to half a point for what stands right beside."""
    points = float(_is_same_sentence(passage, text, start, end)) + float(_is_in_place(passage, text, start, end))
    near = fuzz.ratio(_fold(passage.prefix)[-_NEAR:], text.before(start, _NEAR))
    near += fuzz.ratio(_fold(passage.suffix)[:_NEAR], text.after(end, _NEAR))
    return points + near / 400.0 if points else min(near / 400.0, 0.5)


def _is_same_sentence(passage: Passage, text: Text, start: int, end: int) -> bool:
    """Tell whether the words and the rest of their sentence are the same, letter by letter."""
    if text.after(start, end - start) != _fold(passage.exact):
        return False
    before, after = _fold(passage.prefix), _fold(passage.suffix)
    if before and not before[-1].isspace():  # people quote without the blank beside the words
        before += text.before(start, 1) * text.before(start, 1).isspace()
    if after and not after[0].isspace():
        after = text.after(end, 1) * text.after(end, 1).isspace() + after
    left, right = _last_of_sentence(before), _first_of_sentence(after)
    if len(left) + len(right) + len(passage.exact) < _LEAST_EVIDENCE:
        return False
    left_now = _last_of_sentence(text.before(start, len(before) + BEYOND)).strip()
    right_now = _first_of_sentence(text.after(end, len(after) + BEYOND)).strip()
    is_left = left_now.endswith(left.strip()) if left == before else left_now == left.strip()
    is_right = right_now.startswith(right.strip()) if right == after else right_now == right.strip()
    return is_left and is_right


def _is_in_place(passage: Passage, text: Text, start: int, end: int) -> bool:
    """Tell whether the text before and after is alike, to its far ends, and the words are not wholly others."""
    words = fuzz.ratio(_fold(passage.exact), text.after(start, end - start))
    if words < _WORDS_ALIKE or text.spot(start, end) is None:
        return False
    before, after = _fold(passage.prefix), _fold(passage.suffix)
    if words < 100.0 and not _is_right_beside(passage, text, start, end):
        return False
    if len(before) + len(after) < _LEAST_EVIDENCE:
        return False
    around = (
        fuzz.ratio(before, text.before(start, len(before))) if before else 100.0,
        fuzz.ratio(after, text.after(end, len(after))) if after else 100.0,
    )
    return min(*around, *_far(passage, text, start, end)) >= _ALIKE


def _is_right_beside(passage: Passage, text: Text, start: int, end: int) -> bool:
    """Tell whether what touches a stretch is the same, letter by letter."""
    left, right = _touching(passage)
    return text.before(start, _NEAR).rstrip().endswith(left) and text.after(end, _NEAR).lstrip().startswith(right)


def _far(passage: Passage, text: Text, start: int, end: int) -> tuple[float, float]:
    """Return how alike the outermost quoted text is, before and after; of nothing quoted, wholly."""
    before, after = _fold(passage.prefix), _fold(passage.suffix)
    slack = BEYOND // 2
    first = text.before(start, len(before) + slack)[: BEYOND + 2 * slack]
    last = text.after(end, len(after) + slack)[-BEYOND - 2 * slack :]
    return (
        fuzz.partial_ratio(before[:BEYOND], first) if before.strip() else 100.0,
        fuzz.partial_ratio(after[-BEYOND:], last) if after.strip() else 100.0,
    )


def _changed(passage: Passage, text: Text) -> Iterator[tuple[int, int]]:
    """Yield where words that changed may stand now: between what touched them before and after."""
    left, right = _touching(passage)
    longest = 2 * len(passage.exact) + _NEAR
    for place in text.places(left):
        start = place + len(left)
        window = text.after(start, longest + len(right))
        end = window.find(right)
        words = window[:end].strip() if end >= 0 else ""
        if words:
            start += window.index(words)
            yield start, start + len(words)


def _touching(passage: Passage) -> tuple[str, str]:
    return _fold(passage.prefix).rstrip()[-_TOUCHING:], _fold(passage.suffix).lstrip()[:_TOUCHING]


def _last_of_sentence(before: str) -> str:
    ends = [mark.end() for mark in _SENTENCE.finditer(before)]
    return before[ends[-1] :] if ends else before


def _first_of_sentence(after: str) -> str:
    mark = _SENTENCE.search(f"{after}\n")
    return after[: mark.start()] if mark else after


def _cross(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _overlap(one: Spot, other: Spot) -> bool:
    return one.section == other.section and _cross((one.start, one.end), (other.start, other.end))


def _paragraphs(section: Section) -> str:
    """Return a section's plain text, as long as ever, with a new line where a paragraph or an item ends."""
    text, places = plain(section.text)
    letters = list(text)
    for number, letter in enumerate(text[:-1]):
        if letter == " " and _BREAK.search(section.text, places[number], places[number + 1] + 1):
            letters[number] = "\n"
    return "".join(letters)


_FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u00a0": " ", "–": "-", "—": "-"})


def _fold(text: str) -> str:
    """Return text whose letters can be compared, of the same length."""
    folded = text.translate(_FOLDED).lower()
    return folded if len(folded) == len(text) else text.translate(_FOLDED)
