"""Spreadsheets are tables: their columns are guessed, and asked about where that is not sure."""

import zipfile

import pandas as pd
import pyogrio
import pytest

from geodata.errors import ReadingError
from geodata.reading.outcome import Columns, WhichColumns

STATIONS = pd.DataFrame(
    {
        "Station": ["Nome", "Barrow", "Eagle", "Bethel"],
        "Lat": [64.5, 71.3, 64.8, 60.8],
        "Lon": [-165.4, -156.8, -141.2, -161.8],
        "Opened": ["15.08.1949", "01.03.1901", "30.06.1920", "24.12.1923"],
        "Kind": ["port", "ice", "port", "ice"],
        "Code": ["007", "008", "009", "010"],
        "People": [3_699, 4_927, 86, 6_325],
    }
)


@pytest.fixture
def book(tmp_path):
    """Write tables as the sheets of a spreadsheet, with GDAL."""

    def go(**sheets):
        path = tmp_path / "stations.xlsx"
        for number, (name, frame) in enumerate(sheets.items()):
            pyogrio.write_dataframe(frame, path, driver="XLSX", layer=name, append=number > 0)
        return path

    return go


def test_a_spreadsheet_with_positions_becomes_a_layer(book, read_file):
    done, _ = read_file(book(Stations=STATIONS))
    (layer,) = done.layers
    assert (layer.geometry, layer.report.drawn) == ("point", 4)
    assert layer.columns == tuple(STATIONS.columns)


def test_dates_codes_and_numbers_of_a_spreadsheet_keep_their_sense(book, read_file):
    from geodata.writing.write import rows_of

    done, folder = read_file(book(Stations=STATIONS))
    rows = rows_of(folder / done.layers[0].frame)
    values = dict(zip(rows.names, (list(column) for column in rows.values), strict=True))
    assert values["Opened"] == ["1949-08-15", "1901-03-01", "1920-06-30", "1923-12-24"]
    assert values["Code"] == ["007", "008", "009", "010"]
    assert values["People"] == [3_699, 4_927, 86, 6_325]


def test_of_several_sheets_one_is_asked_for(book, read_file):
    other = STATIONS.rename(columns={"Lat": "latitude", "Lon": "longitude"})
    path = book(Notes=pd.DataFrame({"a": ["x", "y"], "b": ["z", "w"]}), Stations=other)
    asked, _ = read_file(path)
    assert isinstance(asked, WhichColumns)
    assert (asked.sheets, asked.sheet, asked.guess) == (("Notes", "Stations"), "Notes", None)
    asked, _ = read_file(path, columns=Columns("", "", sheet="Stations"), asks_columns=True)
    assert (asked.sheet, asked.guess.way, asked.guess.first) == ("Stations", "lonlat", "longitude")
    assert asked.categories == ("Kind",)
    assert dict(asked.guess.kinds) == {"Opened": "day first"}
    done, _ = read_file(path, columns=Columns("lonlat", "longitude", "latitude", category="Kind", sheet="Stations"))
    assert (done.layers[0].report.drawn, done.layers[0].category) == (4, "Kind")


def test_columns_of_any_name_hold_the_position_where_somebody_says_so(book, read_file):
    odd = STATIONS.rename(columns={"Lat": "up", "Lon": "along"})
    path = book(Stations=odd)
    asked, _ = read_file(path)
    assert isinstance(asked, WhichColumns)
    done, _ = read_file(path, columns=Columns("lonlat", "along", "up"))
    assert done.layers[0].report.drawn == 4


def test_grid_references_in_a_column_are_positions(book, read_file):
    frame = pd.DataFrame({"Station": ["Anchorage", "Pole"], "MGRS": ["06VUN4637594187", "ZAH0000000000"]})
    done, _ = read_file(book(Sheet=frame))
    assert done.layers[0].report.drawn == 2


def test_a_column_that_is_gone_is_told(book, read_file):
    with pytest.raises(ReadingError, match="no column along any more"):
        read_file(book(Stations=STATIONS), columns=Columns("lonlat", "along", "Lat"))


@pytest.mark.parametrize("content", ["cut", "bomb", "no book"])
def test_a_spreadsheet_that_is_none_is_refused_in_plain_words(tmp_path, book, read_file, content):
    path = tmp_path / "bad.xlsx"
    if content == "cut":
        path.write_bytes(book(Stations=STATIONS).read_bytes()[:900])
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b" " * (50_000_000 if content == "bomb" else 10))
    with pytest.raises(ReadingError, match="spreadsheet"):
        read_file(path)
