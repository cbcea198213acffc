"""What keys and clickers do on stage."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from PySide6.QtCore import Qt

Deed = Literal[
    "next", "back", "first", "last", "black", "white", "freeze", "push", "return", "laser", "spotlight",
    "draw", "undo", "clear", "closer", "farther", "swap", "timer", "notes", "end",
]  # fmt: skip

_K = Qt.Key

DEEDS: Mapping[Qt.Key, Deed] = MappingProxyType(
    {
        **dict.fromkeys((_K.Key_Right, _K.Key_Down, _K.Key_Space, _K.Key_PageDown, _K.Key_F5), "next"),
        **dict.fromkeys((_K.Key_Left, _K.Key_Up, _K.Key_PageUp, _K.Key_Backspace), "back"),
        _K.Key_Home: "first",
        _K.Key_End: "last",
        **dict.fromkeys((_K.Key_B, _K.Key_Period), "black"),
        **dict.fromkeys((_K.Key_W, _K.Key_Comma), "white"),
        _K.Key_F: "freeze",
        _K.Key_P: "push",
        _K.Key_R: "return",
        _K.Key_L: "laser",
        _K.Key_O: "spotlight",
        _K.Key_D: "draw",
        _K.Key_Z: "undo",
        _K.Key_C: "clear",
        **dict.fromkeys((_K.Key_Plus, _K.Key_Equal), "closer"),
        **dict.fromkeys((_K.Key_Minus, _K.Key_Underscore), "farther"),
        _K.Key_S: "swap",
        _K.Key_T: "timer",
        _K.Key_N: "notes",
        _K.Key_Escape: "end",
    }
)
"""Keys without modifiers. F5 goes on: some clickers send it, and Esc and F5 in turn, from one button."""

_ENTERS = (_K.Key_Return, _K.Key_Enter)
_DIGITS = {Qt.Key(_K.Key_0 + digit): digit for digit in range(10)}
_MOST_DIGITS = 3


class StageKeys:
    """Turns keys into deeds; remembers the digits of a step's number until Enter.

    Attributes
    ----------
    number : str
        What was typed so far.
    """

    def __init__(self) -> None:
        self.number = ""

    def press(self, key: Qt.Key) -> Deed | int | None:
        """Take a key; return a deed, the number of a step (from 1), or None where nothing is to be done.

        Any key but a digit or Enter forgets the digits before it.
        """
        if key in _DIGITS:
            self.number = (self.number + str(_DIGITS[key]))[-_MOST_DIGITS:]
            return None
        typed, self.number = self.number, ""
        if key in _ENTERS:
            return int(typed) if typed else "next"
        return DEEDS.get(key)
