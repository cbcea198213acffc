"""Going from pane to pane with a key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def go_to_pane(panes: Sequence[QWidget | None], by: int) -> None:
    """Give the focus to the next (1) or the previous (-1) of those panes that are to be seen, round and round.

    Where the focus is in none of them, the next one is the first.
    """
    seen = [pane for pane in panes if pane and pane.isVisible()]
    focused = QApplication.focusWidget()
    here = next((i for i, pane in enumerate(seen) if focused and (pane is focused or pane.isAncestorOf(focused))), -1)
    if seen:
        start = here if by > 0 else max(here, 0)
        seen[(start + by) % len(seen)].setFocus(Qt.FocusReason.ShortcutFocusReason)
