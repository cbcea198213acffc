"""The balloons of KML files: whatever they say in HTML → words. Nothing in it is run, fetched or shown as it is."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_SILENT = frozenset(("script", "style", "iframe", "object", "embed", "head", "title"))
_BREAKS = frozenset(("p", "div", "br", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr"))
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z][^>]*>|&(?:[a-z]+|#\d+);")


def has_markup(text: str) -> bool:
    """Return whether a text is written in HTML rather than plainly."""
    return _MARKUP.search(text) is not None


def words_of(html: str) -> str:
    """Return what a person reads in a piece of HTML: paragraphs, lists with dashes, addresses of links in brackets.

    Pictures, scripts and forms are dropped. Text without any markup is returned as it is.
    """
    if not has_markup(html):
        return html
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, a point of a list or a cell, or fall silent."""
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS:
            self.parts.append("\n– " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self.parts.append("  ")
        elif tag == "a":
            self._address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        """End what began."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _BREAKS and tag != "br":
            self.parts.append("\n")
        elif tag == "a" and self._address.startswith(("http://", "https://")):
            self.parts.append(f" ({self._address})")
            self._address = ""

    def handle_data(self, data: str) -> None:
        """Take words, but for those of scripts."""
        if not self._silent:
            self.parts.append(data.replace("\n", " "))
