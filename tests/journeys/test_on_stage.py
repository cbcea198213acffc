"""A presenter with one screen: through the story, black, a stroke of the pen, and back to the editor as it was."""

import random

from person import wait_until

AUDIENCE = "next((w for w in app.topLevelWidgets() if w.objectName() == 'audience' and w.isVisible()), None)"
STEP = "window.story_strip.index"
EDITOR = "[session.camera.x, session.camera.y, session.camera.metres_per_pixel, window.story_strip.index]"
OTHERS = (
    "[type(w).__name__ for w in app.topLevelWidgets() if w.isVisible() and w is not window"
    " and w.objectName() not in ('audience', 'console')]"
)
KEYS = """
Right Left space Next Prior Return BackSpace Home End b w period f p r l o d c z plus minus s t n 1 2 9 x q
Tab F1 F5 F11 ctrl+q ctrl+k ctrl+z alt+Left shift+F5 question Up Down Delete
""".split()  # noqa: SIM905 - a list of forty words is read best as words
PRESSES = 300


def titles(person) -> list[str]:
    return person.see("[step.title for step in window.story_strip.story.steps]")


def test_space_plays_the_story_in_the_window(person):
    person.wait_to_see("canvas is not None and canvas.is_sharp")
    person.key("space")
    person.wait_to_see(f"{STEP} == 0")
    person.key("space")
    person.wait_to_see(f"{STEP} == 1 and session.annotation.id == 'distance_moscow' and len(session.glow) == 3")
    person.key("shift+space")
    person.wait_to_see(f"{STEP} == 0")
    assert person.see("problems") == []


def test_a_talk_on_one_screen(person):
    person.wait_to_see("canvas is not None and canvas.is_sharp")
    before = person.see(EDITOR)
    named = titles(person)
    person.key("F5")
    person.wait_to_see(f"{AUDIENCE} is not None and {AUDIENCE}.canvas.is_sharp")
    assert person.see(f"{AUDIENCE}.isFullScreen()")
    for number, title in enumerate(named):
        person.wait_to_see(f"{AUDIENCE}.title == {title!r} and {AUDIENCE}.canvas.is_sharp")
        assert person.see(OTHERS) == [], number
        person.key(("Right", "Next", "space", "Return")[number % 4])
    person.key("3", "Return")
    person.wait_to_see(f"{AUDIENCE}.title == {named[2]!r}")
    person.key("b")
    person.wait_to_see(f"{AUDIENCE}.curtain == 'black'")
    person.key("b")
    person.wait_to_see(f"{AUDIENCE}.curtain == ''")
    person.key("d")
    person.use("mousemove", 300, 300, "mousedown", 1, "mousemove", 360, 320, "mousemove", 420, 300, "mouseup", 1)
    person.wait_to_see(f"len({AUDIENCE}.marks.strokes) == 1")
    person.key("c", "Escape")
    person.wait_to_see(f"{AUDIENCE} is None")
    person.wait_to_see("canvas.is_sharp")
    assert person.see(EDITOR) == before
    assert person.see("problems") == []
    assert person.leave() == 0


def test_no_key_but_escape_leaves_the_stage(person):
    person.wait_to_see("canvas is not None and canvas.is_sharp")
    person.key("F5")
    person.wait_to_see(f"{AUDIENCE} is not None")
    chosen = random.Random(20260823).choices(KEYS, k=PRESSES)
    for start in range(0, PRESSES, 30):
        person.key(*chosen[start : start + 30])
        assert person.see(f"{AUDIENCE} is not None")
        assert person.see(OTHERS) == []
    assert person.see("problems") == []
    person.key("Escape")
    person.wait_to_see(f"{AUDIENCE} is None")
    assert person.leave() == 0
    wait_until(lambda: person.process.poll() is not None, what="the program's end")
