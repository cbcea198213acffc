import logging

import pytest

from viewer.model import palette


def inked(pixmap):
    image = pixmap.toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_an_icon_has_the_palettes_colour(icons):
    pixmap = icons.pixmap("layers", colour="ui_accent", size_px=24, ratio=2.0)
    assert inked(pixmap) == {"#0b5f8a"}


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_an_icon_is_as_sharp_as_the_screen(icons, ratio):
    pixmap = icons.pixmap("layers", colour="ui_text", size_px=16, ratio=ratio)
    assert pixmap.width() == 16 * ratio
    assert pixmap.deviceIndependentSize().width() == 16


def test_another_palette_gives_another_colour(icons):
    other = palette.Palette("dark", {"ui_text": (1, 200, 3, 255)})
    icons.pixmap("x", colour="ui_text", size_px=24, ratio=2.0)
    icons.set_palette(other)
    assert inked(icons.pixmap("x", colour="ui_text", size_px=24, ratio=2.0)) == {"#01c803"}


def test_a_missing_icon_is_empty_and_logged(icons, caplog):
    with caplog.at_level(logging.WARNING):
        pixmap = icons.pixmap("no-such-icon", colour="ui_text", size_px=16, ratio=1.0)
    assert inked(pixmap) == set()
    assert "no-such-icon" in caplog.text
