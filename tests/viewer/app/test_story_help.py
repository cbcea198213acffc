"""The help page tells how a story is made, in words that the window uses."""

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog

from viewer.app.actions import ACTIONS
from viewer.app.story_help import open_help
from viewer.panels.page import Page

RESOURCES = Path(__file__).parents[3] / "resources"
PAGE = (RESOURCES / "help" / "stories.md").read_text(encoding="utf-8")


def shown(window):
    return next(found for found in window.findChildren(QDialog, "storyHelp") if found.isVisible())


def closed(dialog):
    dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_page_is_shown_beside_the_work(window, session):
    open_help(window, session, resources=RESOURCES)
    dialog = shown(window)
    assert not dialog.isModal()
    assert "Five steps are a good beginning" in dialog.findChild(Page).toPlainText()
    closed(dialog)


def test_a_lost_page_says_where_the_keys_are(window, session, tmp_path):
    open_help(window, session, resources=tmp_path)
    assert "F1" in shown(window).findChild(Page).toPlainText()
    closed(shown(window))


def test_every_key_of_the_window_that_the_page_names_does_something():
    keys = {key.replace("+", " + ") for spec in ACTIONS for key in spec.keys}
    named = set(re.findall(r"\b(?:Ctrl|Shift)(?: \+ \w+)+", PAGE)) | {"Space", "F5"}
    assert len(named) > 5
    assert named <= keys
