import dataclasses
import itertools
import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata import annotations, likelihood
from geodata.annotations import Annotation, AnnotationSet, CitedSource
from geodata.errors import AnnotationError

BUILT_IN = Path(__file__).resolve().parents[2] / "resources" / "annotations" / "alaska-talks.geojson"

PROPERTIES = {"id": "norilsk", "title": "Norilsk", "kind": "resource", "voice": "fact", "body": "Metal and snow."}


def collection(*features, **members):
    return {"type": "FeatureCollection", "features": list(features), **members}


def feature(geometry=None, /, **properties):
    return {"type": "Feature", "properties": PROPERTIES | properties, "geometry": geometry}


def problem(*features):
    """The one thing that is wrong with a collection."""
    found = annotations.from_geojson(collection(*features), where="talks.geojson")
    assert len(found.problems) == 1
    return found.problems[0]


def annotation(**members):
    return Annotation(**(PROPERTIES | members))


def test_a_file_is_read_with_all_its_members():
    read = annotations.read(BUILT_IN)
    lead = read.annotations[0]
    assert lead.title.startswith("Elmendorf-Richardson")
    assert lead.voice == "article"
    assert lead.references == ("jber-symbol/jber", "jber/jber")
    assert all(isinstance(source, CitedSource) and source.publisher for source in lead.sources)


def test_lookups_by_feature_passage_and_id_keep_the_order_of_the_file():
    first = annotation(id="a", targets=("lanes/nsr_main",), passage="lanes")
    second = annotation(id="b", targets=("lanes/nsr_main", "ports/murmansk"), passage="lanes")
    both = AnnotationSet((first, second))
    assert both.of_feature("lanes/nsr_main") == (first, second)
    assert both.of_feature("ports/murmansk") == (second,)
    assert both.of_feature("ports/nome") == ()
    assert both.of_passage("lanes") == (first, second)
    assert both.get("b") is second
    assert both.get("c") is None
    assert list(both) == [first, second]


@pytest.mark.parametrize(
    ("geometry", "reference"),
    [
        ({"type": "Point", "coordinates": [88, 69]}, "annotations/norilsk"),
        ({"type": "MultiPoint", "coordinates": [[88, 69], [33, 69]]}, "annotations/norilsk"),
        ({"type": "LineString", "coordinates": [[88, 69], [33, 69]]}, "annotation-lines/norilsk"),
        ({"type": "MultiLineString", "coordinates": [[[88, 69], [33, 69]]]}, "annotation-lines/norilsk"),
    ],
)
def test_an_annotation_without_targets_stands_for_its_own_mark_or_line(geometry, reference):
    found = annotations.from_geojson(collection(feature(geometry)))
    only = found.annotations[0]
    assert only.references == (reference,)
    assert found.of_feature(reference) == (only,)
    assert only.geometry.equals(shapely.geometry.shape(geometry))


def test_an_annotation_with_neither_place_nor_targets_stands_nowhere():
    assert annotation().references == ()
    assert annotation().geometry is None


