"""The quiet list of what there is to mend."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from viewer.model.preflight import Finding
from viewer.panels.preflight import PreflightPanel

NOTE = Finding("The talk", "Only one screen is connected.", "Plug it in.", is_note=True)
FAULT = Finding("Step 2, B", "It has no notes.", "Write them.", 1, "notes")


@pytest.fixture
def panel(qtbot):
    made = PreflightPanel()
    qtbot.addWidget(made)
    made.show()
    return made


def test_faults_come_first_and_each_has_its_buttons(panel):
    panel.show_findings((NOTE, FAULT), slot_s=600.0)
    assert panel.verdict.text() == "1 thing to mend"
    assert panel.slot_min.value() == 10
    first, second = panel.rows
    assert [label.text() for label in first.findChildren(QLabel)] == [FAULT.where, FAULT.what, FAULT.fix]
    assert [button.text() for button in first.findChildren(QPushButton)] == ["Write notes", "Show the step"]
    assert second.findChildren(QPushButton) == []


def test_where_all_is_well_it_says_so(panel):
    panel.show_findings((NOTE,), slot_s=0.0)
    assert panel.verdict.text() == "Nothing to mend. The talk can begin."


def test_a_button_asks_for_its_own_finding(panel):
    asked, chosen = [], []
    panel.fix_requested.connect(asked.append)
    panel.step_chosen.connect(chosen.append)
    panel.show_findings((FAULT,), slot_s=0.0)
    for button in panel.rows[0].findChildren(QPushButton):
        button.click()
    assert (asked, chosen) == ([FAULT], [1])
