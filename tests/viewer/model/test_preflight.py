"""What is found wrong with a talk before it is given."""

from dataclasses import replace

import pytest

from viewer.model.palette import Palette
from viewer.model.preflight import Finding, Surroundings, check, contrast, mended
from viewer.model.story import LayerLook, StepView, Story, StoryStep

SOUND = StoryStep(
    "a",
    "A step",
    StepView("arctic"),
    caption="Words.",
    features=("lanes/nsr", "land/"),
    annotation="nsr",
    passage="p",
    shown=("lanes",),
    notes="Say it.",
)
COLOURS = Palette("light", {"ui_text": (20, 20, 20, 255), "ui_panel": (255, 255, 255, 255)})
FAINT = Palette("dark", {"ui_text": (120, 120, 120, 255), "ui_panel": (60, 60, 60, 255)})
THERE = Surroundings(
    layers={"lanes", "land"},
    annotations={"nsr"},
    passages={"p"},
    has_feature=lambda layer, feature: (layer, feature) == ("lanes", "nsr"),
    palettes=(COLOURS,),
)


def found(there=THERE, slot_s=None, **changes):
    return check(Story("Talk", (replace(SOUND, **changes),)), there, slot_s=slot_s)


def test_nothing_is_found_in_a_talk_that_is_well_prepared():
    assert found(slot_s=60) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"shown": ("roads",)}, "no layer roads"),
        ({"hidden": ("roads",)}, "no layer roads"),
        ({"features": ("roads/e6",)}, "no layer roads for roads/e6"),
        ({"features": ("lanes/gone",)}, "no feature lanes/gone"),
        ({"annotation": "gone"}, "no annotation gone"),
        ({"passage": "gone"}, "no passage gone"),
        ({"notes": ""}, "no notes"),
        ({"is_timed": False}, "no time; 60 s are counted"),
        ({"title": "A" * 61}, "title has 61 characters"),
        ({"caption": "A" * 201}, "caption has 201 characters"),
        ({"slot_s": 45}, "planned for 1:00, and the slot is 0:45. Take 0:15 out"),
        ({"there": replace(THERE, palettes=(FAINT,))}, "In the dark colours text stands out"),
        ({"there": replace(THERE, fonts_lost=("Inter is missing.",))}, "Inter is missing"),
    ],
)
def test_a_planted_fault_is_found_alone_and_with_what_to_do(changes, said):
    (finding,) = found(**changes)
    assert said in str(finding)
    assert finding.fix


def test_eight_faults_at_once_are_all_found_and_say_their_step():
    ill = {"shown": ("x",), "features": ("lanes/x",), "annotation": "x", "passage": "x", "notes": "", "is_timed": False}
    findings = found(there=replace(THERE, palettes=(FAINT,)), slot_s=45, **ill)
    assert len(findings) == 8
    assert [finding.where for finding in findings] == ["The talk"] * 2 + ["Step 1, A step"] * 6


def test_black_on_white_is_the_greatest_contrast_there_is():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((9, 9, 9), (9, 9, 9)) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"shown": ("lanes", "roads")},
        {"hidden": ("roads",)},
        {"looks": (LayerLook("roads", 0.5),)},
        {"features": ("lanes/nsr", "lanes/gone")},
        {"features": ("roads/e6",)},
        {"annotation": "gone"},
        {"passage": "gone"},
        {"is_timed": False},
        {"slot_s": 45},
    ],
)
def test_what_can_be_mended_at_a_word_is_gone_afterwards(changes):
    slot_s = changes.pop("slot_s", None)
    story = Story("Talk", (replace(SOUND, **changes),))
    (finding,) = check(story, THERE, slot_s=slot_s)
    assert finding.remedy in ("drop", "time", "slot")
    story = mended(story, finding, slot_s=slot_s)
    assert check(story, THERE, slot_s=slot_s) == ()
    assert story.steps[0].notes == SOUND.notes


def test_what_a_person_has_to_write_is_left_to_them():
    for changes in ({"notes": ""}, {"caption": "A" * 201}):
        story = Story("Talk", (replace(SOUND, **changes),))
        (finding,) = check(story, THERE)
        assert finding.remedy in ("notes", "words")
        assert mended(story, finding) == story


def test_the_slot_that_a_story_names_itself_is_held_against_it():
    (finding,) = check(Story("Talk", (SOUND,), slot_s=30.0), THERE)
    assert "slot is 0:30" in finding.what
    assert check(Story("Talk", (SOUND,), slot_s=30.0), THERE, slot_s=90.0) == ()


def test_what_is_said_of_the_desk_is_told_with_the_talk():
    note = Finding("The talk", "Only one screen.", "Plug it in.", is_note=True)
    assert check(Story("Talk", (SOUND,)), replace(THERE, desk=(note,))) == (note,)
