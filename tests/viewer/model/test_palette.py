import itertools
import re
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


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_colours_land_sea_and_the_four_subjects_keep_apart(theme):
    plain = palette.plain(theme)
    names = ("sea", "land", "alaska_fill", "russian_arctic_fill", "jber_fill", "lane_nsr")
    colours = [plain.rgba(name)[:3] for name in names]
    apart = [max(abs(a - b) for a, b in zip(one, two, strict=True)) for one, two in itertools.combinations(colours, 2)]
    assert min(apart) > 18


def test_the_palette_that_is_shipped_lacks_nothing_that_is_built_in():
    assert palette.read_or_built_in(SHIPPED)[1] == ()


def test_the_built_in_palette_has_every_colour_of_the_windows_style_sheet():
    asked = set(re.findall(r"\$(\w+)", SHIPPED.with_name("window.qss").read_text("utf-8"))) - {"icons", "theme"}
    plain = palette.plain("light")
    assert all(plain.knows(name) and plain.rgba(name) != palette.FALLBACK for name in asked)


def test_one_colour_that_is_none_costs_only_itself_and_names_its_line(tmp_path):
    path = tmp_path / "palette.toml"
    text = SHIPPED.read_text("utf-8").replace('\nsea = "#1a2b38"', '\nsea = "blue"')
    path.write_text(text, encoding="utf-8")
    read, problems = palette.read_or_built_in(path)
    assert read["dark"].rgba("land") == palette.read(SHIPPED)["dark"].rgba("land")
    assert read["dark"].rgba("sea") != palette.FALLBACK
    line = text.splitlines().index('sea = "blue"') + 1
    assert [f"line {line}" in str(problem) and "sea" in str(problem) for problem in problems] == [True]


def test_colours_that_were_left_out_are_told_and_replaced(tmp_path):
    path = tmp_path / "palette.toml"
    path.write_text('[light]\nland = "#102030"\n', encoding="utf-8")
    read, problems = palette.read_or_built_in(path)
    assert read["light"].rgba("land") == (16, 32, 48, 255)
    assert palette.FALLBACK not in (read["light"].rgba("sea"), read["dark"].rgba("land"))
    assert [problem.what.split(" ")[0] for problem in problems] == ["[light]", "[dark]"]


@pytest.mark.parametrize("text", [None, "light = 3", "[light", ""])
def test_no_palette_at_all_is_one_message_with_advice(tmp_path, text):
    path = tmp_path / "palette.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    read, problems = palette.read_or_built_in(path)
    assert read["dark"].rgba("land") != read["dark"].rgba("sea")
    assert all(str(path) in str(problem) and problem.advice and "Errno" not in str(problem) for problem in problems)
    assert 1 <= len(problems) <= 2


def test_a_name_may_be_a_colour_itself_and_may_name_a_share_of_its_strength():
    light = palette.Palette("light", {"sea": (10, 20, 30, 200)})
    assert light.rgba("#0a141e") == (10, 20, 30, 255)
    assert light.rgba("#0a141e80/50") == (10, 20, 30, 64)
    assert light.rgba("sea/25") == (10, 20, 30, 50)
