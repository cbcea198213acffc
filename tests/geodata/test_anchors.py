"""Hundreds of edits of an article: each anchor is on its own words, or says that it does not know."""

import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from geodata import article as articles
from geodata.anchors import Text, anchored, placed, resolve, resolve_all
from geodata.article import Article, Passage, Section

BUILT_IN = Path(__file__).resolve().parents[2] / "resources" / "articles" / "alaska-talks.md"
EDITS = 500
FIRST = 0xE000  # of the private letters that mark where a passage begins and ends while the text is edited
MARKS = re.compile("[\ue000-\uf8ff]")

Marked = list[list[str]]
"""Paragraphs by section."""


@dataclass(frozen=True)
class Source:
    """An article whose passages are marked in its text."""

    headings: tuple[str, ...]
    text: Marked
    passages: tuple[Passage, ...]


def made(headings, text: Marked) -> Article:
    bare = ["\n\n".join(MARKS.sub("", paragraph) for paragraph in section) for section in text]
    sections = (Section(f"s{n}", heading, body) for n, (heading, body) in enumerate(zip(headings, bare, strict=True)))
    return Article("Title", "", "en", tuple(sections))


def truth(text: Marked) -> dict[str, tuple[str, int, int]]:
    """Return where each passage really is."""
    found = {}
    for number, section in enumerate(text):
        places, clean = {}, 0
        for letter in " ".join(section):
            if MARKS.match(letter):
                places[ord(letter) - FIRST] = clean
            else:
                clean += 1
        for mark, start in places.items():
            if mark % 2 == 0 and places.get(mark + 1, -1) > start:
                found[f"p{mark // 2}"] = (f"s{number}", start, places[mark + 1])
    return found


def source_of(headings, text: Marked) -> Source:
    article = made(headings, text)
    real = truth(text)
    passages = [anchored(article, section, start, end, passage_id=key) for key, (section, start, end) in real.items()]
    return Source(tuple(headings), text, tuple(passages))


def built_in() -> Source:
    article = articles.read(BUILT_IN)
    plain = {section.id: articles.plain(section.text)[0] for section in article.sections}
    marked: Marked = []
    for section in article.sections:
        paragraphs = [articles.plain(block)[0] for block in re.split(r"\n\s*\n", section.text) if block.strip()]
        assert " ".join(paragraphs) == plain[section.id]
        whole = "\n".join(paragraphs)
        spans = []
        for number, passage in enumerate(article.passages):
            if passage.section == section.id:
                start, end = articles.locate(passage, section)
                places = articles.plain(section.text)[1]
                spans.append((places.index(start), places.index(end - 1) + 1, number))
        for start, end, number in sorted(spans, reverse=True):
            first, last = chr(FIRST + 2 * number), chr(FIRST + 2 * number + 1)
            whole = f"{whole[:start]}{first}{whole[start:end]}{last}{whole[end:]}"
        marked.append(whole.split("\n"))
    return source_of([section.heading for section in article.sections], marked)


def synthetic() -> Source:
    """Return an article whose sentences are much alike."""
    chance = random.Random(4)
    places = ["Tiksi", "Pevek", "Dikson", "Nome", "Barrow", "Vardø", "Мурманск", "Nuuk", "Alert", "Kirkenes"]
    goods = ["nickel", "gas", "coal", "fish", "timber", "grain", "oil", "salt"]
    shapes = [
        "The port of {a} ships {n} thousand tonnes of {g} a year.",
        "Between {a} and {b} the ice leaves in week {n}, and {g} can be carried.",
        "In {a} nobody had expected that {g} from {b} would pay for {n} winters.",
        "Whoever controls {a}, the argument goes, controls the {g} of {b}.",
        "“{a} is closed,” the captain wrote on day {n}; the {g} stayed in {b}.",
    ]
    text: Marked = []
    for _ in range(8):
        section = []
        for _ in range(5):
            sentences = []
            for _ in range(4):
                a, b = chance.sample(places, 2)
                sentences.append(
                    chance.choice(shapes).format(a=a, b=b, g=chance.choice(goods), n=chance.randint(2, 40))
                )
            section.append(" ".join(sentences))
        text.append(section)
    cells = [(s, p) for s in range(8) for p in range(5)]
    for number, (s, p) in enumerate(chance.sample(cells, 36)):
        words = list(re.finditer(r"\S+", text[s][p]))
        first = chance.randrange(len(words) - 8)
        start, end = words[first].start(), words[first + chance.randint(1, 7)].end()
        cut = re.search(r"[.!?]”? ", text[s][p][start:end])
        end = start + cut.start() if cut and cut.start() > 8 else end
        body = text[s][p]
        marks = chr(FIRST + 2 * number), chr(FIRST + 2 * number + 1)
        text[s][p] = f"{body[:start]}{marks[0]}{body[start:end]}{marks[1]}{body[end:]}"
    return source_of([f"Part {n}" for n in range(8)], text)


