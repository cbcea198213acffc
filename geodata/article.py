"""An article, its sections, and the passages in it that are linked to the map."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from geodata.errors import RESTORE, ArticleError, why_unreadable

_MARKUP = re.compile(
    r"""
    (?P<block>(?:^|(?<=\n))[ ]{0,3}(?:\#{1,6}[ ]+|>[ ]?|[-*+][ ]+|\d+[.)][ ]+))  # what begins a heading, quote or item
    | \\(?P<escaped>[^\w\s])
    | (?P<emphasis>\*{1,3}|`+|(?<!\w)_{1,2}|_{1,2}(?!\w))
    | (?P<space>\s+)
    """,
    re.VERBOSE,
)
_HEADING = re.compile(r"^(#{1,2})[ ]+(.+?)[ #]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of an article.

    Attributes
    ----------
    id : str
        Its heading in small letters, words joined by ``-``; empty for text before the first heading.
    heading : str
        As plain text.
    text : str
        Markdown, without the heading.
    """

    id: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article that are linked to the map: a TextQuoteSelector of the W3C Web Annotation Data Model.

    Attributes
    ----------
    id : str
        The same in every language of the article.
    section : str
        The id of its section.
    exact, prefix, suffix : str
        The words as plain text, one space between words, and what stands before and after them; the latter two may be
        empty and are asked only where the words occur more than once.
    """

    id: str
    section: str
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a section's Markdown, and the passage it is (None: it is linked to nothing)."""

    text: str
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its passages.

    Attributes
    ----------
    title : str
        As plain text.
    notice : str
        Markdown before the first section: what this text is and whose.
    language : str
        BCP 47, such as ``en``.
    sections : tuple of Section
        In order.
    passages : tuple of Passage
        In order of the text; each was found in it.
    problems : tuple of ArticleError
        What was wrong with passages that had to be left out.
    """

    title: str
    notice: str
    language: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...] = ()
    problems: tuple[ArticleError, ...] = ()

    def section(self, section_id: str) -> Section | None:
        """Return a section by its id, or None."""
        return next((section for section in self.sections if section.id == section_id), None)

    def passage(self, passage_id: str) -> Passage | None:
        """Return a passage by its id, or None."""
        return next((passage for passage in self.passages if passage.id == passage_id), None)

    def runs(self, section_id: str) -> tuple[Run, ...]:
        """Return a section's Markdown cut at its passages; joined, the runs give its text back.

        A passage that begins or ends inside emphasised words cuts the emphasis apart. Raises KeyError where the article
        has no such section.
        """
        section = self.section(section_id)
        if section is None:
            raise KeyError(section_id)
        runs: list[Run] = []
        done = 0
        spans = [(*locate(passage, section), passage.id) for passage in self.passages if passage.section == section_id]
        for start, end, passage_id in sorted(spans):
            runs += [Run(section.text[done:start]), Run(section.text[start:end], passage_id)]
            done = end
        runs.append(Run(section.text[done:]))
        return tuple(run for run in runs if run.text)


def read(path: Path, *, passages: Path | None = None) -> Article:
    """Read an article from Markdown, and its passages from TOML.

    Takes ``# Title``, what follows as notice, and ``## Heading`` for each section. A passage that is missing from its
    section, ambiguous, crosses a paragraph's end or overlaps another is left out and told.

    Parameters
    ----------
    path
        The article, UTF-8.
    passages
        The passages; by default the file beside it whose name ends in ``.passages.toml``. The article stands without.

    Raises
    ------
    ArticleError
        Where the article itself cannot be read or has no title.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = f"The article cannot be read: {why_unreadable(error)}."
        raise ArticleError(what, where=str(path), advice=RESTORE) from error
    beside = passages or path.with_suffix(".passages.toml")
    found, language, problems = read_passages(beside)
    return _linked(parse(text, where=str(path)), list(found), language, list(problems))


def read_passages(path: Path) -> tuple[tuple[Passage, ...], str, tuple[ArticleError, ...]]:
    """Return the passages of a TOML file as it has them, the language they are in, and what is wrong with the others.

    Does not look whether an article has them. A file that cannot be read has none, and says why.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        what = f"The article's links to the map cannot be read: {why_unreadable(error)}."
        advice = "Mend or restore the file to have them again."
        return (), "en", (ArticleError(what, where=str(path), advice=advice),)
    found, problems = _passages(table, where=str(path))
    if not (found or problems):
        advice = "Restore the file to have them again."
        problems.append(ArticleError("The article's links to the map are none.", where=str(path), advice=advice))
    return tuple(found), str(table.get("language", "en")), tuple(problems)


def parse(text: str, *, where: str = "") -> Article:
    """Return an article from Markdown, without passages.

    Raises
    ------
    ArticleError
        Where it has no title.
    """
    headings = list(_HEADING.finditer(text))
    if not headings or headings[0][1] != "#":
        raise ArticleError("The article has no title.", where=where, advice="Begin it with a line '# Title'.")
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    blocks = [text[heading.end() : end].strip() for heading, end in zip(headings, ends, strict=True)]
    named = [plain(heading[2])[0] for heading in headings]
    sections = tuple(Section(slug(name), name, block) for name, block in zip(named[1:], blocks[1:], strict=True))
    if len({section.id for section in sections}) < len(sections):
        raise ArticleError("Two sections have the same heading.", where=where, advice="Give each one of its own.")
    return Article(named[0], blocks[0], "en", sections)


@lru_cache(maxsize=32)
def plain(markdown: str) -> tuple[str, tuple[int, ...]]:
    """Return the plain text of Markdown and where each of its characters stands in the Markdown.

    Emphasis, code marks and what begins headings, quotes and list items are dropped, runs of white space become one
    space. Links, images, tables and HTML stay as they are written.
    """
    words: list[str] = []
    places: list[int] = []
    for start, end, text in _pieces(markdown):
        if text == " " and (not words or words[-1] == " "):
            continue
        words.append(text)
        places.extend(range(start, end))
    if words and words[-1] == " ":
        words.pop()
        places.pop()
    return "".join(words), tuple(places)


def locate(passage: Passage, section: Section) -> tuple[int, int]:
    """Return where a passage stands in its section's Markdown, as start and end.

    The words must be there exactly; near misses are not looked for.

    Raises
    ------
    ArticleError
        Where they are missing, stand there more than once and neither prefix nor suffix tells which is meant, or cross
        the end of a paragraph.
    """
    where = f"passage {passage.id}, section {section.id}"
    text, places = plain(section.text)
    meant = found = list(_occurrences(passage.exact, text)) if passage.exact else []
    if len(found) > 1:
        meant = [start for start in found if _fits(passage, text, start)]
    if not found:
        advice = "Quote the text as it stands."
        raise ArticleError(f"“{passage.exact}” is not in the section.", where=where, advice=advice)
    if len(meant) != 1:
        advice = "Quote more words, or add prefix and suffix."
        raise ArticleError(f"“{passage.exact}” is there more than once.", where=where, advice=advice)
    start, end = places[meant[0]], places[meant[0] + len(passage.exact) - 1] + 1
    if re.search(r"\n\s*\n", section.text[start:end]):
        raise ArticleError(f"“{passage.exact}” crosses the end of a paragraph.", where=where, advice="Make it two.")
    return start, end


def slug(heading: str) -> str:
    """Return the id of a section with this heading: its words in small letters, joined by ``-``."""
    return "-".join(re.findall(r"\w+", heading.lower().replace("’", "").replace("'", "")))


def _pieces(markdown: str) -> Iterator[tuple[int, int, str]]:
    """Yield what is read, with where it starts and ends; white space as one blank at its first letter."""
    done = 0
    for mark in _MARKUP.finditer(markdown):
        if mark.start() > done:
            yield done, mark.start(), markdown[done : mark.start()]
        if mark["space"]:
            yield mark.start(), mark.start() + 1, " "
        elif mark["escaped"]:
            yield mark.end() - 1, mark.end(), mark["escaped"]
        done = mark.end()
    if done < len(markdown):
        yield done, len(markdown), markdown[done:]


def _occurrences(words: str, text: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _fits(passage: Passage, text: str, start: int) -> bool:
    before, after = text[:start].rstrip(), text[start + len(passage.exact) :].lstrip()
    return before.endswith(passage.prefix.strip()) and after.startswith(passage.suffix.strip())


def _passages(table: dict[str, Any], *, where: str) -> tuple[list[Passage], list[ArticleError]]:
    passages: dict[str, Passage] = {}
    problems: list[ArticleError] = []
    entries = table.get("passage", [])
    if not isinstance(entries, list):
        return [], [ArticleError("passage must be written as [[passage]] tables.", where=where)]
    for number, entry in enumerate(cast("list[Any]", entries), start=1):
        try:
            passage = _passage(entry, where=f"{where}, passage {number}")
            if passage.id in passages:
                raise ArticleError(f"Its id {passage.id} is used twice.", where=f"{where}, passage {number}")
            passages[passage.id] = passage
        except ArticleError as problem:
            problems.append(problem)
    return list(passages.values()), problems


def _passage(entry: Any, *, where: str) -> Passage:
    values = cast("dict[str, Any]", entry) if isinstance(entry, dict) else {}
    for name in ("id", "section", "exact"):
        if not values.get(name):
            raise ArticleError(f"It has no {name}.", where=where, advice=f"Add {name} = … to the entry.")
    for name, value in values.items():
        if name not in Passage.__dataclass_fields__ or not isinstance(value, str):
            raise ArticleError(f"It has {name} = {value!r}, which means nothing.", where=where)
    return Passage(**values)


def _linked(article: Article, passages: list[Passage], language: str, problems: list[ArticleError]) -> Article:
    """Return the article with the passages that stand in it, in order of the text."""
    order = {section.id: number for number, section in enumerate(article.sections)}
    placed: list[tuple[int, int, int, Passage]] = []
    for passage in passages:
        section = article.section(passage.section)
        if section is None:
            advice = "Use one of: " + ", ".join(order) + "."
            problems.append(ArticleError(f"There is no section {passage.section!r}.", where=passage.id, advice=advice))
            continue
        try:
            placed.append((order[section.id], *locate(passage, section), passage))
        except ArticleError as problem:
            problems.append(problem)
    kept, overlapping = _apart(sorted(placed, key=lambda item: item[:3]))
    return Article(
        article.title, article.notice, language, article.sections, tuple(kept), tuple(problems + overlapping)
    )


def _apart(placed: list[tuple[int, int, int, Passage]]) -> tuple[list[Passage], list[ArticleError]]:
    """Return the passages that overlap none before them, and what to say about the others."""
    kept: list[Passage] = []
    problems: list[ArticleError] = []
    last = (-1, 0)
    for section, start, end, passage in placed:
        if (section, start) < last:
            problems.append(
                ArticleError(f"It overlaps passage {kept[-1].id}.", where=passage.id, advice="Quote other words.")
            )
            continue
        kept.append(passage)
        last = (section, end)
    return kept, problems
