"""Composing a story on the map: what a step takes from it, and what is done to steps."""

from dataclasses import replace
from pathlib import Path

import pytest

from geodata import catalogue
from viewer.model import composing
from viewer.model.camera import Camera, Viewport
from viewer.model.stack import stack_of
from viewer.model.story import LayerLook, StepView, Story, StoryStep, view_of

RESOURCES = Path(__file__).parents[3] / "resources"
STACK = stack_of(catalogue.read(RESOURCES / "catalogue.toml"))[0]
VIEW = Viewport(Camera(-812_345.678, 1_234_567.891, 1_234.5, 123.4), 911.0, 640.0)
STORY = Story("Talk", tuple(StoryStep(name, name.title(), StepView("arctic")) for name in ("one", "two", "three")))


def ids(story):
    return [step.id for step in story.steps]


def test_a_view_comes_back_to_the_same_camera_in_the_same_window():
    camera = view_of(VIEW).camera(VIEW.width_px, VIEW.height_px)
    assert (camera.x, camera.y) == pytest.approx((VIEW.camera.x, VIEW.camera.y), abs=0.02)
    assert camera.metres_per_pixel == pytest.approx(VIEW.camera.metres_per_pixel, rel=1e-7)
    assert camera.bearing_deg == pytest.approx(123.4)


def test_a_view_over_the_pole_or_at_its_edge_can_be_kept():
    for camera in (Camera(0.0, 0.0, 60_000.0), Camera(12_000_000.0, 0.0, 60_000.0)):
        view = view_of(Viewport(camera, 3_840.0, 2_160.0))
        assert 0.0 <= view.lat <= 90.0


def test_a_step_takes_view_layers_looks_and_highlights_and_keeps_its_words():
    thin = replace(STACK.get("zones"), opacity=0.3)
    stack = STACK.with_visible(frozenset(("ports",)), False).with_layer(thin)
    step = StoryStep("a", "A", StepView(), notes="Say it.", caption="Words.", duration_s=42.0)
    found = composing.captured(step, VIEW, stack, first=STACK, features=("lanes/nsr_main",))
    assert (found.notes, found.caption, found.duration_s, found.features) == (
        "Say it.",
        "Words.",
        42.0,
        ("lanes/nsr_main",),
    )
    assert "ports" in found.hidden
    assert "ports" not in found.shown
    assert found.looks == (LayerLook("zones", 0.3, None),)
    assert found.stack(STACK) == stack


def test_a_step_shows_the_same_layers_whatever_the_map_shows_by_then():
    found = composing.captured(STORY.steps[0], VIEW, STACK, first=STACK)
    other = STACK.with_visible(frozenset(("land", "lanes")), False)
    assert [layer.visible for layer in found.stack(other)] == [layer.visible for layer in STACK]


def test_a_look_of_a_layer_that_is_gone_is_passed_over():
    step = replace(STORY.steps[0], looks=(LayerLook("gone", 0.5),), shown=("gone",))
    assert step.stack(STACK) == STACK


def test_steps_are_added_copied_moved_and_taken_out():
    added = composing.with_added(STORY, composing.fresh_step(STORY, "Two"), after=0)
    assert ids(added) == ["one", "two-2", "two", "three"]
    assert ids(composing.with_added(STORY, composing.fresh_step(STORY, "Ωmega"), after=-1))[0] == "mega"
    assert ids(composing.with_copy(STORY, 2)) == ["one", "two", "three", "three-2"]
    assert ids(composing.with_moved(STORY, 0, 2)) == ["two", "three", "one"]
    assert ids(composing.with_moved(STORY, 2, 0)) == ["three", "one", "two"]
    assert ids(composing.without(STORY, 1)) == ["one", "three"]
    assert composing.with_step(STORY, 1, STORY.steps[0]).steps[1] is STORY.steps[0]


def test_a_step_of_a_title_without_latin_letters_has_an_id():
    assert composing.new_id("Мурманск", ()) == "step"
    assert composing.new_id("Мурманск", ("step",)) == "step-2"
