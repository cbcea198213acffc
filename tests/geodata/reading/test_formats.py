import pytest

from geodata.errors import ReadingError
from geodata.reading.formats import format_of, name_filter


@pytest.fixture
def file(tmp_path):
    def make(name, content=b"x"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return make


@pytest.mark.parametrize("name", ["a.vrt", "a.exe", "a", "a.tif", "a.sqlite", "a.gml"])
def test_kinds_that_are_not_on_the_list_are_refused(file, name):
    with pytest.raises(ReadingError, match="cannot be opened"):
        format_of(file(name, b"<OGRVRTDataSource>"))


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.shp", "a.fgb", "a.kml", "a.kmz", "a.gpx", "a.zip"])
def test_a_virtual_dataset_under_another_name_is_refused(file, name):
    with pytest.raises(ReadingError, match="its content is no"):
        format_of(file(name, b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>"))


@pytest.mark.parametrize("head", [b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'])
def test_markup_with_entities_of_its_own_is_refused(file, head):
    with pytest.raises(ReadingError, match="entities"):
        format_of(file("a.kml", head))


def test_white_space_and_a_byte_order_mark_may_come_first(file):
    assert format_of(file("a.json", b'\xef\xbb\xbf\n {"type":')).name == "GeoJSON"
    assert format_of(file("a.GPX", b"  <gpx>")).name == "GPX"


def test_what_is_no_file_is_refused(file, tmp_path):
    for path in (tmp_path, tmp_path / "missing.gpkg", file("empty.geojson", b" \n")):
        with pytest.raises(ReadingError):
            format_of(path)


def test_the_dialog_offers_all_kinds_first():
    assert name_filter().startswith("All that can be opened (*.gpkg ")
