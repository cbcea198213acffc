from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from viewer.app.actions import ACTIONS, keys_of, make_actions
from viewer.app.cheat_sheet import CheatSheet


def test_no_two_actions_share_a_key():
    keys = [key for spec in ACTIONS for key in (*spec.keys, *spec.map_keys)]
    assert len(keys) == len(set(keys))


def test_an_action_has_the_tables_text_and_keys(qapp):
    parent = QObject()
    actions = make_actions(parent)
    assert set(actions) == {spec.id for spec in ACTIONS}
    assert actions["quit"].text() == "Quit"
    assert [key.toString() for key in actions["cheat_sheet"].shortcuts()] == ["?", "F1"]


def test_keys_that_the_map_answers_are_not_bound_a_second_time(qapp):
    parent = QObject()
    assert make_actions(parent)["home"].shortcuts() == []


def test_the_cheat_sheet_lists_every_action_that_has_a_key(qtbot):
    sheet = CheatSheet()
    qtbot.addWidget(sheet)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    for spec in ACTIONS:
        if keys_of(spec):
            assert {spec.text, *keys_of(spec)} <= words
