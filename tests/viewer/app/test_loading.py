import shutil
from pathlib import Path

import pytest

from viewer.app.loading import load

SHIPPED = Path(__file__).parents[3] / "resources"


@pytest.fixture
def resources(tmp_path) -> Path:
    """What the window starts with, without the layers."""
    copy = tmp_path / "resources"
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("layers", "fonts", "icons", "facts"))
    return copy


def test_all_that_is_shipped_is_read_without_a_word(resources):
    start = load(resources)
    assert start.problems == ()
    assert start.article is not None
    assert len(start.annotations) >= 40
    assert len(start.stack.layers) >= 20


@pytest.mark.parametrize(
    "name", ["catalogue.toml", "styles/palette.toml", "articles/alaska-talks.md", "annotations/alaska-talks.geojson"]
)
def test_each_file_that_is_missing_is_named_and_the_others_stand(resources, name):
    (resources / name).unlink()
    start = load(resources)
    assert any(Path(name).name in problem for problem in start.problems)
    assert sum(map(bool, (start.stack.layers, start.article, len(start.annotations)))) >= 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("catalogue.toml", "layer = 3"),
        ("styles/palette.toml", "light = 3"),
        ("annotations/alaska-talks.geojson", "{"),
        ("annotations/alaska-talks.geojson", "[]"),
        ("articles/alaska-talks.passages.toml", "passage = 3"),
    ],
)
def test_what_parses_but_makes_no_sense_is_told(resources, name, text):
    (resources / name).write_text(text, encoding="utf-8")
    assert load(resources).problems


def test_a_display_value_of_the_wrong_kind_leaves_one_layer_out(resources):
    file = resources / "catalogue.toml"
    file.write_text(file.read_text("utf-8").replace("rank_limits = [30000,", 'rank_limits = ["far",', 1), "utf-8")
    start = load(resources)
    assert start.stack.get("country-labels") is None
    assert start.stack.get("land") is not None
    assert "country-labels" in start.problems[0]


def test_an_annotation_that_is_left_out_is_told(resources):
    file = resources / "annotations/alaska-talks.geojson"
    file.write_text(file.read_text("utf-8").replace('"voice": "article"', '"voice": "rumour"', 1), "utf-8")
    assert any("rumour" in problem for problem in load(resources).problems)
