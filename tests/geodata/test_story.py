import csv
import itertools
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from pyproj import Geod

from geodata import annotations, article, catalogue
from geodata.likelihood import LIKELIHOOD_WORDS

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT / "resources" / "facts"
ANNOTATIONS = ROOT / "resources" / "annotations" / "alaska-talks.geojson"
ARTICLE = ROOT / "resources" / "articles" / "alaska-talks.md"
TABLE = tomllib.loads((ROOT / "tests" / "data" / "story_table.toml").read_text(encoding="utf-8"))["row"]

DIGEST = article.read(ARTICLE)
SET = annotations.read(ANNOTATIONS)

TABLES = {"lanes": "lanes", "resource-sites": "resource_sites", "bases": "bases", "ports": "ports"}
OWN_FEATURES = {
    "alaska/alaska",
    "jber/jber",
    "jber-symbol/jber",
    "maritime-boundary/boundary_1990",
    "maritime-boundary/boundary_1990_north",
    *(f"occupied/{region}" for region in ("crimea", "sevastopol", "donetsk", "luhansk", "zaporizhzhia", "kherson")),
}
WEASEL = re.compile(r"\b(could possibly|may possibly|might possibly|arguably|some say|it is believed|experts agree)\b")
SCALE = re.compile("|".join(rf"\b{word}\b" for word in LIKELIHOOD_WORDS))


def ids_of(table: str) -> set[str]:
    with (FACTS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file)}


def known_features() -> set[str]:
    facts = {f"{layer}/{name}" for layer, table in TABLES.items() for name in ids_of(table)}
    regions = {f"russian-arctic/{name}" for name in ids_of("azrf")}
    runways = {f"runways/{name}" for name in ids_of("jber_runways")}
    marks = {a.references[0] for a in SET if a.place and not a.targets}
    return facts - {"bases/jber"} | regions | runways | marks | OWN_FEATURES


def words(markdown: str) -> int:
    return len(article.plain(markdown)[0].split())


def test_the_digest_and_the_annotations_are_read_without_a_problem():
    assert DIGEST.problems == ()
    assert SET.problems == ()
    assert len(SET) >= 80


def test_the_digest_says_that_it_is_one_and_whose_words_it_holds():
    assert "digest, in our own words" in article.plain(DIGEST.notice)[0]
    assert "Harbinger of Shifting Global Power Dynamics" in article.plain(DIGEST.notice)[0]


def test_the_digest_has_the_sections_of_the_story_and_their_length():
    assert [section.heading for section in DIGEST.sections] == [
        "Opening",
        "The immediate agenda",
        "Pragmatic diplomacy",
        "The economic dimension",
        "The Alaskan venue",
        "Future implications",
        "China’s role",
        "Questions",
        "Closing",
    ]
    assert 900 <= sum(words(section.text) for section in DIGEST.sections) + words(DIGEST.notice) <= 1400


@pytest.mark.parametrize("row", TABLE, ids=[f"{row['section']}-{row['kind']}" for row in TABLE])
def test_a_row_of_the_story_is_in_the_digest_and_on_the_map_with_a_source(row):
    for passage_id in row["passages"]:
        passage = DIGEST.passage(passage_id)
        assert passage is not None and passage.section == row["section"]
        found = SET.of_passage(passage_id)
        assert found and all(annotation.references and annotation.sources for annotation in found)
    carriers = [annotation for passage in row["passages"] for annotation in SET.of_passage(passage)]
    assert row["kind"] in {annotation.kind for annotation in carriers}
    covered = {reference for annotation in carriers for reference in annotation.references}
    assert set(row["features"]) <= covered


def test_the_table_walks_every_section_of_the_digest():
    assert {row["section"] for row in TABLE} == {section.id for section in DIGEST.sections}


def test_no_link_between_passages_and_annotations_dangles_either_way():
    passages = {passage.id for passage in DIGEST.passages}
    assert {annotation.passage for annotation in SET} == passages


def test_every_target_is_a_feature_of_the_map():
    targets = {target for annotation in SET for target in annotation.targets}
    assert targets - known_features() == set()


def test_every_layer_that_is_spoken_of_is_in_the_catalogue():
    layers = {source.id for source in catalogue.read(ROOT / "resources" / "catalogue.toml").sources}
    assert {reference.partition("/")[0] for a in SET for reference in a.references} <= layers


def test_what_the_story_is_about_has_an_annotation_of_its_own():
    regions = {f"russian-arctic/{name}" for name in ids_of("azrf")}
    lanes = {f"lanes/{name}" for name in ids_of("lanes")}
    runways = {f"runways/{name}" for name in ids_of("jber_runways")}
    for reference in regions | lanes | runways | OWN_FEATURES:
        assert SET.of_feature(reference), reference