def other_word(word: str, chance: random.Random) -> str:
    """Return another word, with the marks and the punctuation of this one."""
    fresh = chance.choice(["harbour", "seldom", "winter", "quietly", "seven", "northern", "paper"])
    return re.sub(r"[^\W\d_][^\W_]*|\d+", lambda _: fresh, word, count=1)


def change_word(text: Marked, chance: random.Random) -> None:
    s, p = cell(text, chance)
    words = text[s][p].split(" ")
    number = chance.randrange(len(words))
    words[number] = other_word(words[number], chance)
    text[s][p] = " ".join(words)


def change_word_of_passage(text: Marked, chance: random.Random) -> None:
    marked = [(s, p) for s, section in enumerate(text) for p, body in enumerate(section) if MARKS.search(body)]
    s, p = chance.choice(marked)
    spans = list(re.finditer("[\ue000-\uf8ff][^\ue000-\uf8ff]+[\ue000-\uf8ff]", text[s][p]))
    span = chance.choice(spans)
    words = span[0].split(" ")
    number = chance.randrange(len(words))
    words[number] = other_word(words[number], chance)
    text[s][p] = text[s][p][: span.start()] + " ".join(words) + text[s][p][span.end() :]


def move_sentence(text: Marked, chance: random.Random) -> None:
    s, p = cell(text, chance)
    sentences = re.split(r"(?<=[.!?”]) (?=[^a-z ])", text[s][p])
    moved = sentences.pop(chance.randrange(len(sentences)))
    text[s][p] = " ".join(sentences)
    if not sentences:
        del text[s][p]
    to = chance.randrange(len(text))
    if chance.random() < 0.5 or not text[to]:
        text[to].insert(chance.randint(0, len(text[to])), moved)
        return
    q = chance.randrange(len(text[to]))
    there = re.split(r"(?<=[.!?”]) (?=[^a-z ])", text[to][q])
    there.insert(chance.randint(0, len(there)), moved)
    text[to][q] = " ".join(there)


def delete_paragraph(text: Marked, chance: random.Random) -> None:
    s, p = cell(text, chance)
    del text[s][p]


def near_duplicate(paragraph: str, chance: random.Random) -> str:
    """Return a copy in which a word of every passage, and one more, is another."""

    def changed(span: re.Match[str]) -> str:
        words = span[0].split(" ")
        number = chance.randrange(len(words))
        words[number] = other_word(words[number], chance)
        return " ".join(words)

    copy = re.sub("[\ue000-\uf8ff][^\ue000-\uf8ff]+[\ue000-\uf8ff]", changed, paragraph)
    words = MARKS.sub("", copy).split(" ")
    number = chance.randrange(len(words))
    words[number] = other_word(words[number], chance)
    return " ".join(words)


def add_near_duplicate(text: Marked, chance: random.Random) -> None:
    s, p = cell(text, chance)
    to = chance.randrange(len(text))
    text[to].insert(chance.randint(0, len(text[to])), near_duplicate(text[s][p], chance))


def replace_by_near_duplicate_elsewhere(text: Marked, chance: random.Random) -> None:
    s, p = cell(text, chance)
    copy = near_duplicate(text[s][p], chance)
    del text[s][p]
    to = chance.choice([number for number in range(len(text)) if number != s])
    text[to].insert(chance.randint(0, len(text[to])), copy)


def quote_words_elsewhere(text: Marked, chance: random.Random) -> None:
    """Delete a paragraph; the words of its passages come again in other sentences."""
    s, p = cell(text, chance)
    spans = re.findall("[\ue000-\uf8ff]([^\ue000-\uf8ff]+)[\ue000-\uf8ff]", text[s][p])
    del text[s][p]
    for words in spans:
        text[chance.randrange(len(text))].append(f"Some say {words} matters little in the end.")


def cell(text: Marked, chance: random.Random) -> tuple[int, int]:
    return chance.choice([(s, p) for s, section in enumerate(text) for p in range(len(section))])


KINDS = (
    change_word,
    change_word_of_passage,
    move_sentence,
    delete_paragraph,
    add_near_duplicate,
    replace_by_near_duplicate_elsewhere,
    quote_words_elsewhere,
)


def outcome(real: tuple[str, int, int] | None, spot) -> str:
    if spot is None:
        return "missed" if real else "rightly gone"
    if real is None or spot.section != real[0]:
        return "wrong"
    shared = min(spot.end, real[2]) - max(spot.start, real[1])
    return "right" if shared > 0.7 * max(spot.end - spot.start, real[2] - real[1]) else "wrong"


