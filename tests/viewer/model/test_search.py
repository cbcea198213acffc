"""Everything is found by words in any order and script, and with a typo; positions in any usual form."""

from pathlib import Path

import pytest

from geodata import annotations, article, catalogue, chronology, layer_files
from viewer.model import search_entries
from viewer.model.search import Entry, SearchIndex
from viewer.model.search_words import folded
from viewer.model.stack import stack_of

RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture(scope="module")
def index():
    notes = annotations.read(RESOURCES / "annotations" / "alaska-talks.geojson")
    noted = frozenset(reference for note in notes for reference in note.references)
    folder = RESOURCES / "articles"
    text = article.read(folder / "alaska-talks.md", passages=folder / "alaska-talks.passages.toml")
    entries = [*search_entries.notes_of(notes), *search_entries.passages_of(text.passages, text)]
    entries += search_entries.events_of(chronology.read(RESOURCES / "facts"))
    for layer in stack_of(catalogue.read(RESOURCES / "catalogue.toml"))[0]:
        if layer.id not in search_entries.NAMELESS:
            read = layer_files.read(layer.id, RESOURCES / "layers", cache=lambda: None)
            entries += search_entries.features_of(layer, read.attributes, noted=noted)
    return SearchIndex(entries)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("мурманск", "Murmansk"),
        ("Murmnask", "Murmansk"),
        ("murmansk", "Murmansk"),
        ("якутск", "Yakutsk"),
        ("новый уренгой", "Novy Urengoy"),
        ("Utqiagvik", "Utqiaġvik"),
        ("пролив вилькицкого", "Vilkitsky Strait"),
        ("strait bering", "Bering Strait"),
        ("anchorag", "Anchorage"),
    ],
)
def test_a_place_is_found_first_by_its_name_in_either_script_and_with_a_typo(index, query, title):
    assert index.find(query)[0].entry.title == title


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("1867", "event"),
        ("nickel", "annotation"),
        ("reuters", "source"),
        ("palladium", "passage"),
        ("icebreakers", "annotation"),
    ],
)
def test_every_kind_of_thing_is_found(index, query, kind):
    assert kind in {found.entry.kind for found in index.find(query)}


def test_two_typos_in_a_word_are_too_many(index):
    assert not any(found.entry.title == "Murmansk" for found in index.find("mrumnask"))


def test_every_word_must_be_held(index):
    assert index.find("murmansk suez canal tariff") == ()
    assert index.find("") == index.find(" ... ") == ()


def test_a_name_that_was_found_by_another_name_says_so(index):
    found = index.find("вилькицкого")[0]
    assert (found.entry.title, found.by_name) == ("Vilkitsky Strait", "Пролив Вилькицкого")


def test_the_whole_title_comes_before_titles_that_only_hold_it():
    index = SearchIndex([Entry("feature", "a", "Nome census area"), Entry("feature", "b", "Nome")])
    assert [found.entry.id for found in index.find("nome")] == ["b", "a"]


def test_a_crowd_of_features_of_one_name_is_one_answer(index):
    rivers = [found.entry.title for found in index.find("yenisey") if found.entry.id.startswith("rivers/")]
    assert rivers
    assert len(rivers) == len(set(rivers))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Петропавловск-Камчатский", ("petropavlovsk", "kamchatsky")),
        ("Utqiaġvik", ("utqiagvik",)),
        ("Ærø, Þórshöfn", ("aero", "thorshofn")),
        ("Ямало-Ненецкий АО", ("yamalo", "nenetsky", "ao")),
        ("Zhelaniya’s", ("zhelaniyas",)),
        ("冰上丝绸之路", ("冰上丝绸之路",)),
    ],
)
def test_words_are_compared_in_one_spelling(text, words):
    assert folded(text) == words


@pytest.mark.parametrize(
    "query", ["69N 33E", "69°N 33°E", "69, 33", "69.0 33.0", "N69 E33", "69° 0' N, 33° 0' E", "33E 69N", "69; 33"]
)
def test_a_position_is_understood_in_any_usual_form(query):
    found = search_entries.position_of(query)
    assert (found.kind, found.id, found.title) == ("position", "33.0,69.0", "69° N 33° E")


@pytest.mark.parametrize("query", ["nickel 5", "runway 06/24", "-10 20", "95 10", "", "1867", "69N"])
def test_what_is_no_position_on_the_map_is_not_taken_for_one(query):
    assert search_entries.position_of(query) is None