@pytest.mark.parametrize(
    ("reference", "title"),
    [
        ("jber/jber", "Elmendorf-Richardson"),
        ("jber-symbol/jber", "Elmendorf-Richardson"),
        ("alaska/alaska", "Alaska"),
        ("resource-sites/norilsk", "Norilsk"),
        ("lanes/nsr_main", "Northern Sea Route"),
        ("lanes/nwp_r4", "Northwest Passage"),
        ("lanes/arctic_bridge", "Arctic Bridge"),
        ("russian-arctic/azrf_murmansk", "Murmansk"),
        ("lanes/nsr_dudinka", "Dudinka"),
        ("lanes/nwp_r2", "Routes 1 and 2"),
        ("lanes/nwp_r6", "Route 6"),
        ("lanes/tsr_pole", "over the pole"),
        ("lanes/tsr_iceland", "feeders from Iceland"),
        ("occupied/crimea", "Crimea"),
        ("occupied/kherson", "Kherson"),
        ("annotations/moscow", "Moscow"),
        ("annotations/beijing", "Beijing"),
        ("annotations/washington", "Washington"),
        ("annotations/beihai", "Beihai"),
        ("bases/severomorsk", "Severomorsk"),
        ("bases/monchegorsk_ab", "Monchegorsk"),
        ("bases/tiksi_ab", "Tiksi"),
        ("bases/eielson", "Eielson"),
        ("ports/kirkenes", "Kirkenes"),
    ],
)
def test_the_foremost_annotation_of_a_feature_bears_its_name(reference, title):
    assert title in SET.of_feature(reference)[0].title


@pytest.mark.parametrize("annotation", SET.annotations, ids=lambda annotation: annotation.id)
def test_an_annotation_is_whole(annotation):
    assert 40 <= words(annotation.body) <= 120
    assert annotation.references
    assert annotation.sources
    assert (annotation.likelihood is None) != (annotation.confidence is None)
    assert not WEASEL.search(annotation.body.lower())
    assert annotation.author and annotation.created and annotation.modified


@pytest.mark.parametrize("annotation", SET.annotations, ids=lambda annotation: annotation.id)
def test_words_of_the_scale_are_kept_for_likelihoods_and_apart_from_confidence(annotation):
    body = article.plain(annotation.body)[0].lower()
    assert annotation.likelihood in (SCALE.findall(body) or [None])
    for sentence in re.split(r"(?<=[.;!?])\s", body):
        assert not (SCALE.search(sentence) and "confidence" in sentence)


def test_what_is_known_since_is_dated_after_the_meeting_and_sourced_apart():
    since = [annotation for annotation in SET if annotation.voice == "since"]
    assert len(since) >= 8
    for annotation in since:
        assert annotation.date >= "2025-08-15"
        assert annotation.title.startswith("Since then: ")
        assert annotation.body.startswith("Known since: ")


def test_what_the_article_expected_is_never_founded_on_what_came_after():
    for annotation in SET:
        if annotation.voice == "article":
            assert not any(source.date[:10] > "2025-08-15" for source in annotation.sources), annotation.id
            assert not re.search(r"\b(afterwards|since then)\b", annotation.body), annotation.id


def test_the_lines_of_distance_are_as_long_as_their_titles_say():
    geod = Geod(ellps="WGS84")
    for name in ("distance_moscow", "distance_washington"):
        annotation = SET.get(name)
        said_km = int(re.search(r"([\d,]+) km", annotation.title)[1].replace(",", ""))
        coordinates = annotation.geometry.coords
        length_m = sum(geod.inv(*a, *b)[2] for a, b in itertools.pairwise(coordinates))
        assert round(length_m / 1000) == said_km
        assert f"{said_km:,} kilometres" in DIGEST.section("the-immediate-agenda").text.replace("\n", " ")


def test_the_fact_tables_hold_no_row_of_low_confidence_and_none_without_a_source():
    for table in sorted(FACTS.glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if "source" in rows[0]:
            assert all(row["source"] and row["confidence"] in ("high", "medium", "schematic") for row in rows), table
            assert not any("OpenStreetMap" in row["source"] or "GeoNuclearData" in row["source"] for row in rows)
        assert f"`{table.stem}`" in (FACTS / "SOURCES.md").read_text(encoding="utf-8")


def test_reading_the_story_loads_no_table_library():
    code = (
        "import sys; from pathlib import Path; from geodata import annotations, article\n"
        f"annotations.read(Path({str(ANNOTATIONS)!r})); article.read(Path({str(ARTICLE)!r}))\n"
        "loaded = sorted({'geopandas', 'pandas', 'pyogrio', 'shapely', 'numpy'} & set(sys.modules))\n"
        "print(' '.join(loaded))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("", "")
