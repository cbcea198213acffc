"""The ten pictures of the shipped map: who stands out in each, no seam at 180°, nothing flooded."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage

from geodata.stereographic import inverse
from tests.pictures.comparison import pixels
from tests.pictures.sheet import RESOURCES, SHEET
from tests.pictures.views import ALL, HEIGHT_PX, THEMES, WIDTH_PX, paint
from viewer.engine.engine import Engine
from viewer.engine.messages import LookChange, PictureRequest
from viewer.model.camera import Camera, Viewport
from viewer.model.closeness import closeness_opacity
from viewer.model.layer import LayerStack
from viewer.model.styles import FillStyle, Rule, Style
from viewer.model.views import VIEW_NAMES, named_view

# Layers whose fill is held against the colour beneath it, and the colours of lines and symbols, by view; each with the
# least share of the picture that it must take.
SUBJECTS = {
    "arctic": {"alaska": 0.006, "russian-arctic": 0.006, "lane_nsr": 3e-4, "lane_tsr": 1.5e-4, "jber_edge": 2e-5},
    "alaska": {"alaska": 0.1, "russian-arctic": 0.03, "lane_nsr": 3e-4, "lane_nwp": 3e-4, "jber_edge": 2e-5},
    "jber": {"jber": 0.1, "alaska": 0.2, "jber_edge": 5e-4},
    "russian-arctic": {"russian-arctic": 0.04, "lane_nsr": 6e-4, "base_rus": 5e-5},
    "lanes": {"lane_nsr": 6e-4, "lane_nwp": 6e-4, "lane_tsr": 2e-4, "lane_bridge": 2e-4, "alaska": 0.01},
}
ON_LAND = {"alaska": "land", "russian-arctic": "land", "jber": "alaska"}  # and what shines through each
MOST_OF_ONE_COLOUR = 0.7
FEWEST_COLOURS = 200
MOST_BYTES = 4_000_000
COLOUR_TOLERANCE = 4
MERIDIAN_BEARING_DEG = 180.0  # 180° runs straight up the picture
MERIDIAN_SIDE_PX = 900
ALASKA_KM2 = 1_500_000
WHOLE_REGIONS_KM2 = 1_890_000
TRUE_SCALE_LATITUDE_DEG = 71.0


@pytest.fixture(scope="module")
def engine(qapp) -> Engine:
    made = Engine(RESOURCES)
    assert made.problems == []
    return made


@pytest.fixture(scope="module")
def stack(engine) -> LayerStack:
    """All layers as they are at the first start."""
    return engine.stack


@pytest.fixture(scope="module")
def pictures(engine, stack) -> dict:
    return {(which.view, which.theme): paint(engine, stack, which) for which in ALL}


@pytest.fixture(scope="module")
def show(engine, stack):
    """Return a function that paints a few layers in light colours, without outlines and names, in a square."""

    def paint_square(names: tuple[str, ...], camera: Camera, side_px: int) -> np.ndarray:
        layers = tuple(replace(one, style=edgeless(one.style)) for one in stack if one.id in names)
        engine.set_look(LookChange(LayerStack(layers), "light", engine.revision + 1))
        image, _ = engine.still(PictureRequest("still", 0, camera, side_px, side_px, 1.0, "", 1, 1))
        engine.set_look(LookChange(stack, "light", engine.revision + 1))
        return pixels(image)

    return paint_square


@pytest.fixture
def colour_of(engine, stack):
    """Return a function that says how a colour of the palette, or a layer's fill on the land, looks in a theme."""

    def colour(name: str, mpp: float, theme: str) -> np.ndarray:
        engine.set_look(LookChange(stack, theme, engine.revision + 1))
        layer = stack.get(name) if name in ON_LAND else None
        if layer is None:
            return np.array(engine.palette.rgba(name)[:3])
        beneath = colour(ON_LAND[name], mpp, theme)
        fill = layer.style.fill
        *over, alpha = engine.palette.rgba(fill.default or fill.cases[0][1])
        share = alpha / 255 * closeness_opacity(mpp, layer.style.near_opacity.default)
        return beneath + (np.array(over) - beneath) * share

    return colour


def edgeless(style: Style) -> Style:
    """Return a style of areas without their outlines; any other as it is."""
    return replace(style, outline=Rule("")) if isinstance(style, FillStyle) else style