def test_two_annotations_of_one_id_cannot_be_put_together():
    with pytest.raises(AnnotationError, match="used twice"):
        AnnotationSet((annotation(), annotation(title="Other")))


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({"title": ""}, "has no title"),
        ({"body": None}, "has no body"),
        ({"id": "Norilsk Talnakh"}, "id = 'Norilsk Talnakh' cannot be used"),
        ({"voice": "rumour"}, "voice = 'rumour' is not known"),
        ({"voice": "since"}, "has no date"),
        ({"date": "15 August 2025"}, "date = '15 August 2025' cannot be used"),
        ({"likelihood": "quite likely"}, "likelihood = 'quite likely' is not known"),
        ({"confidence": "total"}, "confidence = 'total' is not known"),
        ({"targets": "lanes/nsr_main"}, "no list of texts"),
        ({"targets": ["nsr_main"]}, "'nsr_main' is no feature"),
        ({"sources": ["USGS"]}, "source 1"),
        ({"sources": [{"title": "Summaries"}]}, "has no publisher"),
        ({"sources": [{"title": "S", "publisher": "USGS", "grade": "Z9"}]}, "grade = 'Z9' cannot be used"),
        ({"sources": [{"title": "S", "publisher": "USGS", "page": "3"}]}, "'page' that means nothing"),
        ({"map_label": "A label that is far too long for the map"}, "map_label"),
        ({"created": "yesterday"}, "created = 'yesterday' is no time"),
        ({"created": "2026-11-23T09:00:00"}, "is no time"),
        ({"tags": "metals"}, "no list of texts"),
        ({"colour": "red"}, "'colour' that means nothing"),
        ({"title": 7}, "title = 7 is no text"),
    ],
)
def test_what_breaks_the_schema_is_named_with_file_annotation_and_advice(broken, words):
    told = problem(feature(**broken))
    assert words in str(told)
    assert told.where.startswith("talks.geojson, annotation 1")
    assert told.advice


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "GeometryCollection", "geometries": []},
        {"type": "Point", "coordinates": [69.5, 188.4]},
        {"type": "Point", "coordinates": [200.0, 60.0]},
        {"type": "Point", "coordinates": ["88", "69"]},
        {"type": "Point", "coordinates": [88.0]},
        {"type": "LineString", "coordinates": []},
        {"type": "LineString", "coordinates": [88.0, 69.0]},
        {"type": "Point", "coordinates": [float("nan"), 69.0]},
        {"type": "Point", "coordinates": [10**400, 69.0]},
        {"type": "Point", "coordinates": [88.0, -(10**5000)]},
        {"type": "Point", "coordinates": [True, False]},
        {"type": "LineString", "coordinates": [[88.0, 69.0]]},
        {"type": "LineString", "coordinates": [[88.0, 69.0], [88.0, 69.0]]},
        {"type": "MultiLineString", "coordinates": [[[88, 69], [33, 69]], [[88.0, 69.0]]]},
        {"type": "Polygon", "coordinates": [[[0, 60], [10, 60], [0, 60]]]},
        {"type": "Polygon", "coordinates": [[[0, 60], [10, 60], [10, 70], [0, 70]]]},
        {"type": "MultiPolygon", "coordinates": [[[[0, 60], [10, 60]]]]},
        {"type": "Polygon"},
        "POINT (88 69)",
    ],
)
def test_a_geometry_that_is_none_is_told(geometry):
    told = problem(feature(geometry))
    assert "(norilsk)" in told.where
    assert told.advice
    assert len(str(told)) < 300


def test_a_number_of_thousands_of_digits_in_a_file_is_refused_by_name(tmp_path):
    path = tmp_path / "talks.geojson"
    path.write_text('{"type": "FeatureCollection", "features": [' + "9" * 5000 + "]}")
    with pytest.raises(AnnotationError, match=r"talks\.geojson"):
        annotations.read(path)


def test_a_polygon_of_three_corners_is_taken():
    triangle = {"type": "Polygon", "coordinates": [[[0, 60], [10, 60], [0, 70], [0, 60]]]}
    (read,) = annotations.from_geojson(collection(feature(triangle)))
    assert read.geometry.area == 50.0


def about(annotation_id, *targets, kind="fact", place=""):
    return annotations.Annotation(
        id=annotation_id, title="T", kind=kind, voice="fact", body="B", targets=targets, place=place
    )


def opened(reference, *found):
    return [annotation.id for annotation in annotations.AnnotationSet(found).of_feature(reference)]


def test_the_annotation_whose_mark_a_feature_is_comes_before_all_others():
    states = about("states", "annotations/moscow", kind="region")
    moscow = about("moscow", kind="analysis", place='{"type":"Point","coordinates":[37.6,55.8]}')
    assert opened("annotations/moscow", states, moscow) == ["moscow", "states"]


def test_what_a_place_is_comes_before_what_is_said_of_it_and_one_place_before_many():
    since = about("since", "lanes/main", kind="since")
    family = about("family", "lanes/main", "lanes/branch", kind="lane")
    branch = about("branch", "lanes/branch", kind="lane")
    assert opened("lanes/main", since, family, branch) == ["family", "since"]
    assert opened("lanes/branch", since, family, branch) == ["branch", "family"]


def test_a_symbol_and_an_outline_of_one_id_are_one_place():
    assert about("base", "jber/jber", "jber-symbol/jber").place_count == 1
    assert about("two", "ports/a", "ports/b").place_count == 2


def test_a_broken_annotation_is_left_out_and_the_others_stand():
    found = annotations.from_geojson(collection(feature(voice="rumour"), feature(id="good"), "no feature"))
    assert [kept.id for kept in found] == ["good"]
    assert len(found.problems) == 2


