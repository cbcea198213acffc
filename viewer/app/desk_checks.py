"""What can be seen of screens and of the desktop's settings that could embarrass a speaker."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QScreen

from viewer.model.preflight import Finding

_TALK = "The talk"
_PATIENCE_S = 5.0
_LEAST_HEIGHT_PX = 720
_CAPTION_SHARE = 22 / 1080
_LONGEST_TALK_S = 3600

_ASK_QT = (
    "import json;from PySide6.QtGui import QGuiApplication as A;a=A([]);"
    "print(json.dumps([[s.name(),*s.geometry().getRect()] for s in a.screens()]))"
)

Run = Callable[[Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class ScreenSeen:
    """A screen: what the system calls it, where its corner is, and its size in logical pixels."""

    name: str
    corner: tuple[int, int]
    size: tuple[int, int]


def seen(screens: Sequence[QScreen]) -> tuple[ScreenSeen, ...]:
    """Return what there is to say of Qt's screens."""
    rects = [(screen.name(), screen.geometry()) for screen in screens]
    return tuple(ScreenSeen(name, (at.x(), at.y()), (at.width(), at.height())) for name, at in rects)


def seen_beside() -> tuple[ScreenSeen, ...]:
    """Return the screens as a process beside this one sees them; none where there is no display to be had."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return ()
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    command = [sys.executable, "-c", _ASK_QT]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S, check=True, env=environment)
        found = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return ()
    return tuple(ScreenSeen(str(name), (x, y), (width, height)) for name, x, y, width, height in found)


def of_screens(screens: Sequence[ScreenSeen]) -> tuple[Finding, ...]:
    """Return what is to be said of the screens; nothing where none are known."""
    return tuple(_of_screens(screens))


def _of_screens(screens: Sequence[ScreenSeen]) -> Iterator[Finding]:
    if len(screens) == 1:
        what = "Only one screen is connected."
        fix = "Plug the projector in for a console with notes and clock; without it the talk has this screen."
        yield Finding(_TALK, what, fix, is_note=True)
    corners = [screen.corner for screen in screens]
    if len(set(corners)) < len(corners):
        fix = "Extend the desktop in the system's display settings, or the console cannot be shown."
        yield Finding(_TALK, "The screens show the same picture.", fix)
    low = [screen for screen in screens if screen.size[1] < _LEAST_HEIGHT_PX]
    for screen in low:
        width, height = screen.size
        letters = max(height * _CAPTION_SHARE, 22 * 0.6)
        what = f"{screen.name} has {width} × {height} pixels, so that captions are {letters:.0f} pixels high."
        yield Finding(_TALK, what, "Set it to its full resolution, or keep captions short and say them.")


def of_settings(run: Run | None = None) -> tuple[Finding, ...]:
    """Return what is to be said of sleep and notifications, as far as the desktop tells.

    Parameters
    ----------
    run
        Runs a program and returns what it prints, or nothing where it cannot be had.
    """
    return tuple(_of_settings(run or _run))


def _of_settings(run: Run) -> Iterator[Finding]:
    banners = run(("gsettings", "get", "org.gnome.desktop.notifications", "show-banners"))
    if banners == "true":
        fix = "Turn on “Do not disturb” before the talk."
        yield Finding(_TALK, "Notifications may pop up over the map.", fix, is_note=True)
    idle = run(("gsettings", "get", "org.gnome.desktop.session", "idle-delay")).rpartition(" ")[2]
    blank = idle if idle.isdecimal() and int(idle) else _screen_saver_s(run(("xset", "q")))
    if blank and int(blank) < _LONGEST_TALK_S:
        what = f"The screen goes dark after {int(blank) // 60} min without a key."
        fix = "A show holds it awake where the desktop allows; to be sure, set it to “never” in the power settings."
        yield Finding(_TALK, what, fix, is_note=True)


def _screen_saver_s(text: str) -> str:
    """Return after how many seconds X darkens the screen, as digits; empty for never or unknown."""
    words = text.split()
    found = [words[number + 1] for number, word in enumerate(words[:-1]) if word == "timeout:"]
    return found[0] if found and found[0].isdecimal() and int(found[0]) else ""


def _run(command: Sequence[str]) -> str:
    program = shutil.which(command[0])
    if program is None:
        return ""
    try:
        done = subprocess.run([program, *command[1:]], capture_output=True, text=True, timeout=_PATIENCE_S, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
