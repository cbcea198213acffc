import itertools
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal

from viewer.app.theme import Theme, style_sheet, theme_name
from viewer.model import palette

RESOURCES = Path(__file__).parents[3] / "resources"
ICONS = RESOURCES / "icons"
PALETTES = palette.read(RESOURCES / "styles" / "palette.toml")
TEMPLATE = (RESOURCES / "styles" / "window.qss").read_text(encoding="utf-8")

TEXTS = ("ui_text", "ui_text_soft", "ui_passage", "ui_accent", "ui_warning", "ui_error")
GROUNDS = ("ui_panel", "ui_window", "ui_hover")
PAIRS = [
    *itertools.product(TEXTS, GROUNDS),
    ("ui_text", "ui_pressed"),
    ("ui_text", "ui_selected"),
    ("ui_accent", "ui_selected"),
    ("ui_text", "ui_passage_open"),
    ("ui_accent_text", "ui_accent"),
    ("ui_chip_text", "ui_chip"),
    ("ui_claim_text", "ui_claim"),
    ("ui_fact_text", "ui_fact"),
    ("ui_since_text", "ui_since"),
]
LABELS = [
    ("label", "land"),
    ("label", "sea"),
    ("label_country", "land"),
    ("label_region", "land"),
    ("label_alaska", "land"),
    ("label_jber", "land"),
    ("label_sea", "sea"),
    ("label_ocean", "depth_4000"),
    ("label_lane", "depth_200"),
    ("boundary", "depth_3000"),
]
OUTLINES = [("ui_focus", "ui_panel"), ("ui_focus", "ui_window"), ("ui_control_edge", "ui_panel")]


class Hints(QObject):
    """The system's colour scheme, as Qt tells it."""

    colorSchemeChanged = Signal(object)  # noqa: N815 - Qt's name

    def __init__(self, scheme):
        super().__init__()
        self.scheme = scheme

    def colorScheme(self):  # noqa: N802
        return self.scheme

    def setColorScheme(self, scheme):  # noqa: N802
        self.asked = scheme

    def unsetColorScheme(self):  # noqa: N802
        self.asked = None

    def change(self, scheme):
        self.scheme = scheme
        self.colorSchemeChanged.emit(scheme)


def luminance(rgba):
    parts = [value / 255 for value in rgba[:3]]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def over(above, below):
    """Return a half-transparent colour laid over another."""
    share = above[3] / 255
    return tuple(share * a + (1 - share) * b for a, b in zip(above[:3], below[:3], strict=True))


def contrast(first, second):
    """Return the contrast ratio of WCAG 2.2."""
    lights = sorted((luminance(first), luminance(second)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(theme, text, ground):
    colours = PALETTES[theme]
    assert contrast(colours.rgba(text), colours.rgba(ground)) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("label", "ground"), LABELS)
def test_a_name_on_the_map_stands_out_from_its_halo(theme, label, ground):
    colours = PALETTES[theme]
    around = over(colours.rgba("label_halo"), colours.rgba(ground))
    assert contrast(colours.rgba(label), around) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), OUTLINES)
def test_outlines_of_controls_and_focus_stand_out(theme, line, ground):
    colours = PALETTES[theme]
    assert contrast(colours.rgba(line), colours.rgba(ground)) >= 3.0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_style_sheet_names_only_colours_that_exist(theme):
    assert "$" not in style_sheet(TEMPLATE, PALETTES[theme], icons=ICONS)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pictures_that_the_style_sheet_names_are_there(theme):
    names = re.findall(r'url\("(.+?)"\)', style_sheet(TEMPLATE, PALETTES[theme], icons=ICONS))
    assert names
    assert all(Path(name).is_file() for name in names)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_tick_in_a_menu_has_the_colour_of_the_text(theme):
    tick = (ICONS / f"check-{theme}.svg").read_text(encoding="utf-8")
    assert PALETTES[theme].css("ui_text") in tick


def test_both_themes_have_the_same_colours():
    assert PALETTES["light"].colours.keys() == PALETTES["dark"].colours.keys()


@pytest.mark.parametrize(
    ("choice", "scheme", "name"),
    [
        ("system", Qt.ColorScheme.Dark, "dark"),
        ("system", Qt.ColorScheme.Light, "light"),
        ("system", Qt.ColorScheme.Unknown, "light"),
        ("light", Qt.ColorScheme.Dark, "light"),
        ("dark", Qt.ColorScheme.Light, "dark"),
    ],
)
def test_the_system_decides_unless_the_person_chose(choice, scheme, name):
    assert theme_name(choice, scheme) == name


def test_the_theme_follows_the_system_while_the_program_runs(qtbot, qapp):
    hints = Hints(Qt.ColorScheme.Light)
    theme = Theme(qapp, choice="system", template="", icons=ICONS, hints=hints, parent=hints)
    with qtbot.waitSignal(theme.name_changed) as changed:
        hints.change(Qt.ColorScheme.Dark)
    assert changed.args == ["dark"]


def test_a_choice_holds_against_the_system(qtbot, qapp):
    hints = Hints(Qt.ColorScheme.Light)
    theme = Theme(qapp, choice="system", template="", icons=ICONS, hints=hints, parent=hints)
    theme.choose("light")
    with qtbot.assertNotEmitted(theme.name_changed):
        hints.change(Qt.ColorScheme.Dark)
    theme.choose("system")
    assert theme.name == "dark"
    assert hints.asked is None
