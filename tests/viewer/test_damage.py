"""Whatever becomes of the files in resources/, the rest of the map is drawn and a message names file and cure."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from viewer.engine.engine import Engine
from viewer.engine.messages import LookChange
from viewer.engine.still import paint_still
from viewer.model.views import named_view

SHIPPED = Path(__file__).parents[2] / "resources"
LAYERS = tuple(sorted(path.stem for path in (SHIPPED / "layers").glob("*.fgb")))
SIZE = (300, 300)
A_SHADE = 12


def gone(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def zeroed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def flipped(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    for at in range(7, len(whole), 97):
        whole[at] ^= 0xA5
    path.write_bytes(whole)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES = (gone, emptied, cut_short, zeroed, flipped, a_folder)


@pytest.fixture
def resources(tmp_path) -> Path:
    """The shipped resources; each file is the shipped one itself until it is replaced."""
    copy = tmp_path / "resources"
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("facts", "*.md.bak"), copy_function=link)
    return copy


def link(source: str, target: str) -> None:
    Path(target).symlink_to(source)


def damage(resources: Path, name: str, how) -> None:
    """Spoil a copy, never what is shipped."""
    path = resources / name
    shipped = path.resolve()
    assert path.is_symlink()
    path.unlink()
    shutil.copyfile(shipped, path)
    how(path)


def still(resources: Path) -> tuple[QImage, list[str]]:
    engine = Engine(resources, cache=lambda: None)
    engine.set_look(LookChange(engine.stack, "light", 1))
    camera = named_view("arctic", width_px=SIZE[0], height_px=SIZE[1])
    picture = paint_still(engine, camera, width_px=SIZE[0], height_px=SIZE[1])
    return picture, [str(problem) for problem in engine.problems]


def share_like(picture: QImage, wanted: QImage) -> float:
    """Return the share of pixels, in percent, that two pictures have in common but for a shade."""
    ours, theirs = pixels(picture), pixels(wanted)
    return 100 * float((np.abs(ours - theirs).max(axis=2) <= A_SHADE).mean())


def pixels(picture: QImage) -> np.ndarray:
    return np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), -1, 4)[:, :, :3].astype(int)


@pytest.fixture(scope="module")
def whole(qapp) -> QImage:
    picture, problems = still(SHIPPED)
    assert problems == []
    return picture


def test_the_picture_can_tell_a_map_without_land(qapp, whole, resources):
    for ending in ("fgb", "prepared"):
        damage(resources, f"layers/land.{ending}", gone)
    picture, _ = still(resources)
    assert share_like(picture, whole) < 70


@pytest.mark.parametrize(
    ("layer", "how"), [("land", cut_short), *((layer, how) for layer in ("lanes", "alaska") for how in DAMAGES)]
)
def test_a_damaged_prepared_layer_is_made_anew_without_a_word(qapp, whole, resources, layer, how):
    damage(resources, f"layers/{layer}.prepared", how)
    picture, problems = still(resources)
    assert problems == []
    assert share_like(picture, whole) > 95


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_that_is_lost_costs_only_itself_and_is_named(qapp, whole, resources, layer):
    damage(resources, f"layers/{layer}.prepared", cut_short)
    damage(resources, f"layers/{layer}.fgb", cut_short)
    picture, problems = still(resources)
    assert [f"{layer}.fgb" in problem and "Restore" in problem for problem in problems] == [True]
    assert share_like(picture, whole) > (55 if layer in ("land", "bathymetry") else 90)


@pytest.mark.parametrize("how", DAMAGES)
def test_no_damage_to_both_files_of_a_layer_stops_the_map(qapp, whole, resources, how):
    for ending in ("fgb", "prepared"):
        damage(resources, f"layers/lakes.{ending}", how)
    picture, problems = still(resources)
    assert len(problems) == 1
    assert "Errno" not in problems[0]
    assert share_like(picture, whole) > 97


def test_many_lost_layers_are_one_message_that_names_them(qapp, resources):
    for layer in ("lakes", "rivers", "places"):
        for ending in ("fgb", "prepared"):
            damage(resources, f"layers/{layer}.{ending}", gone)
    _, (problem,) = still(resources)
    headline, _, details = problem.partition("\n\n")
    assert "3 layers cannot be read: Lakes, Rivers and Towns." in headline
    assert str(resources / "layers") in headline
    assert all(f"{layer}.fgb" in details for layer in ("lakes", "rivers", "places"))


@pytest.mark.parametrize("folder", ["layers", "styles", "fonts", "icons", "articles", "annotations"])
def test_a_whole_folder_that_is_missing_is_one_message(qapp, resources, folder):
    shutil.rmtree(resources / folder)
    picture, problems = still(resources)
    assert len(problems) == (folder in ("layers", "styles", "fonts"))
    assert all(str(resources / folder) in problem and "Errno" not in problem for problem in problems)
    assert not picture.isNull()


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("name", ["catalogue.toml", "styles/palette.toml", "fonts/Inter-Medium.otf"])
def test_a_damaged_file_of_the_engine_is_named_with_what_to_do(qapp, resources, name, how):
    damage(resources, name, how)
    picture, problems = still(resources)
    assert 1 <= len(problems) <= 2
    assert all(str(resources / name) in problem and "Errno" not in problem for problem in problems)
    assert all("estore" in problem for problem in problems)
    assert not picture.isNull()


@pytest.mark.parametrize("how", [gone, emptied, zeroed, a_folder])
def test_without_a_catalogue_land_and_the_subjects_are_drawn(qapp, whole, resources, how):
    damage(resources, "catalogue.toml", how)
    engine = Engine(resources)
    picture, problems = still(resources)
    assert {layer.id for layer in engine.stack} == {"land", "alaska", "russian-arctic", "lanes", "jber-symbol"}
    assert len(problems) == 1
    colours = {picture.pixel(x, y) for x in range(0, SIZE[0], 2) for y in range(0, SIZE[1], 2)}
    assert {QColor(*engine.palette.rgba(name)).rgb() for name in ("land", "sea", "jber_edge")} <= colours


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_a_palette_land_is_not_sea(qapp, resources, theme):
    damage(resources, "styles/palette.toml", gone)
    engine = Engine(resources)
    engine.set_look(LookChange(engine.stack, theme, 1))
    camera = named_view("arctic", width_px=SIZE[0], height_px=SIZE[1])
    picture = paint_still(engine, camera, width_px=SIZE[0], height_px=SIZE[1])
    colours = {picture.pixel(x, y) for x in range(0, SIZE[0], 2) for y in range(0, SIZE[1], 2)}
    assert QColor(*engine.palette.rgba("land")).rgb() in colours
    assert QColor(*engine.palette.rgba("depth_50")).rgb() in colours
    assert QColor("magenta").rgb() not in colours
    assert len(colours) > 20


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('fill = "land"', 'fill = "lnad"', "lnad"),
        ('kind = "fill"', 'kind = "fil"', "fil"),
        ("outline_width_px = 0.8", 'outline_width_px = "wide"', "outline_width_px"),
        ("outline_width_px = 0.8", "outline_width_px = -8", "outline_width_px"),
        ('role = "region"', 'role = "villain"', "villain"),
        ("outline_dash = [4, 3]", "outline_dash = [4]", "outline_dash"),
        ('id = "lakes"', 'id = "no-such-layer"', "no-such-layer"),
        ('id = "lakes"', 'id = "../lakes"', "../lakes"),
        ('title = "Lakes"', "title = 3", "title"),
        ("selectable = true", 'selectable = "yes"', "selectable"),
        ("rank_limits = [20000", 'rank_limits = ["far"', "rank_limits"),
        ('field = "depth_m"', "field = 3", "field"),
    ],
)
def test_an_error_in_the_catalogue_names_what_and_where_and_the_rest_is_drawn(
    qapp, whole, resources, before, after, told
):
    def spoil(path: Path) -> None:
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), "utf-8")

    damage(resources, "catalogue.toml", spoil)
    picture, problems = still(resources)
    assert len(problems) == (2 if "no-such" in told else 1)
    assert told in problems[0]
    assert "line " in problems[0] or ".fgb" in problems[0]
    assert share_like(picture, whole) > 50
