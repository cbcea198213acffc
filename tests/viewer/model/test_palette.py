from pathlib import Path

import pytest

from geodata.errors import CatalogueError
from viewer.model import palette

SHIPPED = Path(__file__).parents[3] / "resources/styles/palette.toml"


def test_both_themes_have_the_same_names():
    read = palette.read(SHIPPED)
    assert set(read["light"].colours) == set(read["dark"].colours)


def test_colours_are_read_with_and_without_alpha(tmp_path):
    path = tmp_path / "palette.toml"
    path.write_text('[light]\na = "#102030"\nb = "#10203040"\n')
    read = palette.read(path)["light"]
    assert (read.rgba("a"), read.rgba("b"), read.css("b")) == ((16, 32, 48, 255), (16, 32, 48, 64), "#102030")


def test_an_unknown_name_cannot_be_overlooked():
    assert palette.read(SHIPPED)["light"].rgba("no such") == palette.FALLBACK


@pytest.mark.parametrize("value", ["red", "#12345", "#gggggg", ""])
def test_what_is_no_colour_is_named(tmp_path, value):
    path = tmp_path / "palette.toml"
    path.write_text(f'[light]\nsea = "{value}"\n')
    with pytest.raises(CatalogueError, match="sea"):
        palette.read(path)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_colours_text_can_still_be_read(theme):
    plain = palette.plain(theme)
    assert abs(plain.rgba("ui_text")[0] - plain.rgba("ui_panel")[0]) > 150
    assert abs(plain.rgba("label")[0] - plain.rgba("label_halo")[0]) > 150
