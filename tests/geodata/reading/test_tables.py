import pytest
import shapely

from geodata.errors import ReadingError
from geodata.reading.outcome import WhichColumns
from geodata.reading.tables import read_table, read_wkt


@pytest.fixture
def table(tmp_path):
    def go(text, name="table.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return read_table(path)

    return go


@pytest.mark.parametrize(
    "text",
    [
        "name,lon,lat\nNome,-165.4,64.5",
        "name;Latitude;Longitude\nNome;64,5;-165,4",
        "name\tLAT_DD\tLON_DD\nNome\t64°30'N\t165°24'W",
        'name,position\nNome,"64.5, -165.4"',
        "name,the_geom\nNome,POINT (-165.4 64.5)",
        "name,x,y\nNome,-165.4,64.5",
        "name,wkt\nNome,SRID=4326;POINT (-165.4 64.5)",
    ],
    ids=["lon lat", "decimal commas", "degrees and minutes", "one column", "WKT", "x y", "EWKT"],
)
def test_columns_that_hold_positions_are_recognised(table, text):
    layer = table(text)
    assert layer.geometry[0].equals_exact(shapely.Point(-165.4, 64.5), 1e-9)
    assert layer.columns["name"] == ["Nome"]


def test_only_longitude_and_latitude_say_which_system_they_are_in(table):
    assert table("lon,lat\n1,70").crs == "EPSG:4326"
    assert table("x,y\n1,70").crs is None
    assert table("wkt\nPOINT (1 70)").crs is None


def test_rows_that_do_not_fit_are_named_by_their_line(table):
    layer = table("name,lon,lat\na,1,70\nb,2\nc,,71\nd,3,72\n\ne,4,73,x\n")
    assert list(layer.rows) == [2, 5]
    assert [entry.rows for entry in layer.left_out] == [(3, 7), (4,)]


def test_numbers_become_numbers_and_codes_stay_text(table):
    columns = table("lon,lat,count,share,code,mixed\n1,70,5,0.5,007,5\n2,71,,1,010,five").columns
    assert columns["count"] == [5, None]
    assert columns["share"] == [0.5, 1.0]
    assert columns["code"] == ["007", "010"]
    assert columns["mixed"] == ["5", "five"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_found_out(table, encoding):
    assert table("name,lon,lat\nTromsø,18.9,69.6", encoding=encoding).columns["name"] == ["Tromsø"]


def test_columns_without_a_name_or_with_a_name_that_is_taken_get_one(table):
    assert list(table("lon,lat,,a,a\n1,70,p,q,r").columns) == ["lon", "lat", "column 3", "a", "a (5)"]


@pytest.mark.parametrize("text", ["lon,lat\n", "\n\n"])
def test_a_table_without_positions_is_refused_in_plain_words(table, text):
    with pytest.raises(ReadingError):
        table(text)


def test_a_table_whose_positions_are_not_found_is_asked_about(table):
    asked = table("a,b\n1,2")
    assert isinstance(asked, WhichColumns)
    assert (asked.guess, asked.names, asked.rows) == (None, ("a", "b"), (("1", "2"),))


def test_wkt_is_read_line_by_line(tmp_path):
    path = tmp_path / "shapes.wkt"
    path.write_text("POINT (1 70)\n\nLINESTRING (1 70, 2 71)\nnonsense\n")
    layer = read_wkt(path)
    assert list(layer.rows) == [1, 3]
    assert layer.left_out[0].rows == (4,)
