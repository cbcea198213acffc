import stat
import zipfile

import pytest

from geodata.errors import ReadingError
from geodata.reading.archives import unpack


@pytest.fixture
def archive(tmp_path):
    def make(**files):
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
            for name, content in files.items():
                opened.writestr(name, content)
        return path

    return make


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "out"
    place.mkdir()
    return place


def test_only_what_a_shapefile_needs_is_unpacked(archive, folder):
    found = unpack(archive(**{"deep/er/a.SHP": b"x", "deep/er/a.dbf": b"y", "deep/er/run.exe": b"z"}), folder)
    assert [path.name for path in found] == ["a.shp"]
    assert sorted(path.name for path in folder.rglob("*.*")) == ["a.dbf", "a.shp"]


def test_files_of_the_same_name_in_two_folders_do_not_mix(archive, folder):
    found = unpack(archive(**{"one/a.shp": b"1", "two/a.shp": b"2"}), folder)
    assert sorted(path.read_bytes() for path in found) == [b"1", b"2"]


@pytest.mark.parametrize("name", ["../a.shp", "/etc/a.shp", "x/../../a.shp", "..\\a.shp"])
def test_a_path_that_leads_out_is_refused(archive, folder, name):
    with pytest.raises(ReadingError, match="outside"):
        unpack(archive(**{name: b"x"}), folder)
    assert list(folder.iterdir()) == []


def test_a_link_is_refused(tmp_path, folder):
    entry = zipfile.ZipInfo("a.shp")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr(entry, "/etc/passwd")
    with pytest.raises(ReadingError, match="outside"):
        unpack(path, folder)


def test_a_bomb_is_refused_before_it_is_unpacked(archive, folder):
    with pytest.raises(ReadingError, match="times its size"):
        unpack(archive(**{"a.shp": bytes(60_000_000)}), folder)
    assert list(folder.iterdir()) == []


def test_an_archive_of_something_else_says_so(archive, folder):
    with pytest.raises(ReadingError, match="no Shapefile"):
        unpack(archive(**{"letter.docx": b"x"}), folder)