def test_the_second_annotation_of_an_id_is_left_out():
    found = annotations.from_geojson(collection(feature(), feature(title="Other")))
    assert [kept.title for kept in found] == ["Norilsk"]
    assert "used twice" in str(found.problems[0])


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"type": "Feature"}', '{"type": "FeatureCollection"}', "[" * 100_000, "\udcff"]
)
def test_a_file_that_is_no_set_of_annotations_is_refused_by_name(tmp_path, text):
    path = tmp_path / "talks.geojson"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(AnnotationError) as caught:
        annotations.read(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(AnnotationError, match=r"gone\.geojson"):
        annotations.read(tmp_path / "gone.geojson")


def test_a_file_of_a_later_format_is_refused_with_advice():
    with pytest.raises(AnnotationError, match="newer version"):
        annotations.from_geojson(collection(arctic_annotations=2))


def test_the_story_survives_geojson_and_its_file_does_not_change(tmp_path):
    read = annotations.read(BUILT_IN)
    copy = tmp_path / "copy.geojson"
    annotations.write(read, copy)
    assert annotations.read(copy) == read
    assert copy.read_bytes() == BUILT_IN.read_bytes()
    assert list(tmp_path.iterdir()) == [copy]


def test_the_story_survives_a_frame():
    read = annotations.read(BUILT_IN)
    frame = annotations.to_frame(read)
    assert len(frame) == len(read)
    assert frame.crs.to_epsg() == 4326
    assert annotations.from_frame(frame) == read


def test_a_frame_in_another_crs_is_taken_to_degrees_first():
    read = annotations.from_geojson(collection(feature({"type": "Point", "coordinates": [88.4, 69.49]})))
    back = annotations.from_frame(annotations.to_frame(read).to_crs("EPSG:3995"))
    assert back.annotations[0].geometry.distance(shapely.Point(88.4, 69.49)) < 1e-9


def test_the_story_survives_a_geopackage(tmp_path):
    read = annotations.read(BUILT_IN)
    path = tmp_path / "story.gpkg"
    annotations.to_frame(read).to_file(path, layer="annotations")
    back = annotations.from_frame(gpd.read_file(path, layer="annotations"))
    assert back.problems == ()
    assert back == read


def test_a_frame_with_a_foreign_column_is_told():
    frame = annotations.to_frame(annotations.from_geojson(collection(feature()))).assign(colour="red")
    found = annotations.from_frame(frame, where="frame")
    assert "'colour'" in str(found.problems[0])


DATES = st.sampled_from(["", "1867", "1990-06", "2025-08-15"])
TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
FILLED = TEXTS.filter(bool)
NAMES = st.from_regex(r"[a-z0-9_]{1,12}", fullmatch=True)
SOURCES = st.builds(
    CitedSource, title=FILLED, publisher=FILLED, date=DATES, address=TEXTS, grade=st.sampled_from(["", "A1", "F6"])
)
ANNOTATIONS = st.builds(
    Annotation,
    id=NAMES,
    title=FILLED,
    kind=FILLED,
    voice=st.sampled_from(["article", "fact"]),
    body=FILLED,
    passage=TEXTS,
    targets=st.lists(st.builds("{}/{}".format, NAMES, NAMES), max_size=3).map(tuple),
    place=st.sampled_from(["", '{"type":"Point","coordinates":[-149.8065,61.2514]}']),
    sources=st.lists(SOURCES, max_size=3).map(tuple),
    likelihood=st.none() | st.sampled_from(likelihood.LIKELIHOOD_WORDS),
    confidence=st.none() | st.sampled_from(likelihood.CONFIDENCES),
    date=DATES,
    local_name=TEXTS,
    author=TEXTS,
    created=st.sampled_from(["", "2026-11-23T09:00:00+00:00"]),
    tags=st.lists(TEXTS, max_size=3).map(tuple),
)


@given(st.lists(ANNOTATIONS, max_size=4, unique_by=lambda item: item.id))
def test_any_annotations_survive_geojson_text_and_a_frame(items):
    made = AnnotationSet(tuple(items))
    text = json.dumps(annotations.to_geojson(made))
    assert annotations.from_geojson(json.loads(text)) == made
    assert annotations.from_frame(annotations.to_frame(made)) == made


def test_every_member_of_an_annotation_is_a_column():
    columns = set(annotations.to_frame(AnnotationSet((annotation(),))).columns)
    members = {item.name for item in dataclasses.fields(Annotation)}
    assert columns == members - {"place"} | {"geometry"}


def test_the_scale_of_likelihood_has_no_gap_and_no_overlap():
    steps = likelihood.LIKELIHOODS
    assert len(steps) == 7
    assert (steps[0].low_pct, steps[-1].high_pct) == (1, 99)
    assert all(lower.high_pct == upper.low_pct for lower, upper in itertools.pairwise(steps))
    assert likelihood.likelihood("likely").text == "likely (55–80 %)"
    assert likelihood.likelihood("remote").word == "almost no chance"
    with pytest.raises(KeyError):
        likelihood.likelihood("probably maybe")
