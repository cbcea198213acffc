"""Whether the person asked their system for less motion."""

from __future__ import annotations

import ctypes
import os
import sys

from PySide6.QtWidgets import QApplication, QStyle

VARIABLE = "ARCTIC_VIEWER_REDUCED_MOTION"
"""Set to anything but 0 or nothing, it means: no motion; to 0: motion, whatever the system says."""

_SPI_GETCLIENTAREAANIMATION = 0x1042


def is_motion_reduced() -> bool:
    """Return whether views should change at once instead of flying and gliding.

    Asks the environment, then Windows itself, then the style, which knows what the desktop asked for. Does not read
    the settings of macOS.
    """
    wanted = os.environ.get(VARIABLE, "")
    if wanted:
        return wanted != "0"
    if sys.platform == "win32":
        return not _windows_animates()
    return QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0


def _windows_animates() -> bool:
    answer = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(answer), 0)  # type: ignore[attr-defined]
    return bool(answer.value)
