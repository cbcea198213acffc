"""A person types what they look for, in either script or with a typo, and comes to it."""

import os
import subprocess

import pytest
from person import person_at

BOX = "window.findChild(QtWidgets.QWidget, 'searchBox')"
FORWARD = "__import__('geodata.stereographic', fromlist=['x']).forward({}, {})"
SPOT = f"session.viewport.to_screen(*[float(v) for v in {FORWARD}])"
ACTION = "window.window_actions['search']"
BUTTON = f"[b for b in {ACTION}.associatedObjects() if isinstance(b, QtWidgets.QToolButton)][0]"
IS_SEEN = "(lambda p: 0 <= p[0] <= canvas.width() and 0 <= p[1] <= canvas.height())({})"


def is_seen(lon, lat):
    return IS_SEEN.format(SPOT.format(lon, lat))


@pytest.mark.parametrize("typed", ["мурманск", "Murmnask", "69N 33E"])
def test_typed_words_lead_to_murmansk(display, tmp_path, typed):
    with person_at(display, tmp_path, "--theme", "light") as person:
        person.wait_to_see("canvas is not None and canvas.is_sharp")
        person.key("ctrl+k")
        person.wait_to_see(f"{BOX} is not None and {BOX}.line.hasFocus()")
        subprocess.run(["setxkbmap", "us,ru"], env=os.environ | {"DISPLAY": display}, check=True)
        person.use("type", "--delay", 80, typed)
        person.wait_to_see(f"{BOX}.list.count() > 0")
        person.key("Return")
        person.wait_to_see("session.camera.metres_per_pixel < 3000 and canvas.is_sharp")
        assert person.see(is_seen(33.08, 68.97))
        assert person.see("problems") == []
        assert person.leave() == 0


def test_answers_are_looked_at_with_arrows_and_esc_comes_back(display, tmp_path):
    with person_at(display, tmp_path, "--theme", "dark") as person:
        person.wait_to_see("canvas is not None and canvas.is_sharp")
        before = person.see("[session.camera.x, session.camera.y, session.camera.metres_per_pixel]")
        person.click(*person.see(f"middle_of({BUTTON})"))
        person.wait_to_see(f"{BOX} is not None and {BOX}.line.hasFocus()")
        person.use("type", "norilsk")
        person.wait_to_see(f"{BOX}.list.count() > 1")
        person.key("Down")
        person.wait_to_see("session.camera.metres_per_pixel < 3000 and canvas.is_sharp")
        assert person.see("session.annotation is None and session.selection is None")
        person.key("Escape")
        person.wait_to_see(f"canvas.is_sharp and abs(session.camera.metres_per_pixel / {before[2]} - 1) < 1e-6")
        person.key("ctrl+k")
        person.use("type", "legend")
        person.wait_to_see(f"{BOX}.list.count() > 0")
        person.key("Return")
        person.wait_to_see("session.legend_shown")
        assert person.see("problems") == []
        assert person.leave() == 0
