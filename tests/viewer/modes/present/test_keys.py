"""Keys and clickers on stage."""

import pytest
from PySide6.QtCore import Qt

from viewer.modes.present.keys import DEEDS, StageKeys

K = Qt.Key


@pytest.mark.parametrize(
    ("keys", "deed"),
    [
        ((K.Key_Right, K.Key_Space, K.Key_PageDown, K.Key_Return), "next"),
        ((K.Key_Left, K.Key_PageUp, K.Key_Backspace), "back"),
        ((K.Key_B, K.Key_Period), "black"),
        ((K.Key_Escape,), "end"),
    ],
)
def test_every_usual_clicker_works(keys, deed):
    assert {StageKeys().press(key) for key in keys} == {deed}


def test_only_escape_ends_the_talk():
    assert [key for key, deed in DEEDS.items() if deed == "end"] == [K.Key_Escape]


def test_digits_and_enter_name_a_step():
    keys = StageKeys()
    assert [keys.press(key) for key in (K.Key_1, K.Key_2, K.Key_Enter)] == [None, None, 12]
    assert keys.press(K.Key_Enter) == "next"


def test_another_key_forgets_the_digits():
    keys = StageKeys()
    keys.press(K.Key_7)
    assert keys.press(K.Key_X) is None
    assert keys.press(K.Key_Return) == "next"
