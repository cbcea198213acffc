"""``--verify FILE`` says whether a document's history is whole."""

import geopandas as gpd
import pytest
import shapely

import geodata.document
from viewer.app import startup
from viewer.app.verifying import verify

TOWNS = gpd.GeoDataFrame({"name": ["Nome"]}, geometry=[shapely.Point(-165.4, 64.5)], crs="EPSG:4326")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "north.arcticmap"


def test_the_command_line_names_the_damaged_entry_and_fails(file, capsys):
    with geodata.document.open(file) as document:
        document.write("Towns", TOWNS)
        document.save()
    file.write_bytes(file.read_bytes().replace(b"add layer Towns", b"add layer Tovns"))
    assert startup.run(["--verify", str(file)]) == 1
    assert "Entry 1 (edit: add layer Tovns" in capsys.readouterr().out


def test_a_document_that_is_whole_is_said_to_be_and_what_that_means(file, capsys):
    with geodata.document.open(file) as document:
        document.write("Towns", TOWNS)
        document.save()
    assert verify(file) == 0
    told = capsys.readouterr().out
    assert "all 1 entries" in told
    assert "does not show forgery" in told


def test_verifying_what_is_no_document_fails_in_plain_words(file, capsys):
    assert verify(file) == 1
    assert "There is no such file." in capsys.readouterr().err
