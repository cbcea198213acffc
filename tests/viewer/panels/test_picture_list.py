"""Pictures are attached as they are, large ones smaller; files that are none are refused in words."""

import pytest
from PySide6.QtGui import QColor, QImage

from geodata.own_pictures import MOST_BYTES, picture_of
from viewer.panels.picture_list import PictureBook, PictureList, made_from


@pytest.fixture
def file(tmp_path):
    def make(width, height, name="pier.png"):
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(QColor("teal"))
        path = tmp_path / name
        assert image.save(str(path))
        return path

    return make


@pytest.fixture
def pictures(qtbot):
    shown = PictureList(PictureBook())
    qtbot.addWidget(shown)
    shown.show()
    return shown


def test_a_small_picture_is_kept_byte_for_byte(pictures, file):
    path = file(40, 30)
    pictures.attach(path)
    (key,) = pictures.pictures
    assert picture_of(pictures.texts[key]).data == path.read_bytes()
    assert pictures._list.item(0).text() == "pier.png"
    pictures.attach(path)
    assert pictures.pictures == (key,)


def test_a_large_picture_becomes_smaller(file, qapp):
    made = made_from(file(5_000, 1_000, "wide.png"))
    image = QImage.fromData(made.data)
    assert (image.width(), image.height(), made.kind) == (2_000, 400, "jpeg")
    assert len(made.data) <= MOST_BYTES


def test_what_is_no_picture_is_refused(pictures, tmp_path, qtbot):
    path = tmp_path / "evil.png"
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with qtbot.waitSignal(pictures.refused) as heard:
        pictures.attach(path)
    assert "no PNG and no JPEG" in heard.args[0]
    assert pictures.pictures == ()


def test_the_chosen_picture_is_taken_away(pictures, file):
    pictures.attach(file(40, 30))
    pictures.attach(file(41, 30, "other.jpg"))
    pictures._list.setCurrentRow(0)
    pictures.remove.click()
    assert [pictures._list.item(n).text() for n in range(1)] == ["other.jpg"]


def test_a_picture_that_is_lost_is_said_to_be(pictures):
    pictures.show_pictures(("gone",))
    assert pictures._list.item(0).text() == "A picture that is lost"
    assert pictures.pictures == ("gone",)
