"""Two copies of a document, changed apart, come together: nothing is lost, and it does not matter who merges."""

import shutil

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import geodata.document
from geodata import document_file, history
from geodata.edits import Edit, Row
from geodata.errors import DocumentError
from geodata.history import replay
from geodata.merging import merge

KEYS = st.tuples(st.sampled_from(("layers", "annotations")), st.sampled_from("abcde"))
CHANGES = st.lists(st.tuples(KEYS, st.none() | st.sampled_from("xyz")), max_size=6)
TOWNS = gpd.GeoDataFrame({"name": ["Nome"]}, geometry=[shapely.Point(-165.4, 64.5)], crs="EPSG:4326")


def grown(entries, changes, who):
    """A history that goes on with these changes, one an entry."""
    chain = list(entries)
    for (table, key), value in changes:
        before = replay(chain).get((table, key))
        edit = Edit(f"set {key}", (Row(table, key, before, value),))
        entry = history.entry_of(
            edit, number=len(chain) + 1, kind="edit", who=who, at=f"2026-01-01T00:00:{len(chain):02}"
        )
        chain.append(entry.sealed(chain[-1].seal if chain else ""))
    return tuple(chain)


BEGIN = [(("layers", "a"), "begin")]


@given(CHANGES, CHANGES, CHANGES)
@settings(deadline=None)
def test_merging_one_way_and_the_other_gives_the_same_and_loses_no_edit(shared, left, right):
    common = grown((), BEGIN + shared, "ana")
    ours, theirs = grown(common, left, "ben"), grown(common, right, "eva")
    merged, turned = merge(ours, theirs), merge(theirs, ours)
    assert merged.rows == turned.rows
    assert merged.history == turned.history
    before, mine, other = replay(common), replay(ours), replay(theirs)
    conflicts = {conflict.key for conflict in merged.conflicts}
    for key in {*before, *mine, *other}:
        values = before.get(key), mine.get(key), other.get(key)
        if key in conflicts:
            assert len(set(values)) == 3 or values[1] != values[2]
            assert merged.rows.get(key) in values[1:]
        else:
            changed = [value for value in values[1:] if value != values[0]]
            assert merged.rows.get(key) == (changed[0] if changed else values[0])
    assert replay(merged.history) == merged.rows
    told = [(entry.who, entry.what, entry.rows) for entry in merged.history]
    assert all((entry.who, entry.what, entry.rows) in told for entry in (*ours, *theirs))


@given(CHANGES, CHANGES)
@settings(deadline=None)
def test_a_merged_history_is_whole_and_merging_again_changes_nothing(left, right):
    common = grown((), BEGIN, "ana")
    ours, theirs = grown(common, left, "ben"), grown(common, right, "eva")
    merged = merge(ours, theirs)
    for number, (entry, previous) in enumerate(zip(merged.history, (None, *merged.history), strict=False), start=1):
        assert entry.number == number
        assert entry == entry.sealed(previous.seal if previous else "")
    assert merge(merged.history, ours).rows == merged.rows


def test_what_is_chosen_stands():
    common = grown((), BEGIN, "ana")
    ours = grown(common, [(("layers", "a"), "mine")], "ben")
    theirs = grown(common, [(("layers", "a"), "yours")], "eva")
    (conflict,) = merge(ours, theirs).conflicts
    assert (conflict.before, conflict.ours, conflict.theirs) == ("begin", "mine", "yours")
    for value in ("mine", "yours", "both", None):
        assert merge(ours, theirs, chosen={conflict.key: value}).rows.get(conflict.key) == value


def test_two_documents_that_never_were_one_are_refused():
    with pytest.raises(DocumentError, match="not copies of one document"):
        merge(grown((), BEGIN, "ana"), grown((), BEGIN, "ben"))


def content(path):
    with document_file.reading(path) as connection:
        names = [row[0] for row in connection.execute("SELECT table_name FROM gpkg_contents ORDER BY 1")]
        tables = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
        tables.pop("arcticmap_meta")
        rows = connection.execute("SELECT * FROM arcticmap_rows ORDER BY tbl, id").fetchall()
        return rows, tables, tuple(history.entries(connection)), history.damages(connection)


def test_two_forked_documents_come_together_with_the_layers_of_both(tmp_path):
    ours, theirs = tmp_path / "ours.arcticmap", tmp_path / "theirs.arcticmap"
    with geodata.document.open(ours, who="ana") as document:
        document.write("Shared", TOWNS)
        document.save()
    shutil.copy(ours, theirs)
    for path, title, who in ((ours, "Mine", "ben"), (theirs, "Yours", "eva")):
        with geodata.document.open(path, who=who) as document:
            document.write(title, TOWNS)
            document.save()
    both, turned = tmp_path / "both.arcticmap", tmp_path / "turned.arcticmap"
    for path, other, target in ((ours, theirs, both), (theirs, ours, turned)):
        with geodata.document.open(path) as document:
            assert document.merge(other) == ()
            document.save(target)
    assert content(both) == content(turned)
    assert content(both)[3] == ()
    with geodata.document.open(both) as document:
        assert sorted(document.layers) == ["Mine", "Shared", "Yours"]
        assert list(document.read("Yours")["name"]) == ["Nome"]
        assert {entry.who for entry in document.history} == {"ana", "ben", "eva"}


def test_a_damaged_history_is_not_merged(tmp_path):
    path = tmp_path / "a.arcticmap"
    with geodata.document.open(path) as document:
        document.write("Towns", TOWNS)
        document.save()
        damaged = tmp_path / "b.arcticmap"
        damaged.write_bytes(path.read_bytes().replace(b"add layer Towns", b"add layer Tovns"))
        with pytest.raises(DocumentError, match="Entry 1"):
            document.merge(damaged)
