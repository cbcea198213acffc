"""A stranger's text as an article: Markdown, HTML or plain text. To be used in a process of its own.

Of HTML only the words and their order are taken. There is nobody here who could run a script, fetch an address or open
a file: what names one is dropped.
"""

from __future__ import annotations

import codecs
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

from geodata import own_articles
from geodata.article import Article, plain
from geodata.errors import ArticleError
from geodata.journal import now
from geodata.own_articles import OwnArticle
from geodata.reading.outcome import Progress

SUFFIXES = (".md", ".markdown", ".html", ".htm", ".xhtml", ".txt", ".text")
"""How the names of files end that can be articles."""

MOST_BYTES = 64_000_000

_HTML = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC = re.compile("[А-Яа-яЁё]")
_UNLIKELY = re.compile("[\u0080-\u009f\ufffd]|[A-Za-z][А-Яа-я][A-Za-z]|[а-я][А-Я][а-я]")
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_SILENT = frozenset(
    ("script", "style", "template", "noscript", "iframe", "object", "svg", "math", "canvas", "select", "textarea")
) | {"head", "video", "audio", "button", "applet", "map"}
_BLOCKS = (
    *("p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "ul", "ol", "table", "tr"),
    *("figure", "figcaption", "dl", "dt", "dd", "address", "details", "summary", "form", "fieldset", "hr", "body"),
)
_OPENING = (
    dict.fromkeys(_BLOCKS, "\n\n")
    | {"li": "\n\n- ", "blockquote": "\n\n> ", "br": "\n", "td": " ", "th": " "}
    | {f"h{rank}": f"\n\n{'#' * rank} " for rank in range(1, 7)}
)
_LINE = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*")
_SPECIAL = re.compile(r"([\\`*_#<>\[\]])")


@dataclass(frozen=True, slots=True)
class ArticleRequest:
    """Ask for a file to be read as an article; it takes the id, and so the place, of an earlier state of itself.

    Attributes
    ----------
    path : Path
        The file.
    earlier : tuple of OwnArticle
        Those that it may be a later state of; of their texts `geodata.own_articles.COMPARED` letters are enough.
    """

    path: Path
    earlier: tuple[OwnArticle, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """An article that was read: as it is, as the text of its row, and cut into sections."""

    own: OwnArticle
    text: str
    article: Article


def carry_out(request: ArticleRequest, tell: Callable[[Progress], None]) -> ArticleRead:
    """Read an article, as a process for one piece of work does it; see `read`."""
    tell(Progress(f"Opening {request.path.name}"))
    own = read(request.path)
    before = next((one for one in request.earlier if own_articles.is_version_of(one, own)), None)
    if before is not None:
        own = replace(own, id=before.id)
    return ArticleRead(own, own_articles.text_of(own), own_articles.structured(own))


def read(path: Path) -> OwnArticle:
    """Read a file as an article.

    Its title is the first heading, of HTML else the title, else the name of the file.

    Raises
    ------
    ArticleError
        Where it cannot be read, is larger than `MOST_BYTES`, or holds no words.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise ArticleError(f"The article cannot be read ({error.strerror}).", where=path.name) from error
    if size > MOST_BYTES:
        what = f"The article has {size / 1e6:,.0f} MB; up to {MOST_BYTES / 1e6:.0f} MB can be read."
        raise ArticleError(what, where=path.name, advice="Cut it into parts.")
    text, encoding = decoded(data, is_html=path.suffix.lower() in _HTML)
    if path.suffix.lower() in _HTML:
        title, body = from_html(text)
    elif path.suffix.lower() in _MARKDOWN:
        title, body = _titled(text)
    else:
        title, body = "", from_plain(text)
    if not plain(body[:100_000])[0].strip() and not body[100_000:].strip():
        raise ArticleError("There are no words in it.", where=path.name)
    return OwnArticle(f"art_{uuid.uuid4().hex[:12]}", title or path.stem, body, path.name, encoding, now())


def decoded(data: bytes, *, is_html: bool = False) -> tuple[str, str]:
    """Return bytes as text, and what they were read as; ``(guessed)`` where nothing in them says so.

    Tried are the mark at the beginning, what HTML declares, UTF-8, UTF-16 by its zeros, then of Cyrillic and Western
    code pages the one in which the letters fit together.
    """
    text, name = _decoded(data, is_html=is_html)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""), name


def from_plain(text: str) -> str:
    """Return plain text as Markdown that reads the same: its signs mean nothing."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"(?m)^[ \t]+", "", text)).strip()


def from_html(text: str) -> tuple[str, str]:
    """Return the title and, as Markdown, the words of HTML; nothing else of it is kept."""
    words = _Words()
    words.feed(text)
    words.close()
    return words.result()


def _decoded(data: bytes, *, is_html: bool) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name.removesuffix("-sig")
    declared = _DECLARED.search(data[:4096]) if is_html else None
    for name in [declared[1].decode("ascii")] if declared else []:
        try:
            return data.decode(name), codecs.lookup(name).name
        except (LookupError, UnicodeError, ValueError):
            break  # it says what it is not
    zeros = data[:4096].count(0)  # of blanks and signs, where letters have two bytes each
    if zeros > len(data[:4096]) / 25:
        name = "utf-16-be" if data[:4096:2].count(0) > zeros / 2 else "utf-16-le"
        return data.decode(name, "replace"), f"{name} (guessed)"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if len(data) - error.start < 4 or _broken_share(data) < 0.001:
            return data.decode("utf-8", "replace"), "utf-8, damaged"
    name = _code_page(data[:200_000])
    return data.decode(name, "replace"), f"{name} (guessed)"


def _broken_share(data: bytes) -> float:
    """Return how much of some bytes is no UTF-8; one of none but ASCII and broken bytes is wholly broken."""
    text = data[:200_000].decode("utf-8", "replace")
    good = sum(letter > "\x7f" and letter != "\ufffd" for letter in text)
    return text.count("\ufffd") / max(len(text), 1) if good else 1.0


def _code_page(data: bytes) -> str:
    """Return the code page in which letters make the likeliest words."""

    def likeness(name: str) -> float:
        text = data.decode(name, "replace")
        cyrillic = len(_CYRILLIC.findall(text))
        small = sum(letter.islower() for letter in text if _CYRILLIC.match(letter))
        high = sum(byte > 0x7F for byte in data)
        fits = small / max(high, 1) if name != "cp1252" else 0.5 * (cyrillic == 0)
        return fits - len(_UNLIKELY.findall(text)) / max(high, 1)

    return max(("cp1252", "cp1251", "koi8-r", "cp866"), key=likeness)


def _titled(text: str) -> tuple[str, str]:
    """Return the title of Markdown, and the rest."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:50]):
        if line.startswith("# "):
            return plain(line[2:].strip().rstrip("#"))[0], "\n".join((*lines[:number], *lines[number + 1 :])).strip()
        if line.strip() and not line.startswith(("---", "<!--")):
            break
    return "", text.strip()


class _Words(HTMLParser):
    """Collects the words of HTML as Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._title = ""
        self._silent: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block; no attribute of any tag is looked at."""
        if tag == "title" and not self._title:
            self._in_title = True
        elif tag == "body":
            self._silent.clear()  # a head that was never closed
        elif tag in _SILENT:
            self._silent.append(tag)
        if not self._silent:
            self._parts.append(_OPENING.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if tag == "title":
            self._in_title = False
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif not self._silent and _OPENING.get(tag, "").startswith("\n\n"):
            self._parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Take words."""
        if self._in_title:
            self._title += data
        elif not self._silent:
            self._parts.append(_SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", data)))

    def result(self) -> tuple[str, str]:
        """Return title and Markdown; headings of the first rank after the title become sections."""
        text = re.sub(r"\n{3,}", "\n\n", _LINE.sub("\n", "".join(self._parts))).strip()
        blocks = [block for block in text.split("\n\n") if re.search(r"[^#>\s-]", block)]
        title = " ".join(self._title.split())
        first = next((number for number, block in enumerate(blocks) if block.startswith("# ")), None)
        if first is not None:
            title = plain(blocks.pop(first)[2:])[0]
        blocks = [f"#{block}" if block.startswith("# ") else block for block in blocks]
        return title, "\n\n".join(blocks)
