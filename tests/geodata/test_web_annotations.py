"""Annotations out as W3C Web Annotations and back in."""

import json
from pathlib import Path

import pytest

from geodata import annotations as annotation_files
from geodata import article as articles
from geodata.annotations import Annotation
from geodata.errors import AnnotationError
from geodata.web_annotations import CONTEXT, from_jsonld, to_jsonld, to_text

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
KNOWN = annotation_files.read(RESOURCES / "annotations" / "alaska-talks.geojson")
ARTICLE = articles.read(RESOURCES / "articles" / "alaska-talks.md")
PASSAGES = {passage.id: ("alaska-talks", passage) for passage in ARTICLE.passages}
FOREIGN = {
    "@context": CONTEXT,
    "id": "http://example.org/anno1",
    "type": "Annotation",
    "body": {"type": "TextualBody", "value": "Who says so?"},
    "target": {
        "source": "http://example.org/page1",
        "selector": {"type": "TextQuoteSelector", "exact": "the ice", "prefix": "of ", "suffix": " there"},
    },
}


def test_out_and_back_in_gives_the_same_links():
    back = from_jsonld(json.loads(to_text(KNOWN, PASSAGES)))
    assert not back.annotations.problems
    links = {note.id: (note.targets, note.passage, note.references) for note in back.annotations if note.targets}
    assert links == {note.id: (note.targets, note.passage, note.references) for note in KNOWN if note.targets}
    quoted = {passage.id: (source, passage) for source, passage in back.passages}
    assert quoted == {note.passage: PASSAGES[note.passage] for note in KNOWN if note.passage}


def test_ones_own_annotation_comes_back_as_it_was():
    place = '{"type": "Point", "coordinates": [31.0, 70.0]}'
    mine = Annotation("own_1", "A pier", "judgement", "own", "It *may* open.", place=place, likelihood="likely")
    back = from_jsonld(to_jsonld([mine], {}))
    assert json.loads(back.annotations.annotations[0].place) == json.loads(place)
    assert back.annotations.annotations[0].references == mine.references
    assert back.annotations.annotations[0].likelihood == "likely"


def test_every_annotation_has_the_keys_that_the_model_requires():
    page = to_jsonld(KNOWN, PASSAGES)
    assert page["type"] == "AnnotationPage"
    assert len(page["items"]) == len(KNOWN)
    for item in page["items"]:
        assert CONTEXT in item["@context"]
        assert item["id"].startswith("urn:")
        assert item["type"] == "Annotation"
        assert item["target"]
        assert all("id" in target or "source" in target for target in item["target"])
    ids = [item["id"] for item in page["items"]]
    assert len(set(ids)) == len(ids)


def test_somebody_elses_annotation_of_a_page_is_understood():
    back = from_jsonld([FOREIGN])
    (note,), ((source, passage),) = back.annotations.annotations, back.passages
    assert (note.voice, note.title, note.body) == ("own", "the ice", "Who says so?")
    assert (source, passage.exact, passage.prefix) == ("http://example.org/page1", "the ice", "of ")
    assert note.passage == passage.id


@pytest.mark.parametrize("name", ["id", "type", "target"])
def test_an_annotation_without_a_required_key_is_left_out_and_told(name):
    entry = {key: value for key, value in FOREIGN.items() if key != name}
    back = from_jsonld({"type": "AnnotationPage", "items": [entry, FOREIGN]})
    assert len(back.annotations) == 1
    assert f"It has no {name}." in str(back.annotations.problems[0])


@pytest.mark.parametrize("document", [None, 7, {}, {"type": "FeatureCollection"}, "text"])
def test_what_is_no_web_annotation_is_refused(document):
    with pytest.raises(AnnotationError, match="no Web Annotation"):
        from_jsonld(document)
