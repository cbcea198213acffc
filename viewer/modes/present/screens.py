"""Which screen is the audience's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScreenPlan:
    """Where the windows of a talk go, as positions in the list of screens.

    Attributes
    ----------
    audience : int
        The screen that everybody sees.
    console : int or None
        The speaker's; None where there is one screen only, or all show the same.
    """

    audience: int
    console: int | None = None


def plan(
    names: Sequence[str],
    corners: Sequence[tuple[int, int]],
    *,
    own: int,
    remembered: str = "",
) -> ScreenPlan:
    """Return where audience and speaker look.

    Parameters
    ----------
    names, corners
        Of each screen: what the system calls it, and its top left corner. Screens at the same corner are mirrors.
    own
        The screen that the editor is on; the speaker's, where there is another for the audience.
    remembered
        The name of the screen that was the audience's the last time.
    """
    others = [number for number in range(len(names)) if number != own and corners[number] != corners[own]]
    if not others:
        return ScreenPlan(own)
    known = [number for number in others if names[number] == remembered]
    return ScreenPlan((known or others)[0], own)
