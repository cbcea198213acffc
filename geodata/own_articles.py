"""A person's own articles and the passages in them, as rows of a document."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from geodata.article import Article, Passage, Section, plain, slug
from geodata.edits import Edit, Row
from geodata.errors import ArticleError

ARTICLES = "articles"
PASSAGES = "passages"

PART = 20_000
"""How long a section gets, in letters, before it is cut at a paragraph's end: so much is shown at a time."""


COMPARED = 100_000
"""How many letters of two articles are compared, to tell whether they are states of one."""

_LONG = 200_000
_SAME_FROM = 1 / 3
_MOST_BYTES = 256_000_000


@dataclass(frozen=True, slots=True)
class OwnArticle:
    """An article that a person opened.

    Attributes
    ----------
    id : str
        Unique among all documents.
    title, text : str
        The headline, and the Markdown without it.
    file : str
        The name of the file it came from.
    encoding : str
        What the file was read as, such as ``windows-1251 (guessed)``.
    added : str
        When it was opened, ISO 8601.
    """

    id: str
    title: str
    text: str
    file: str = ""
    encoding: str = ""
    added: str = ""


def text_of(article: OwnArticle) -> str:
    """Return an article as the text of its row; a long one is packed, which takes a second for 20 million letters."""
    if len(article.text) > _LONG:
        packed = base64.b85encode(zlib.compress(article.text.encode())).decode()
        members = asdict(replace(article, text="")) | {"packed": packed}
        return json.dumps(members, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(asdict(article), ensure_ascii=False, separators=(",", ":"))


def article_of(text: str) -> OwnArticle:
    """Return the article of a row.

    Raises
    ------
    ArticleError
        Where the row is none.
    """
    members = _members(text, {"packed", *OwnArticle.__dataclass_fields__})
    packed = members.pop("packed", "")
    try:
        if packed:
            members["text"] = _unpacked(base64.b85decode(packed))
        return OwnArticle(**members)
    except (TypeError, ValueError, zlib.error) as error:
        raise ArticleError(f"An article of the document cannot be read ({error}).") from error


def passage_text(passage: Passage, article_id: str) -> str:
    """Return a passage of an article as the text of its row."""
    return json.dumps({"article": article_id} | asdict(passage), ensure_ascii=False, separators=(",", ":"))


def passage_of(text: str) -> tuple[str, Passage]:
    """Return the article's id and the passage of a row.

    Raises
    ------
    ArticleError
        Where the row is none.
    """
    members = _members(text, {"article", *Passage.__dataclass_fields__})
    article_id = members.pop("article", "")
    try:
        return article_id, Passage(**members)
    except TypeError as error:
        raise ArticleError(f"A passage of the document cannot be read ({error}).") from error


def added(article: OwnArticle, text: str) -> Edit:
    """Return the edit that adds an article, whose row has this text, to a document."""
    return Edit(f"add article {article.title}", (Row(ARTICLES, article.id, None, text),))


def removed(article: OwnArticle, text: str, passages: Mapping[str, str]) -> Edit:
    """Return the edit that takes an article and its passages out; `passages` are all rows of the document."""
    own = [(key, text) for key, text in passages.items() if passage_of(text)[0] == article.id]
    rows = [Row(PASSAGES, key, text, None) for key, text in own]
    return Edit(f"remove article {article.title}", (Row(ARTICLES, article.id, text, None), *rows))


def is_version_of(one: OwnArticle, other: OwnArticle) -> bool:
    """Tell whether two articles are states of one: the shorter shares a third of its runs of three words.

    Only the first `COMPARED` letters are compared. Unlike articles in one language share less than a tenth.
    """
    runs = [_runs(article.text[:COMPARED]) for article in (one, other)]
    return len(runs[0] & runs[1]) >= _SAME_FROM * min(map(len, runs))


def passages_in(rows: Iterable[str], article_id: str) -> tuple[Passage, ...]:
    """Return the passages of one article, from the rows of a document."""
    return tuple(passage for owner, passage in map(passage_of, rows) if owner == article_id)


def structured(own: OwnArticle) -> Article:
    """Return an article cut into its sections, none longer than `PART` by much; every heading makes one.

    Sections of one heading are told apart by a number.
    """
    sections: list[Section] = []
    taken: set[str] = set()
    for heading, body in _headed(own.text):
        parts = _parts(body)
        for number, part in enumerate(parts, start=1):
            name = heading if len(parts) == 1 else f"{heading or own.title} ({number} of {len(parts)})"
            stem = section_id = slug(name) or "text"
            count = 1
            while section_id in taken:
                count += 1
                section_id = f"{stem}-{count}"
            taken.add(section_id)
            sections.append(Section(section_id, name, part))
    return Article(own.title, "", "", tuple(sections))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = text.casefold().split()
    return frozenset(zip(words, words[1:], words[2:], strict=False)) or frozenset((tuple(words),))


def _unpacked(data: bytes) -> str:
    """Return a packed text; one that would be longer than any article that is read is refused."""
    unpacking = zlib.decompressobj()
    text = unpacking.decompress(data, _MOST_BYTES)
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise ValueError("its text is too long or broken off")
    return text.decode()


def _headed(text: str) -> list[tuple[str, str]]:
    """Return the headings of second rank with what follows them; what stands before the first has none."""
    found: list[tuple[str, str]] = []
    heading, lines = "", list[str]()
    for line in text.split("\n"):
        if line.startswith("## "):
            found.append((heading, "\n".join(lines).strip()))
            heading, lines = plain(line[3:].strip().rstrip("#"))[0], []
        else:
            lines.append(line)
    found.append((heading, "\n".join(lines).strip()))
    return [(name, body) for name, body in found if name or body]


def _parts(body: str) -> list[str]:
    """Cut a text at ends of paragraphs, of lines or of words, so that no part is longer than `PART`."""
    parts: list[str] = []
    start = 0
    while len(body) - start > PART:
        end = start + PART
        for mark in ("\n\n", "\n", " "):
            cut = body.rfind(mark, start + PART // 2, end)
            if cut > 0:
                end = cut
                break
        parts.append(body[start:end].strip("\n"))
        start = end
    return [*parts, body[start:].strip("\n")]


def _members(text: str, known: Iterable[str]) -> dict[str, str]:
    try:
        table: Any = json.loads(text)
        members = {str(name): value for name, value in table.items()}
    except (ValueError, AttributeError, RecursionError) as error:
        raise ArticleError(f"An article of the document cannot be read ({error}).") from error
    for name, value in members.items():
        if name not in known or not isinstance(value, str):
            raise ArticleError(f"An article of the document has {name}, which means nothing.")
    if not members.get("id"):
        raise ArticleError("An article or passage of the document has no id.")
    return members
