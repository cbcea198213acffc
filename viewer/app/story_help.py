"""The page that tells how a story is made and told."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from viewer.app.main_window import MainWindow
from viewer.panels.page import Page
from viewer.panels.typesetting import Look, set_markdown
from viewer.session import Session

_LOG = logging.getLogger(__name__)
_SIZE_PX = (620, 720)
_LOST = "The page cannot be read. Install the program again.\n\nThe keys are on the sheet that F1 opens."


def open_help(window: MainWindow, session: Session, *, resources: Path) -> None:
    """Show the page beside the work; it blocks nothing, and Esc closes it."""
    dialog = QDialog(window)
    dialog.setObjectName("storyHelp")
    dialog.setWindowTitle("Make a story and tell it")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.resize(*_SIZE_PX)
    page = Page("How a story is made and told", margin_px=28, head_px=20)
    page.show_document(set_markdown(_text(resources / "help" / "stories.md"), Look(session.palette)))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(page)
    dialog.show()


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        _LOG.warning("The help page cannot be read (%s).", error)
        return _LOST
