"""The comparison itself: what passes for the same picture, and what a failure leaves to look at."""

import pytest
from PySide6.QtGui import QImage

from tests.pictures.comparison import check, compare, pixels, save

SIDE_PX = 200
ALLOWED_PIXELS = 10  # 0.025 % of the picture


def plain(*, off_pixels: int = 0, off_by: int = 0) -> QImage:
    image = QImage(SIDE_PX, SIDE_PX, QImage.Format.Format_RGB32)
    image.fill(0xFF808080)
    for index in range(off_pixels):
        image.setPixel(index, 100, 0xFF808080 + off_by)
    return image


@pytest.mark.parametrize(
    ("off_pixels", "off_by", "is_same"),
    [(SIDE_PX, 2, True), (ALLOWED_PIXELS, 100, True), (ALLOWED_PIXELS + 1, 100, False), (ALLOWED_PIXELS + 1, 3, False)],
)
def test_few_pixels_or_little_may_differ(off_pixels, off_by, is_same):
    assert compare(plain(off_pixels=off_pixels, off_by=off_by), plain()).is_same == is_same


def test_a_failure_leaves_the_picture_and_a_magnified_difference(tmp_path):
    save(plain(), tmp_path / "approved.png")
    with pytest.raises(AssertionError, match=r"0\.050% of the pixels are off"):
        check(plain(off_pixels=20, off_by=90), tmp_path, accept=False)
    assert compare(QImage(str(tmp_path / "actual.png")), plain()).off.sum() == 20
    difference = QImage(str(tmp_path / "diff.png"))
    assert (difference.width(), difference.height()) == (28 * 3 * 4, 17 * 4)
    assert (pixels(difference) == (255, 0, 0)).all(axis=2).sum() == 20 * 4 * 4


def test_a_picture_that_passes_clears_away_what_a_failure_left(tmp_path):
    save(plain(), tmp_path / "approved.png")
    save(plain(), tmp_path / "actual.png")
    check(plain(), tmp_path, accept=False)
    assert [file.name for file in tmp_path.iterdir()] == ["approved.png"]


def test_a_picture_without_an_approved_one_fails_until_it_is_accepted(tmp_path):
    with pytest.raises(AssertionError, match="has no approved picture"):
        check(plain(), tmp_path, accept=False)
    check(plain(), tmp_path, accept=True)
    check(plain(), tmp_path, accept=False)


def test_a_picture_of_another_size_fails(tmp_path):
    save(plain(), tmp_path / "approved.png")
    with pytest.raises(AssertionError, match="is not"):
        check(plain().copy(0, 0, 100, 100), tmp_path, accept=False)