def share_of(picture: np.ndarray, colour: np.ndarray) -> float:
    return float((np.abs(picture - colour).max(axis=2) <= COLOUR_TOLERANCE).mean())


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("view", VIEW_NAMES)
def test_no_view_is_blank(pictures, view, theme):
    picture = pixels(pictures[view, theme]) @ np.array([65536, 256, 1])
    counts = np.unique(picture, return_counts=True)[1]
    assert len(counts) > FEWEST_COLOURS
    assert counts.max() / picture.size < MOST_OF_ONE_COLOUR


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("view", VIEW_NAMES)
def test_the_subjects_of_a_view_are_seen_in_their_colours(pictures, colour_of, view, theme):
    mpp = named_view(view, width_px=WIDTH_PX, height_px=HEIGHT_PX).metres_per_pixel
    picture = pixels(pictures[view, theme])
    shares = {name: share_of(picture, colour_of(name, mpp, theme)) for name in SUBJECTS[view]}
    assert {name: share for name, share in shares.items() if share < SUBJECTS[view][name]} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_two_subject_lands_are_far_more_colourful_than_other_land(pictures, colour_of, theme):
    picture = pixels(pictures["arctic", theme])
    others = [colour_of(name, 8_000.0, theme) for name in ("land", "glacier")]
    subjects = [colour_of(name, 8_000.0, theme) for name in ("alaska", "russian-arctic")]
    assert all(share_of(picture, colour) > 0.005 for colour in (*others, *subjects))
    assert min(np.ptp(colour) for colour in subjects) > 1.5 * max(np.ptp(colour) for colour in others)


@pytest.mark.parametrize("view", SUBJECTS)
def test_light_is_light_and_dark_is_dark(pictures, view):
    light, dark = (pixels(pictures[view, theme]) for theme in THEMES)
    assert np.median(light) > 150
    assert np.median(dark) < 90
    assert (np.abs(light - dark).max(axis=2) > 20).mean() > 0.95


def seam_rows(picture: np.ndarray) -> float:
    """Return the share of rows where the middle of the picture leaves the range of what lies at its two sides."""
    middle = picture.shape[1] // 2
    sides = picture[:, [middle - 5, middle - 4, middle + 4, middle + 5]]
    low, high = sides.min(axis=1, keepdims=True) - 2, sides.max(axis=1, keepdims=True) + 2
    core = picture[:, middle - 2 : middle + 3]
    return float(((core < low) | (core > high)).any(axis=(1, 2)).mean())


@pytest.mark.parametrize("shift_px", [0.0, 0.25, 0.5])
@pytest.mark.parametrize(("mpp", "y_km"), [(6_000.0, 2_700.0), (2_000.0, 1_900.0), (900.0, 700.0), (900.0, 3_400.0)])
def test_there_is_no_seam_at_180(show, mpp, y_km, shift_px):
    camera = Camera(shift_px * mpp, y_km * 1_000.0, mpp, MERIDIAN_BEARING_DEG)
    assert abs(abs(float(inverse(0.0, camera.y)[0])) - 180.0) < 1e-6
    layers = ("bathymetry", "land", "glaciated", "russian-arctic")
    without, with_graticule = (show(names, camera, MERIDIAN_SIDE_PX) for names in (layers, (*layers, "graticule")))
    assert seam_rows(without) < 0.08  # shores and contours that only touch the meridian
    assert seam_rows(with_graticule) > 0.5


def area_km2(picture: np.ndarray, camera: Camera, colour: np.ndarray) -> float:
    """Return the true area of the pixels that have a colour, in a square picture."""
    rows, columns = np.nonzero(np.abs(picture - colour).max(axis=2) <= COLOUR_TOLERANCE)
    a, b, c, d, e, f = Viewport(camera, *picture.shape[:2]).affine
    xy = np.linalg.solve(np.array([[a, c], [b, d]]), np.array([columns + 0.5 - e, rows + 0.5 - f]))
    _, latitude = inverse(*xy)
    stretch = (1 + np.sin(np.radians(TRUE_SCALE_LATITUDE_DEG))) / (1 + np.sin(np.radians(latitude)))
    return float(((camera.metres_per_pixel / 1_000 / stretch) ** 2).sum())


@pytest.mark.parametrize(("layer_id", "expected_km2"), [("alaska", ALASKA_KM2), ("russian-arctic", WHOLE_REGIONS_KM2)])
def test_no_subject_floods_the_map_or_falls_short(show, colour_of, layer_id, expected_km2):
    camera = Camera(0.0, 0.0, 4_000.0, 37.0)
    colour = colour_of(layer_id, camera.metres_per_pixel, "light")
    picture = show(("land", layer_id), camera, 2_000)
    assert area_km2(picture, camera, colour) == pytest.approx(expected_km2, rel=0.05)


def test_the_sheet_that_is_kept_holds_all_ten_pictures():
    assert SHEET.stat().st_size < MOST_BYTES
    sheet = pixels(QImage(str(SHEET)))
    rows, columns = (
        np.array_split(np.arange(sheet.shape[0]), len(VIEW_NAMES)),
        np.array_split(np.arange(sheet.shape[1]), 2),
    )
    cells = [sheet[np.ix_(down, across)].reshape(-1, 3) for down in rows for across in columns]
    assert [len(np.unique(cell, axis=0)) > FEWEST_COLOURS / 2 for cell in cells] == [True] * 10
