"""Some of the hostile files in a real window; all of them: ./run --long hostile."""

import os

import pytest

from tests.hostile import files
from tests.hostile.window import open_all
from tests.journeys.person import missing

COUNT = 24


@pytest.fixture(scope="module")
def fates(tmp_path_factory):
    lacking = missing()
    if lacking and os.environ.get("CI"):
        pytest.fail(f"a real window must be driven here, but {', '.join(lacking)} is not installed")
    if lacking:
        pytest.skip(f"a real window cannot be driven here: {', '.join(lacking)} is not installed")
    made = files.make(tmp_path_factory.mktemp("hostile"), with_bombs=False)
    assert len(made) >= 600
    return list(open_all(files.sample(made, COUNT), tmp_path_factory.mktemp("home")))


def test_the_window_lives_through_hostile_files(fates):
    assert [fate for fate in fates if "died" in fate] == []
    assert len(fates) == COUNT


def test_each_hostile_file_gets_a_word_a_question_or_a_layer(fates):
    assert [fate for fate in fates if not any(fate[word] for word in ("told", "asked", "layers", "is_open"))] == []


def test_no_hostile_file_is_read_for_ever_or_fills_the_memory(fates):
    assert [fate for fate in fates if fate["late"] or fate["memory_mb"] > 2_000] == []


def test_no_hostile_file_makes_qt_warn_or_an_exception_escape(fates):
    serious = [one for fate in fates for one in fate["problems"] if not one.startswith("QtInfoMsg")]
    assert serious == []


def test_the_same_seed_breaks_files_in_the_same_places(tmp_path):
    contents = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made = files.make(tmp_path / name, with_bombs=False)
        text = [path for path in made if path.parent.name == "broken" and path.suffix in (".geojson", ".gpx", ".md")]
        contents.append({path.name: path.read_bytes() for path in text})
    assert contents[0] == contents[1]
    assert len(contents[0]) == 3 * files.EACH
