import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.model.table import table_of, text_of

TABLE = table_of(
    {
        "id": ["7", "8", "9", "10"],
        "name": ["x", "y", "z", "w"],
        "field:town": ["Nome", "åland", None, "Barrow"],
        "field:people": [3_699, 10, None, 4_927.5],
        "field:mixed": ["b", 2, "", "A"],
    }
)


def ids(rows):
    return [TABLE.ids[row] for row in rows]


def ordered(column, **options):
    return ids(TABLE.ordered(TABLE.all_rows, column, **options))


def test_of_a_persons_layer_only_what_came_with_its_file_is_shown():
    assert TABLE.names == ("town", "people", "mixed")
    assert table_of({"id": ["a"], "name": ["A"], "kind": ["x"]}).names == ("name", "kind")


def test_numbers_are_ordered_by_value_and_missing_ones_come_last_either_way():
    assert ordered(1) == ["8", "7", "10", "9"]
    assert ordered(1, descending=True) == ["10", "7", "8", "9"]


def test_texts_are_ordered_without_regard_to_case_and_after_numbers():
    assert ordered(0) == ["10", "7", "8", "9"]
    assert ordered(2) == ["8", "10", "7", "9"]
    assert ordered(2, descending=True) == ["7", "10", "8", "9"]


def test_rows_are_found_by_all_words_in_any_column():
    assert ids(TABLE.matching("36 no")) == ["7"]
    assert ids(TABLE.matching("ÅLAND")) == ["8"]
    assert ids(TABLE.matching("  ")) == ["7", "8", "9", "10"]
    assert ids(TABLE.matching("nowhere")) == []


def test_only_a_column_of_numbers_is_numeric():
    assert [TABLE.is_numeric(column) for column in range(3)] == [False, True, False]


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (0.1, "0.1"), (3.0, "3"), (True, "True"), ("a", "a"), (10**20, str(10**20))]
)
def test_a_cell_says_its_value(value, text):
    assert text_of(value) == text


@given(st.lists(st.none() | st.integers(-3, 3) | st.sampled_from(["a", "B", ""]), min_size=1), st.booleans())
def test_ordering_keeps_every_row_and_the_order_of_equals(values, descending):
    table = table_of({"id": list(range(len(values))), "name": values})
    rows = table.ordered(table.all_rows, 0, descending=descending)
    assert sorted(rows.tolist()) == list(range(len(values)))
    for one, next_one in itertools.pairwise(rows.tolist()):
        if values[one] == values[next_one]:
            assert one < next_one
    assert rows.dtype == np.int64
