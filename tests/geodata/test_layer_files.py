"""Layers whose prepared file is lost come from their lon/lat file; where that is lost too, both are named."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from geodata import layer_files, prepared
from geodata.errors import PreparedError

LAYERS = Path(__file__).parents[2] / "resources" / "layers"


@pytest.fixture
def folder(tmp_path) -> Path:
    copy = tmp_path / "layers"
    copy.mkdir()
    for name in ("alaska", "bases", "lanes"):
        for ending in ("fgb", "prepared"):
            shutil.copy(LAYERS / f"{name}.{ending}", copy)
    return copy


@pytest.fixture
def cache(tmp_path) -> Path:
    return tmp_path / "cache"


def read(layer_id, folder, cache):
    return layer_files.read(layer_id, folder, cache=lambda: cache)


def spoiled(path: Path, how: str) -> None:
    whole = path.read_bytes()
    if how == "missing":
        path.unlink()
    elif how == "a folder":
        path.unlink()
        path.mkdir()
    else:
        half = len(whole) // 2
        changed = {
            "empty": b"",
            "cut short": whole[:half],
            "zeroed": bytes(len(whole)),
            "of another version": whole.replace(b"ARCTIC LAYER v2\n", b"ARCTIC PREPARED\n"),
            "flipped": whole[:half] + bytes([whole[half] ^ 0xFF]) + whole[half + 1 :],
            "text": b"Not a layer.\n" * 100,
        }
        path.unlink()  # whoever has it mapped keeps it whole
        path.write_bytes(changed[how])


DAMAGES = ("missing", "a folder", "empty", "cut short", "zeroed", "of another version", "flipped", "text")


@pytest.mark.parametrize("how", DAMAGES)
def test_a_lost_prepared_file_is_made_anew_from_the_layer(folder, cache, how):
    wanted = prepared.read(folder / "bases.prepared")
    spoiled(folder / "bases.prepared", how)
    made = read("bases", folder, cache)
    assert (made.id, made.geometry, made.attributes) == (wanted.id, wanted.geometry, wanted.attributes)
    assert np.abs(made.levels[0].coords - wanted.levels[0].coords).max() <= 1


@pytest.mark.parametrize("name", ["alaska", "lanes"])
def test_what_is_made_anew_covers_what_was_shipped(folder, cache, name):
    wanted = prepared.read(folder / f"{name}.prepared")
    (folder / f"{name}.prepared").unlink()
    made = read(name, folder, cache)
    assert [level.tolerance_m for level in made.levels] == [level.tolerance_m for level in wanted.levels]
    for ours, theirs in zip(made.levels, wanted.levels, strict=True):
        edges = [level.bounds[:, :2].min(axis=0).tolist() for level in (ours, theirs)]
        assert edges[0] == pytest.approx(edges[1], abs=2 * max(ours.tolerance_m, 1.0))


def test_a_file_that_holds_another_layer_is_not_taken_for_it(folder, cache):
    shutil.copy(folder / "bases.prepared", folder / "alaska.prepared")
    assert read("alaska", folder, cache).geometry == "polygon"


def test_what_was_made_anew_is_kept_and_made_once(folder, cache, monkeypatch):
    (folder / "bases.prepared").unlink()
    read("bases", folder, cache)
    monkeypatch.setattr("geodata.remake.remade", None)
    assert read("bases", folder, cache).id == "bases"


@pytest.mark.parametrize("how", DAMAGES[1:])
def test_a_damaged_cache_is_made_anew(folder, cache, how):
    (folder / "bases.prepared").unlink()
    read("bases", folder, cache)
    (kept,) = (cache / "layers").iterdir()
    spoiled(kept, how)
    assert read("bases", folder, cache).id == "bases"


def test_the_cache_follows_the_layer_it_was_made_from(folder, cache):
    (folder / "bases.prepared").unlink()
    read("bases", folder, cache)
    shutil.copy(folder / "alaska.fgb", folder / "bases.fgb")
    assert read("bases", folder, cache).geometry == "polygon"
    assert len(list((cache / "layers").iterdir())) == 1


def test_a_cache_that_cannot_be_written_is_done_without(folder, tmp_path):
    (folder / "bases.prepared").unlink()
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    assert read("bases", folder, in_the_way).id == "bases"
    assert read("bases", folder, None).id == "bases"


@pytest.mark.parametrize("how", ["missing", "empty", "cut short", "zeroed", "text"])
def test_where_both_files_are_lost_both_are_named_with_what_to_do(folder, cache, how):
    spoiled(folder / "lanes.prepared", how)
    spoiled(folder / "lanes.fgb", how)
    with pytest.raises(PreparedError) as caught:
        read("lanes", folder, cache)
    text = str(caught.value)
    assert str(folder / "lanes.fgb") in text
    assert "lanes.prepared" in text
    assert "Restore" in text
    assert "Errno" not in text


def test_any_change_of_the_layers_file_is_read_or_told(folder, cache):
    (folder / "lanes.prepared").unlink()
    source = folder / "lanes.fgb"
    whole = source.read_bytes()
    random = np.random.default_rng(1)
    for at in random.integers(0, len(whole), 60).tolist():
        source.write_bytes(whole[:at] + random.bytes(32) + whole[at + 32 :])
        try:
            assert read("lanes", folder, None).id == "lanes"
        except PreparedError as problem:
            assert "lanes.fgb" in str(problem)