@pytest.mark.parametrize("source", [built_in(), synthetic()], ids=["built-in", "synthetic"])
def test_after_500_edits_no_anchor_is_on_the_wrong_text_and_95_of_100_of_those_still_there_are_found(source):
    chance = random.Random(20_251_115)
    counts: Counter[str] = Counter()
    wrong, touched = [], Counter()
    before = {passage.id: passage.exact for passage in source.passages}
    for number in range(EDITS):
        edit = KINDS[number % len(KINDS)]
        text = [list(section) for section in source.text]
        edit(text, chance)
        real = truth(text)
        article = made(source.headings, text)
        for key, resolution in resolve_all(article, source.passages).items():
            result = outcome(real.get(key), resolution.spot)
            counts[result] += 1
            if key in real and (resolution.spot is None or resolution.spot.exact != before[key]):
                touched[result] += 1
            if result == "wrong":
                wrong.append((edit.__name__, key, before[key], resolution))
    assert not wrong, "\n".join(map(str, wrong))
    assert counts["right"] >= 0.95 * (counts["right"] + counts["missed"])
    assert counts["rightly gone"] > EDITS / 4
    assert touched["right"] >= 0.85 * touched.total()


ARTICLE = articles.parse(
    "# T\n\n## Ice\n\nThe ice leaves Pevek early in the year. Nobody had expected that to last.\n\n"
    "A second paragraph speaks of nickel, and of what it costs to ship it.\n\n## Trade\n\nNickel is sold in London."
)
NICKEL = articles.plain(ARTICLE.sections[0].text)[0].index("speaks of nickel")
PASSAGE = anchored(ARTICLE, "ice", NICKEL, NICKEL + len("speaks of nickel"), passage_id="n")


def changed(old: str, new: str) -> Article:
    return Article(
        "T",
        "",
        "en",
        tuple(Section(section.id, section.heading, section.text.replace(old, new)) for section in ARTICLE.sections),
    )


def state(article: Article) -> str:
    return resolve(PASSAGE, Text(article)).state


def test_words_that_stayed_are_found_where_they_were():
    assert resolve(PASSAGE, Text(ARTICLE)).spot.start == NICKEL
    assert state(changed("Nobody", "Not one")) == "found"


def test_changed_words_are_found_between_the_same_text():
    resolution = resolve(PASSAGE, Text(changed("speaks of nickel", "speaks of cobalt")))
    assert (resolution.state, resolution.spot.exact) == ("found", "speaks of cobalt")


def test_a_sentence_that_went_to_another_section_is_moved():
    sentence = "A second paragraph speaks of nickel, and of what it costs to ship it."
    without = changed(sentence, "")
    article = Article(
        "T", "", "en", (without.sections[0], Section("trade", "Trade", f"Nickel is sold in London. {sentence}"))
    )
    resolution = resolve(PASSAGE, Text(article))
    assert (resolution.state, resolution.spot.section) == ("moved", "trade")


def test_the_same_words_in_another_sentence_are_asked_about():
    article = changed("A second paragraph speaks of nickel, and of what it costs to ship it.", "Who speaks of nickel?")
    resolution = resolve(PASSAGE, Text(article))
    assert resolution.state == "ambiguous"
    assert [spot.exact for spot in resolution.candidates] == ["speaks of nickel"]


def test_words_that_are_gone_are_an_orphan():
    assert state(changed("A second paragraph speaks of nickel, and of what it costs to ship it.", "")) == "orphan"


def test_two_sentences_that_are_the_same_need_a_margin():
    copy = "A second paragraph speaks of nickel, and of what it costs to ship it."
    sections = (Section("x", "X", f"One. {copy} Two."), Section("y", "Y", f"Three. {copy} Four."))
    resolution = resolve(PASSAGE, Text(Article("T", "", "en", sections)))
    assert resolution.state == "ambiguous"
    assert len(resolution.candidates) == 2


def test_an_anchor_without_context_is_found_only_where_its_words_stand_once_in_its_section():
    bare = Passage("n", "ice", "nickel")
    assert resolve(bare, Text(ARTICLE)).state == "ambiguous"
    assert resolve(Passage("l", "trade", "London"), Text(ARTICLE)).state == "found"
    assert resolve(Passage("l", "ice", "London"), Text(ARTICLE)).state == "ambiguous"


def test_a_placed_article_has_runs_for_what_was_found():
    article, resolutions = placed(changed("speaks of nickel", "speaks of cobalt"), (PASSAGE,))
    assert resolutions["n"].state == "found"
    assert [run.text for run in article.runs("ice") if run.passage] == ["speaks of cobalt"]


@pytest.mark.parametrize("stretch", [(5, 5), (-1, 4), (60, 90), (0, 10_000)])
def test_an_anchor_needs_words_of_one_paragraph(stretch):
    with pytest.raises(ValueError, match="words"):
        anchored(ARTICLE, "ice", *stretch, passage_id="n")
