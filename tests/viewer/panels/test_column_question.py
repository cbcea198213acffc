"""The question about a table's columns is answered as far as can be guessed, and says what is chosen."""

import pytest

from geodata.reading.outcome import Columns, WhichColumns
from viewer.panels.column_question import ColumnQuestion

GUESS = Columns("lonlat", "east", "north", (("seen", "day first"),))
TABLE = WhichColumns(
    (), "", ("name", "east", "north", "seen"), (("Nome", "-165", "64", "01.02.2024"),), GUESS, ("name",)
)


@pytest.fixture
def ask(qtbot):
    def go(table=TABLE):
        question = ColumnQuestion("towns.csv", table)
        qtbot.addWidget(question)
        question.show()
        return question

    return go


def test_what_is_guessed_is_chosen_already(ask, qtbot):
    question = ask()
    with qtbot.waitSignal(question.answered) as heard:
        question._open.click()
    assert heard.args == [GUESS]


def test_another_way_asks_for_one_column_alone(ask):
    question = ask()
    question._way.setCurrentIndex(question._way.findData("mgrs"))
    question._first.setCurrentText("name")
    question._category.setCurrentText("name")
    assert not question._second.isVisible()
    assert question.columns == Columns("mgrs", "name", "", GUESS.kinds, "name")


def test_one_column_cannot_be_both_longitude_and_latitude(ask):
    question = ask()
    question._second.setCurrentText("east")
    assert not question._open.isEnabled()


def test_another_sheet_is_looked_at_first(ask, qtbot):
    question = ask(WhichColumns(("A", "B"), "A", (), (), None, ()))
    assert not question._open.isEnabled()
    question._sheet.setCurrentText("B")
    with qtbot.waitSignal(question.sheet_chosen) as heard:
        question._sheet.activated.emit(1)
    assert heard.args == [Columns("", "", sheet="B")]
