"""A chart: values in words, a cursor for years, picture and colours."""

from pathlib import Path

import pytest

from geodata import series
from viewer.panels.chart import Chart

FACTS = Path(__file__).parents[3] / "resources" / "facts"


@pytest.fixture
def make(qtbot, session):
    made = []

    def chart(name):
        one = Chart(series.read(name, FACTS), session.palette)
        made.append(one)
        qtbot.addWidget(one)
        one.resize(360, one.sizeHint().height())
        one.show()
        return one

    yield chart
    for one in made:
        one.shutdown()


def test_pointing_at_a_year_tells_its_values_with_their_unit(make):
    chart = make("nsr_cargo")
    chart.tell_at(2024.2)
    assert chart.told == "2024: Cargo 37.89 million tonnes; Transit cargo 3.09 million tonnes"
    chart.tell_at(1987.0)
    assert chart.told == "1987: Cargo 6.579 million tonnes"


def test_pointing_at_a_bar_tells_its_value(make):
    chart = make("metals")
    chart.tell_at(0.1)
    assert chart.told == "Palladium: Russia’s share, 2024 39.5 %"


def test_the_cursor_stands_at_a_year_on_charts_of_years_only(make):
    ice, metals = make("september_ice"), make("metals")
    for chart in (ice, metals):
        chart.set_year(2012)
    assert (ice.cursor_year, metals.cursor_year) == (2012, None)
    ice.set_year(None)
    assert ice.cursor_year is None


@pytest.mark.parametrize("name", series.SERIES)
def test_a_chart_can_be_saved_as_a_picture_with_its_source(make, tmp_path, name):
    chart = make(name)
    assert chart.save_picture(tmp_path / "chart.png")
    picture = chart.picture()
    assert 200 < picture.height() / picture.devicePixelRatio() < chart.height()
    assert len({picture.pixel(x, y) for x in range(0, 360, 3) for y in range(0, picture.height(), 3)}) > 5


def test_a_picture_that_cannot_be_written_says_so(make, tmp_path):
    assert not make("metals").save_picture(tmp_path / "nowhere" / "chart.png")
