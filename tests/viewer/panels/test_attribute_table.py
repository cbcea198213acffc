import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QTableView

from viewer.model.table import table_of
from viewer.panels.attribute_table import AttributeTable

TABLE = table_of(
    {
        "id": ["1", "2", "3"],
        "name": ["x"] * 3,
        "field:town": ["Nome", "Barrow", "Kotzebue"],
        "field:people": [3_699, 4_927, None],
    }
)


@pytest.fixture
def shown(qtbot):
    dialog = AttributeTable("own-1", "Towns", TABLE)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def towns(dialog):
    model = dialog.model
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def count(dialog):
    return dialog.findChild(QLabel).text()


def test_all_rows_are_shown_in_the_layers_order_at_first(shown):
    assert towns(shown) == ["Nome", "Barrow", "Kotzebue"]
    assert shown.model.headerData(1, Qt.Orientation.Horizontal) == "people"
    assert count(shown) == "3 rows"


def test_a_click_on_a_head_sorts_and_another_the_other_way_round(qtbot, shown):
    header = shown.findChild(QTableView).horizontalHeader()
    at = QPoint(header.sectionViewportPosition(1) + 10, 8)
    seen = []
    for _ in range(2):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        seen.append(towns(shown))
    assert sorted(seen) == [["Barrow", "Nome", "Kotzebue"], ["Nome", "Barrow", "Kotzebue"]]
    shown.model.sort(-1)
    assert towns(shown) == ["Nome", "Barrow", "Kotzebue"]


def test_typing_finds_rows(qtbot, shown):
    with qtbot.waitSignal(shown.model.modelReset):
        qtbot.keyClicks(shown.findChild(QLineEdit), "49")
    assert towns(shown) == ["Barrow"]
    assert count(shown) == "1 of 3 rows"


def test_a_row_that_is_chosen_names_its_feature(qtbot, shown):
    view = shown.findChild(QTableView)
    shown.model.sort(0)
    with qtbot.waitSignal(shown.feature_chosen) as chosen:
        qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(shown.model.index(0, 0)).center()
        )
    assert chosen.args == ["own-1/2"]


def test_a_feature_selected_on_the_map_marks_its_row_without_choosing_it_again(qtbot, shown):
    chosen = []
    shown.feature_chosen.connect(chosen.append)
    shown.show_feature("own-1/3")
    selection = shown.findChild(QTableView).selectionModel()
    assert [index.row() for index in selection.selectedRows()] == [2]
    shown.show_feature("other/3")
    assert selection.selectedRows() == []
    assert chosen == []


def test_many_rows_are_searched_and_sorted_beside_the_window_and_the_last_wish_counts(qtbot):
    count = 30_000
    table = table_of({"id": list(range(count)), "name": [f"n{number % 1000:04}" for number in range(count)]})
    dialog = AttributeTable("own-1", "Many", table)
    qtbot.addWidget(dialog)
    dialog.show()
    model = dialog.model
    for text in ("n0001", "n0002", "n0003"):
        model.find(text)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: model.rowCount() == count // 1000)
    assert model.data(model.index(0, 0)) == "n0003"
    model.find("n0004")
    dialog.close()
