from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import article
from geodata.article import Passage, Section
from geodata.errors import ArticleError

BUILT_IN = Path(__file__).resolve().parents[2] / "resources" / "articles" / "alaska-talks.md"

TEXT = """# Ice and iron

A *short* notice.

## China’s role

The **ice** draws
back. The ice draws near. Rivers_of_ore stay.

- one lane
- two lanes

## Empty
"""

PASSAGES = """
language = "en"
[[passage]]
id = "near"
section = "chinas-role"
exact = "The ice draws near."
[[passage]]
id = "lanes"
section = "chinas-role"
exact = "two lanes"
"""


@pytest.fixture
def written(tmp_path):
    """Write an article and its passages; return its path."""

    def write(text=TEXT, passages=PASSAGES):
        path = tmp_path / "ice.md"
        path.write_text(text, encoding="utf-8")
        if passages is not None:
            path.with_suffix(".passages.toml").write_text(passages, encoding="utf-8")
        return path

    return write


def section(text):
    return Section("s", "S", text)


def entry(**members):
    return "[[passage]]\n" + "".join(f"{name} = {value!r}\n" for name, value in members.items())


def test_title_notice_and_sections_come_from_the_headings(written):
    read = article.read(written())
    assert read.title == "Ice and iron"
    assert read.notice == "A *short* notice."
    assert read.language == "en"
    assert [(part.id, part.heading) for part in read.sections] == [("chinas-role", "China’s role"), ("empty", "Empty")]
    assert read.section("empty").text == ""
    assert read.section("elsewhere") is None
    assert read.problems == ()


def test_passages_are_in_order_of_the_text_and_found_by_id(written):
    read = article.read(written())
    assert [passage.id for passage in read.passages] == ["near", "lanes"]
    assert read.passage("lanes").section == "chinas-role"
    assert read.passage("elsewhere") is None


def test_runs_cut_a_section_at_its_passages_and_lose_nothing(written):
    read = article.read(written())
    runs = read.runs("chinas-role")
    assert [(run.text, run.passage) for run in runs if run.passage] == [
        ("The ice draws near.", "near"),
        ("two lanes", "lanes"),
    ]
    assert "".join(run.text for run in runs) == read.section("chinas-role").text
    assert read.runs("empty") == ()
    with pytest.raises(KeyError):
        read.runs("elsewhere")


def test_the_built_in_digest_gives_its_text_back_from_its_runs():
    read = article.read(BUILT_IN)
    linked = []
    for part in read.sections:
        runs = read.runs(part.id)
        assert "".join(run.text for run in runs) == part.text
        linked += [run.passage for run in runs if run.passage]
    assert linked == [passage.id for passage in read.passages]


def test_plain_text_has_no_marks_and_one_space_between_words():
    text, places = article.plain("> The **ice**\n> *draws*  `back`\\*\n\n1. one\n- two_three and _four_")
    assert text == "The ice draws back* one two_three and four"
    assert len(places) == len(text)
    assert list(places) == sorted(places)


@given(st.text(alphabet="ab *_`#>-1.\n\\\t", max_size=60))
def test_every_letter_of_the_plain_text_stands_at_its_place(markdown):
    text, places = article.plain(markdown)
    assert text == text.strip()
    assert "  " not in text
    assert all(letter == " " or markdown[place] == letter for letter, place in zip(text, places, strict=True))


def test_a_passage_is_found_across_a_line_end_and_inside_emphasis():
    part = section("The **ice\ndraws** back.")
    start, end = article.locate(Passage("p", "s", "ice draws"), part)
    assert part.text[start:end] == "ice\ndraws"


def test_prefix_and_suffix_tell_which_of_two_is_meant():
    part = section("The ice draws back. The ice draws near.")
    assert article.locate(Passage("p", "s", "The ice", suffix="draws near"), part) == (20, 27)
    assert article.locate(Passage("p", "s", "draws", prefix="The ice", suffix="back."), part) == (8, 13)


@pytest.mark.parametrize(
    ("text", "exact", "words"),
    [
        ("The ice draws back.", "The sea", "is not in the section"),
        ("The ice. The ice.", "The ice.", "is there more than once"),
        ("The ice.\n\nThe sea.", "ice. The", "crosses the end of a paragraph"),
        ("The ice.", "", "is not in the section"),
    ],
)
def test_a_passage_that_cannot_be_placed_is_told_with_its_section(text, exact, words):
    with pytest.raises(ArticleError, match=words) as caught:
        article.locate(Passage("p", "s", exact), section(text))
    assert caught.value.where == "passage p, section s"
    assert caught.value.advice


def test_neither_of_two_is_guessed_where_the_prefix_fits_none():
    with pytest.raises(ArticleError, match="more than once"):
        article.locate(Passage("p", "s", "ice", prefix="thin"), section("The ice and the ice."))


@pytest.mark.parametrize(
    ("passages", "words"),
    [
        (entry(id="a", section="nowhere", exact="ice"), "no section 'nowhere'"),
        (entry(id="a", section="chinas-role", exact="gold"), "is not in the section"),
        (entry(id="a", section="chinas-role"), "has no exact"),
        (entry(id="a", section="chinas-role", exact="one lane", colour="red"), "colour = 'red'"),
        (entry(id="a", section="chinas-role", exact="one lane") * 2, "used twice"),
        ("passage = [7]", "has no id"),
        ("[[passage", "cannot be read"),
        (None, "cannot be read"),
    ],
)
def test_a_passage_that_is_wrong_is_left_out_and_the_article_stands(written, passages, words):
    read = article.read(written(passages=passages))
    assert read.title == "Ice and iron"
    assert len(read.problems) == 1
    assert words in str(read.problems[0])


def test_of_two_passages_that_overlap_the_first_is_kept(written):
    both = entry(id="late", section="chinas-role", exact="draws near. Rivers_of_ore")
    read = article.read(written(passages=both + entry(id="early", section="chinas-role", exact="The ice draws near.")))
    assert [passage.id for passage in read.passages] == ["early"]
    assert "overlaps passage early" in str(read.problems[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [("No title at all.", "no title"), ("## First\n\n# Second", "no title"), ("# T\n## A\n## A", "same heading")],
)
def test_an_article_without_a_form_is_refused(written, text, words):
    with pytest.raises(ArticleError, match=words):
        article.read(written(text=text))


def test_an_article_that_cannot_be_read_is_refused_by_name(tmp_path):
    (tmp_path / "bad.md").write_bytes(b"# \xff")
    for name in ("bad.md", "gone.md"):
        with pytest.raises(ArticleError, match=name):
            article.read(tmp_path / name)
