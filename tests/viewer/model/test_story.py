"""Steps of a story: what they show, whatever the window."""

import pytest

from viewer.model.camera import Viewport
from viewer.model.layer import Layer, LayerStack
from viewer.model.story import StepView, Story, StoryStep
from viewer.model.styles import FillStyle, Rule
from viewer.model.views import named_view

BOX = StepView("", 90.0, 75.0, 1_000_000.0, 500_000.0, 30.0)
SIZES = [(1920.0, 1080.0), (1280.0, 800.0), (600.0, 900.0)]


def layer(layer_id: str, *, visible: bool) -> Layer:
    return Layer(id=layer_id, title=layer_id, group="", style=FillStyle(fill=Rule("land")), visible=visible)


@pytest.mark.parametrize("size", SIZES)
def test_a_view_is_shown_whole_in_any_window(size):
    camera = BOX.camera(*size)
    assert camera.metres_per_pixel * size[0] >= 1_000_000 - 1
    assert camera.metres_per_pixel * size[1] >= 500_000 - 1
    assert camera.bearing_deg == pytest.approx(30.0)


@pytest.mark.parametrize("size", SIZES)
def test_a_view_is_shown_whole_beside_and_above_what_covers_the_window(size):
    width, height = size
    right, bottom = 300.0, 200.0
    viewport = Viewport(BOX.camera(width, height, covered_px=(right, bottom)), width, height)
    bare = BOX.camera(width, height)
    middle = viewport.to_screen(bare.x, bare.y)
    assert middle == pytest.approx(((width - right) / 2, (height - bottom) / 2), abs=0.01)
    assert viewport.camera.metres_per_pixel * (width - right) >= 1_000_000 - 1
    assert viewport.camera.metres_per_pixel * (height - bottom) >= 500_000 - 1


def test_what_covers_more_than_half_of_the_window_is_taken_for_half():
    covered = BOX.camera(800, 600, covered_px=(4_000, 4_000))
    assert covered == BOX.camera(800, 600, covered_px=(400, 300))


def test_a_named_view_is_the_one_that_the_whole_program_knows():
    assert StepView(name="alaska").camera(800, 600) == named_view("alaska", width_px=800, height_px=600)


@pytest.mark.parametrize("wrong", [{"name": "mars"}, {"wide_m": 0.0}, {"high_m": -1.0}])
def test_a_view_that_nothing_could_show_is_refused(wrong):
    with pytest.raises(ValueError, match="view"):
        StepView(**wrong)


def test_a_step_shows_and_hides_layers_and_passes_over_those_that_are_not_there():
    stack = LayerStack((layer("land", visible=True), layer("zones", visible=False)))
    step = StoryStep("a", "A", BOX, shown=("zones", "gone"), hidden=("land",))
    assert [(found.id, found.visible) for found in step.stack(stack)] == [("land", False), ("zones", True)]


def test_a_story_knows_when_each_step_should_begin():
    story = Story("T", (StoryStep("a", "A", BOX, duration_s=30), StoryStep("b", "B", BOX, duration_s=45)))
    assert [story.planned_s(index) for index in (0, 1, 2)] == [0, 30, 75]
    assert story.duration_s == 75
    assert (story.index_of("b"), story.index_of("c")) == (1, None)
