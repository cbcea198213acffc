import json

import pytest

from viewer.model.settings import Settings, expected_map, read, write

CHOSEN = Settings(theme="dark", position_style="dms", window_geometry="AAA=", window_state="BBB=")


def test_settings_come_back_as_they_were_written(tmp_path):
    file = tmp_path / "new folder" / "settings.json"
    write(CHOSEN, file)
    assert read(file) == CHOSEN


def test_without_a_file_there_are_defaults(tmp_path):
    assert read(tmp_path / "none.json") == Settings()


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"null", b"\xff\xfe", b"[" * 100_000, b'"words"'], ids=repr)
def test_a_broken_file_gives_defaults(tmp_path, content):
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    assert read(file) == Settings()


def test_only_what_is_wrong_in_a_file_has_its_default(tmp_path):
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"theme": "pink", "position_style": "dms", "window_state": 7, "later": True}))
    assert read(file) == Settings(position_style="dms")


def test_an_older_file_stays_whole_when_writing_fails(tmp_path, monkeypatch):
    file = tmp_path / "settings.json"
    write(CHOSEN, file)
    monkeypatch.setattr(type(file), "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write(Settings(), file)
    assert read(file) == CHOSEN
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        write(CHOSEN, tmp_path / "file" / "settings.json")


def test_the_map_is_expected_to_be_smaller_than_its_window_by_as_much_as_the_last_time():
    assert expected_map(Settings(around_map="100x50"), width_px=900, height_px=700) == (800, 650)


@pytest.mark.parametrize("around", ["", "x", "100", "-5x7", "ax7", "9" * 5_000 + "x1", "900x10", "10x700"])
def test_where_it_makes_no_sense_no_map_is_expected(around):
    assert expected_map(Settings(around_map=around), width_px=900, height_px=700) == (0, 0)
