"""Small scenes, each held against the picture that somebody looked at and approved."""

import pytest

from tests.pictures.comparison import check
from tests.pictures.scenes import SCENES

LARGEST_PX = (400, 300)
MOST_BYTES = 1_000_000


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_looks_as_approved(small_engine, pictures_folder, accept, name):
    image = SCENES[name](small_engine)
    assert image.width() <= LARGEST_PX[0] and image.height() <= LARGEST_PX[1]
    check(image, pictures_folder / name, accept=accept)


def test_every_approved_picture_has_its_scene(pictures_folder):
    assert sorted(file.parent.name for file in pictures_folder.glob("*/approved.png")) == sorted(SCENES)


def test_the_approved_pictures_stay_small(pictures_folder):
    assert sum(file.stat().st_size for file in pictures_folder.glob("*/approved.png")) < MOST_BYTES
