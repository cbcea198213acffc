"""Stories written as TOML, and read as what they were."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from viewer.model import story_file
from viewer.model.story import LayerLook, StepView, Story, StoryStep
from viewer.model.story_text import text_of
from viewer.model.styles import FillStyle, LineStyle, Rule

SHIPPED = Path(__file__).parents[3] / "resources" / "stories" / "alaska-talks.toml"

FULL = StoryStep(
    "full",
    "All of it",
    StepView("", -169.0000001, 65.9, 720_123.45, 420_000.0, 169.25),
    caption='Words, "quoted" \\ and –',
    features=tuple(f"lanes/lane_{number}" for number in range(30)),
    annotation="nsr",
    passage="p",
    shown=("zones",),
    hidden=("ports", "my layer/2"),
    legend=True,
    notes='- one\n- two """ and \\\n\nЕщё "',
    duration_s=42.5,
    kind="closing",
    looks=(
        LayerLook("zones", 0.25),
        LayerLook(
            "my layer",
            None,
            FillStyle(Rule("land", "kind", (("a b", "sea"),)), outline_dash=Rule((3.0, 2.0))),
        ),
        LayerLook("lanes", 1.0, LineStyle(Rule("lane_nsr"), Rule(2.0, "n", (("0", 1.0), ("1", 3.0)), (5.0,)))),
    ),
    viewpoint="canada",
    date="2025-08-15",
    transition="cut",
)


def test_a_step_with_all_there_is_comes_back_as_it_was():
    story = Story("Talk", (FULL, StoryStep("b", "B", StepView("arctic"), is_timed=False)), "Of a kind", 90.0)
    assert story_file.parse_text(text_of(story), where="story") == story


def test_the_shipped_story_comes_back_as_it_was():
    story = story_file.read(SHIPPED)
    again = story_file.parse_text(text_of(story), where="story")
    assert [step.title for step in again.steps] == [step.title for step in story.steps]
    assert [step.notes for step in again.steps] == [step.notes for step in story.steps]
    assert again.steps[0] == story.steps[0]


def test_a_story_is_written_so_that_a_person_can_read_it():
    text = text_of(Story("Talk", (FULL,)))
    assert max(map(len, text.splitlines())) <= 240
    assert 'notes = """\n- one\n- two' in text
    assert "seconds = 42.5" in text
    assert "[step.looks.zones]\nopacity = 0.25" in text


@given(some.text(some.characters(codec="utf-8"), max_size=60))
def test_any_words_come_back_but_for_blanks_at_their_ends(words):
    step = StoryStep("a", "A", StepView("arctic"), caption=words.strip(), notes=words.strip())
    again = story_file.parse_text(text_of(Story("T", (step,))), where="story").steps[0]
    assert again.caption == words.strip()
    assert again.notes == words.replace("\r\n", "\r\n").strip()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("kind = 'film'", "kind is 'film'.*cover"),
        ("transition = 'jump'", "transition is 'jump'.*cut"),
        ("viewpoint = 'mars'", "viewpoint is 'mars'.*canada"),
        ("date = 'soon'", "date is 'soon'.*2025-08-15"),
        ("looks = 3", "looks is no table"),
        ("looks = { land = { colour = 1 } }", "no look"),
        ("looks = { land = { opacity = 2 } }", "opacity is 2"),
        ("looks = { land = { style = { kind = 'cake' } } }", "cake"),
        ("looks = { land = { style = 3 } }", "style"),
    ],
)
def test_a_mistake_in_what_a_step_shows_is_named_with_its_place(line, said):
    with pytest.raises(story_file.StoryError, match=f"(?s){said}") as raised:
        story_file.parse_text(f"[[step]]\nid = 'a'\ntitle = 'A'\n{line}\n", where="talk.toml")
    assert "talk.toml, step 1" in str(raised.value)


def test_text_that_is_no_toml_is_told_with_its_line():
    with pytest.raises(story_file.StoryError, match="line 2"):
        story_file.parse_text("title = 'a'\n[[step\n", where="talk.toml")
