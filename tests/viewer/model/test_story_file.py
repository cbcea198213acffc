"""Stories as files: what is read, and what is said of a mistake."""

from pathlib import Path

import pytest

from geodata import annotations, article, prepared
from viewer.model import story_file
from viewer.model.story_file import StoryError
from viewer.model.views import STORY_BEARING_DEG, north_up

RESOURCES = Path(__file__).parents[3] / "resources"
SHIPPED = RESOURCES / "stories" / "alaska-talks.toml"

STEP = '[[step]]\nid = "a"\ntitle = "A"\n'


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "story.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_step_is_read_with_all_it_says(tmp_path):
    text = f"""title = "Talk"
{STEP}view = {{ lon = 90, lat = 75, wide_km = 100, high_km = 50, bearing = "north" }}
caption = " Words. "
features = ["lanes/nsr_main"]
annotation = "nsr"
passage = "p"
shown = ["zones"]
hidden = ["ports"]
legend = true
seconds = 90
notes = "Say it."
"""
    story = story_file.read(written(tmp_path, text))
    step = story.steps[0]
    assert (story.title, step.id, step.title, step.caption, step.notes) == ("Talk", "a", "A", "Words.", "Say it.")
    assert (step.features, step.annotation, step.passage) == (("lanes/nsr_main",), "nsr", "p")
    assert (step.shown, step.hidden, step.legend, step.duration_s) == (("zones",), ("ports",), True, 90.0)
    assert (step.view.wide_m, step.view.high_m, step.view.bearing_deg) == (100_000, 50_000, north_up(90))


def test_a_view_without_a_bearing_has_the_storys(tmp_path):
    story = story_file.read(written(tmp_path, STEP + "view = { lon = 0, lat = 80, wide_km = 100 }"))
    assert story.steps[0].view.bearing_deg == STORY_BEARING_DEG
    assert story.steps[0].view.high_m == 50_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no steps"),
        ("step = 3", "no steps"),
        ("title = x\ny = 2", "line 1"),
        ("[[step]]\nid = 'a'", "no title"),
        (STEP + STEP, "step 2.*used twice"),
        (STEP + "colour = 'red'", "step 1.*colour"),
        (STEP + "view = 'mars'", "step 1.*mars.*arctic"),
        (STEP + "view = 3", "no view"),
        (STEP + "view = { lon = 0, lat = 80 }", "wide_km"),
        (STEP + "view = { lon = 0, lat = 80, wide_km = 9, up = 1 }", "up"),
        (STEP + "view = { lon = 0, lat = 91, wide_km = 9 }", "lat is 91.*from 0 to 90"),
        (STEP + "view = { lon = nan, lat = 80, wide_km = 9 }", "lon is nan"),
        (STEP + "view = { lon = 0, lat = 80, wide_km = 9, bearing = 'up' }", "bearing"),
        (STEP + "seconds = 0", "seconds is 0"),
        (STEP + "seconds = true", "seconds is True"),
        (STEP + "legend = 1", "legend is 1"),
        (STEP + "features = 'lanes/a'", "features"),
        (STEP + "features = [1]", "features"),
        (STEP + "notes = 7", "notes is 7"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path, text, said):
    with pytest.raises(StoryError, match=f"(?s){said}") as raised:
        story_file.read(written(tmp_path, text))
    assert "story.toml" in str(raised.value)
    assert raised.value.advice


def test_a_story_that_is_not_there_is_said_in_plain_words(tmp_path):
    with pytest.raises(StoryError, match="it is missing"):
        story_file.read(tmp_path / "none.toml")


def test_the_shipped_story_names_only_what_is_there():
    story = story_file.read(SHIPPED)
    known, text = (
        annotations.read(RESOURCES / "annotations/alaska-talks.geojson"),
        article.read(RESOURCES / "articles/alaska-talks.md"),
    )
    layers = {path.stem for path in (RESOURCES / "layers").glob("*.prepared")}
    ids: dict[str, set[str]] = {}
    for step in story.steps:
        assert not step.annotation or known.get(step.annotation) is not None, step.annotation
        assert not step.passage or text.passage(step.passage) is not None, step.passage
        assert {*step.shown, *step.hidden} <= layers
        for reference in step.features:
            layer, _, feature = reference.partition("/")
            if layer not in ids:
                ids[layer] = set(prepared.read(RESOURCES / "layers" / f"{layer}.prepared").row_of)
            assert feature in ids[layer], reference


def test_the_shipped_story_is_a_talk_that_can_be_given():
    story = story_file.read(SHIPPED)
    assert len(story.steps) == 12
    assert 10 * 60 <= story.duration_s <= 20 * 60
    for step in story.steps:
        assert len(step.notes.split()) >= 20, step.id
        assert 5 <= len(step.caption.split()) <= 30, step.id
