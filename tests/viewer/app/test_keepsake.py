import os

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QImage

from viewer.app import keepsake
from viewer.app.keepsake import Keepsake
from viewer.app.main_window import MainWindow
from viewer.model import palette as palettes
from viewer.model.settings import Settings
from viewer.paths import resources

RED = "#c01020"


def picture(scale: float = 1.0) -> QImage:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(RED))
    image.setDevicePixelRatio(scale)
    return image


@pytest.fixture
def made_of(tmp_path):
    (tmp_path / "layers").mkdir()
    (tmp_path / "layers" / "land.prepared").write_bytes(b"land")
    return lambda theme="light", scale=1.0: keepsake.made_of(tmp_path, theme, scale)


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
def test_a_picture_comes_back_with_its_place_and_its_scale(tmp_path, made_of, scale):
    file, of = tmp_path / "kept.png", made_of(scale=scale)
    keepsake.write(Keepsake(picture(scale), QPoint(288, 44), QSize(1600, 1000)), file, of=of)
    found = keepsake.read(file, of=of)
    assert found is not None
    assert (found.at, found.window) == (QPoint(288, 44), QSize(1600, 1000))
    assert found.image.devicePixelRatio() == scale
    assert found.image.pixelColor(5, 5).name() == RED
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["kept.png"]


def test_what_was_made_of_something_else_is_not_shown(tmp_path, made_of):
    file, of = tmp_path / "kept.png", made_of()
    keepsake.write(Keepsake(picture(), QPoint(0, 0), QSize(60, 40)), file, of=of)
    os.utime(tmp_path / "layers" / "land.prepared", ns=(1, 1))
    others = (made_of(), made_of("dark"), made_of(scale=2.0))
    assert [keepsake.read(file, of=other) for other in others] == [None] * 3


def test_a_lost_or_damaged_picture_is_done_without(tmp_path, made_of):
    file, of = tmp_path / "kept.png", made_of()
    assert keepsake.read(file, of=of) is None
    keepsake.write(Keepsake(picture(), QPoint(0, 0), QSize(60, 40)), file, of=of)
    file.write_bytes(file.read_bytes()[:40])
    assert keepsake.read(file, of=of) is None


def test_a_picture_that_cannot_be_kept_leaves_the_one_before(tmp_path, made_of):
    with pytest.raises(OSError, match="could not be written"):
        keepsake.write(Keepsake(picture(), QPoint(0, 0), QSize(60, 40)), tmp_path / "gone" / "kept.png", of=made_of())


def test_the_window_shows_the_map_of_the_last_time_only_at_its_size(qtbot):
    themes, _ = palettes.read_or_built_in(resources() / "styles" / "palette.toml")
    window = MainWindow(Settings(), themes, theme="light")
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show_keepsake(Keepsake(picture(), QPoint(300, 100), QSize(801, 600)))
    assert window.keepsake is None
    window.show_keepsake(Keepsake(picture(), QPoint(300, 100), QSize(800, 600)))
    assert window.grab().toImage().pixelColor(320, 120).name() == RED
