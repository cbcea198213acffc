from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from viewer.engine import fonts
from viewer.engine.atlas import Atlas, SpriteKey

RESOURCES = Path(__file__).parents[3] / "resources"
INK, HALO = (20, 40, 60, 255), (255, 255, 255, 208)


@pytest.fixture(autouse=True)
def loaded(qapp):
    fonts.load(RESOURCES)


def key(text, *, role="place", size_px=13.0, part="both"):
    return SpriteKey(text, role, size_px, INK, HALO, part)


def pixels(image: QImage, rows: int) -> np.ndarray:
    whole = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.width(), 4)
    return whole[:rows]


def cut(atlas: Atlas, sprite) -> np.ndarray:
    return pixels(atlas.image, atlas.height)[sprite.y : sprite.y + sprite.height, sprite.x : sprite.x + sprite.width]


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0, 3.0])
@pytest.mark.parametrize("text", ["Ämälj Ýgjq", "Йошкар-Ола", "j", "Ŵ", "ﬂ"])
def test_no_sprite_is_clipped(scale, text):
    atlas = Atlas(scale)
    for role in fonts.LOOKS:
        for part in ("both", "halo", "ink"):
            alpha = cut(atlas, atlas.sprite(key(text, role=role, part=part)))[..., 3]
            assert alpha.max() > 0
            edge = np.concatenate((alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]))
            assert edge.max() == 0


def test_a_sprite_is_drawn_once():
    atlas = Atlas(1.0)
    first = atlas.sprite(key("Norilsk"))
    height = atlas.height
    assert atlas.sprite(key("Norilsk")) is first
    assert atlas.height == height


def test_sprites_do_not_overlap():
    atlas = Atlas(1.0)
    sprites = [atlas.sprite(key(f"Place {n}", size_px=10.0 + n % 7)) for n in range(150)]
    taken = np.zeros((atlas.height, atlas.image.width()), dtype=int)
    for sprite in sprites:
        taken[sprite.y : sprite.y + sprite.height, sprite.x : sprite.x + sprite.width] += 1
    assert taken.max() == 1


def test_ink_is_opaque_in_its_colour_and_the_halo_surrounds_it():
    atlas = Atlas(4.0)
    rows = cut(atlas, atlas.sprite(key("I", size_px=30.0)))
    middle = rows[rows.shape[0] // 2]
    assert middle[len(middle) // 2].tolist() == [60, 40, 20, 255]
    assert np.any((middle[:, 3] == 208) & (middle[:, 0] == 208))


def test_patches_reproduce_the_whole_whatever_is_drawn_between_them():
    atlas, copy, known = Atlas(1.0), None, (-1, 0)
    for n in range(30):
        for m in range(n % 5):
            atlas.sprite(key(f"Cape {n * 7 + m}", size_px=11.0 + (n + m) % 6))
        patch = atlas.patch_since(*known)
        if patch is None:
            continue
        rows = np.frombuffer(patch.pixels, dtype=np.uint8).reshape(patch.height, patch.width, 4)
        copy = rows if patch.top == 0 else np.concatenate((copy[: patch.top], rows))
        known = patch.generation, patch.top + patch.height
    assert np.array_equal(copy, pixels(atlas.image, atlas.height))


def test_an_asker_with_everything_gets_no_patch_and_one_with_another_atlas_gets_all():
    atlas = Atlas(1.0)
    atlas.sprite(key("Dikson"))
    whole = atlas.patch_since(-1, 500)
    assert whole is not None
    assert (whole.top, whole.height) == (0, atlas.height)
    assert atlas.patch_since(atlas.generation, atlas.height) is None
    assert Atlas(1.0).generation != atlas.generation


def test_a_name_wider_than_the_atlas_is_cut_and_does_not_fail():
    atlas = Atlas(1.0)
    sprite = atlas.sprite(key("M" * 60, size_px=40.0))
    assert sprite.width == atlas.image.width()


def test_an_atlas_says_when_it_is_full():
    atlas = Atlas(1.0)
    assert not atlas.full
    for n in range(40):
        atlas.sprite(key(f"Franz Josef Land {n}", size_px=220.0 + n))
    assert atlas.full
