"""Two changes of one row come together where they touch different parts."""

import json

from hypothesis import given
from hypothesis import strategies as st

from geodata.joining import joined

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["x", "y"]),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
ROWS = st.dictionaries(st.sampled_from(["a", "b", "c", "modified"]), VALUES, max_size=4)


def row(**members):
    return json.dumps(members)


def test_changes_of_different_parts_are_both_there():
    before = row(title="A", properties={"body": "x", "kind": "note"})
    ours = row(title="B", properties={"body": "x", "kind": "note"})
    theirs = row(title="A", properties={"body": "y", "kind": "note", "date": "2025"})
    expected = {"title": "B", "properties": {"body": "y", "kind": "note", "date": "2025"}}
    assert json.loads(joined(before, ours, theirs)) == expected


def test_two_changes_of_one_part_are_left_to_people():
    assert joined(row(title="A"), row(title="B"), row(title="C")) is None


def test_what_is_gone_or_no_table_is_left_to_people():
    assert joined(None, row(a=1), row(b=1)) is None
    assert joined(row(a=1), None, row(a=2)) is None
    assert joined("x", "y", "z") is None


def test_the_later_time_of_change_stands():
    before, ours, theirs = row(a=1, b=1, modified="1"), row(a=2, b=1, modified="3"), row(a=1, b=2, modified="2")
    assert json.loads(joined(before, ours, theirs)) == {"a": 2, "b": 2, "modified": "3"}


@given(ROWS, ROWS, ROWS)
def test_it_does_not_matter_which_copy_is_ours_and_no_change_is_lost(before, ours, theirs):
    texts = [json.dumps(table) for table in (before, ours, theirs)]
    both = joined(*texts)
    assert both == joined(texts[0], texts[2], texts[1])
    if both is None:
        return
    merged, gone = json.loads(both), object()
    for name in {*before, *ours, *theirs} - {"modified"}:
        values = [json.dumps(table.get(name, "gone")) for table in (before, ours, theirs)]
        if values[1] == values[0]:
            assert json.dumps(merged.get(name, "gone")) == values[2] or isinstance(theirs.get(name, gone), dict)
        elif values[2] == values[0]:
            assert json.dumps(merged.get(name, "gone")) == values[1] or isinstance(ours.get(name, gone), dict)
