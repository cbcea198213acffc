"""Markdown, HTML and plain text of strangers as articles."""

import socket

import pytest

from geodata import own_articles
from geodata.article import Passage
from geodata.article_reading import decoded, read
from geodata.errors import ArticleError
from geodata.own_articles import OwnArticle, article_of, passage_of, passage_text, structured, text_of

HOSTILE = """<!DOCTYPE html><html><head><title>A talk</title><style>p{background:url(http://x.test/a.png)}</style>
<script>document.write('bad')</script><link rel="stylesheet" href="http://x.test/x.css"></head>
<body onload="go()"><h1>The ice &amp; the iron</h1><p onclick="go()">The <b>ice</b> leaves
<a href="javascript:go()">early</a>.<img src="http://x.test/p.png" onerror="alert(1)">
<img src="file:///etc/passwd"></p><iframe src="file:///etc/passwd">frame</iframe><h2>Trade</h2>
<ul><li>nickel<li>*gas*</ul><script src=//x.test/y.js></script><p>See [there](file:///etc/passwd).</p></body></html>"""
RUSSIAN = "Северный морской путь открыт. Лёд ушёл рано, и порт принимает суда. Мурманск ждёт."


@pytest.fixture
def file(tmp_path):
    def written(name: str, content: str | bytes):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def test_of_hostile_html_only_the_words_are_kept_and_nothing_is_fetched(file, monkeypatch):
    def no_network(*_args, **_kwargs):
        raise AssertionError("a request was made")

    monkeypatch.setattr(socket, "socket", no_network)
    path = file("talk.html", HOSTILE)
    opened = []
    real = type(path).open
    monkeypatch.setattr(type(path), "open", lambda self, *a, **k: (opened.append(self), real(self, *a, **k))[1])
    article = read(path)
    assert article.title == "The ice & the iron"
    words = own_articles.plain(article.text)[0]
    assert words == "The ice leaves early. Trade nickel *gas* See [there](file:///etc/passwd)."
    for sign in ("script", "onerror", "onclick", "javascript", "http", "background", "frame", "![", "<"):
        assert sign not in article.text
    assert set(opened) <= {path}
    assert [section.heading for section in structured(article).sections] == ["", "Trade"]


def test_markdown_gives_its_title_and_sections(file):
    article = read(file("ice.md", "# Ice\n\nA *notice*.\n\n## North\n\nText.\n\n## North\n\nMore."))
    assert article.title == "Ice"
    whole = structured(article)
    assert [section.id for section in whole.sections] == ["text", "north", "north-2"]
    assert whole.sections[0].text == "A *notice*."


def test_plain_text_reads_as_it_is_written(file):
    article = read(file("notes.txt", "  # no heading\n1 * 2 * 3 <b>\n"))
    assert article.title == "notes"
    assert own_articles.plain(article.text)[0] == "# no heading 1 * 2 * 3 <b>"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (RUSSIAN.encode("utf-8"), "utf-8"),
        (b"\xef\xbb\xbf" + RUSSIAN.encode("utf-8"), "utf-8"),
        (RUSSIAN.encode("utf-16"), "utf-16"),
        (RUSSIAN.encode("utf-16-le"), "utf-16-le (guessed)"),
        (RUSSIAN.encode("cp1251"), "cp1251 (guessed)"),
        (RUSSIAN.encode("koi8-r"), "koi8-r (guessed)"),
        (RUSSIAN.encode("cp866"), "cp866 (guessed)"),
    ],
)
def test_encodings_are_told_apart_and_named(data, name):
    assert decoded(data) == (RUSSIAN, name)


def test_western_letters_are_guessed_and_damage_is_named():
    assert decoded("Tromsø – “café”, Bodø".encode("cp1252")) == ("Tromsø – “café”, Bodø", "cp1252 (guessed)")
    text, name = decoded((RUSSIAN * 20).encode() + b"\xff and more text" + (RUSSIAN * 20).encode())
    assert name == "utf-8, damaged"
    assert text.count("\ufffd") == 1


def test_what_html_declares_counts_unless_it_is_wrong():
    head = '<meta charset="windows-1251">'
    assert decoded((head + RUSSIAN).encode("cp1251"), is_html=True)[1] == "cp1251"
    assert decoded(b'<meta charset="nonsense">abc', is_html=True)[1] == "utf-8"


@pytest.mark.parametrize(("name", "content"), [("a.md", ""), ("a.html", "<script>x</script>"), ("a.txt", " \n ")])
def test_a_file_without_words_is_refused(file, name, content):
    with pytest.raises(ArticleError, match="no words"):
        read(file(name, content))


def test_a_text_of_20_megabytes_comes_a_section_at_a_time(file):
    line = "The ice leaves Pevek early in the year, and nobody had expected that to last.\n\n"
    article = read(file("long.txt", line * (20_000_000 // len(line))))
    whole = structured(article)
    assert len(whole.sections) > 900
    assert max(len(section.text) for section in whole.sections) <= own_articles.PART
    assert len({section.id for section in whole.sections}) == len(whole.sections)


def test_rows_give_articles_and_passages_back():
    article = OwnArticle("a", "Title", "Text", "a.md", "utf-8", "2026-01-01")
    assert article_of(text_of(article)) == article
    long = OwnArticle("a", "Title", "Лёд leaves early. " * 20_000)
    assert article_of(text_of(long)) == long
    assert len(text_of(long)) < 10_000
    passage = Passage("p", "s", "x", "y", "z")
    assert passage_of(passage_text(passage, "a")) == ("a", passage)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"id": 7}', '{"id": "a", "other": "b"}'])
def test_a_damaged_row_is_refused(text):
    with pytest.raises(ArticleError):
        passage_of(text)


def test_a_packed_text_that_is_broken_off_is_refused():
    text = text_of(OwnArticle("a", "Title", "Some words. " * 30_000))
    with pytest.raises(ArticleError):
        article_of(text.replace('"packed":"', '"packed":"00'))
