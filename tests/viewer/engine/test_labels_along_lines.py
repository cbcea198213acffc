"""Names along lines, wrapped names, and what labelling hands over."""

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from PySide6.QtGui import QColor, QImage, QPainter

from geodata import catalogue, prepared
from geodata.prepare import prepare
from tests.viewer.engine.labelled_map import (
    DOTS,
    PALETTES,
    RESOURCES,
    SIZE,
    frame,
    lanes,
    line_layer,
    overlaps,
    place,
    seas,
)
from viewer.engine import fonts
from viewer.engine.labels import Labeller
from viewer.engine.labels_baking import bake
from viewer.model import styles
from viewer.model.camera import Camera, Viewport
from viewer.model.label_placing import screen_positions
from viewer.model.layer import Layer
from viewer.model.stack import stack_of
from viewer.model.styles import LabelStyle, Rule
from viewer.model.views import VIEW_NAMES, at, named_view


@pytest.fixture(autouse=True)
def loaded(qapp):
    fonts.load(RESOURCES)


def test_letters_follow_their_line_at_one_distance():
    layer = lanes()
    viewport = Viewport(at(100.0, 76.0, 4000.0), *SIZE)
    labels = place(Labeller(), viewport, layers=[layer])
    assert "lanes/north" in labels.references
    line = shapely.LineString(viewport.to_screen_many(layer[1].levels[0].coords / 100.0)[:51])
    positions, _ = screen_positions(labels, viewport, placed_bearing_deg=viewport.camera.bearing_deg)
    mine = np.array(labels.references)[labels.label_of] == "lanes/north"
    gaps = shapely.distance(line, shapely.points(positions[mine]))
    assert gaps.min() > 3.0
    assert gaps.max() < 16.0


def test_a_bent_line_has_no_name_where_letters_would_turn_sharply():
    zigzag = [(40.0 + n, 75.0 + (1.5 if n % 2 else 0.0)) for n in range(30)]
    label = LabelStyle(role="lane", size_px=Rule(12.0), along=True)
    layer = line_layer("zig", [("z", "Northern Sea Route", zigzag)], label=label)
    assert place(Labeller(), Viewport(at(55.0, 75.7, 2500.0), *SIZE), layers=[layer]).references == ()


def test_names_of_lines_keep_off_other_lines_where_they_can():
    viewport = Viewport(Camera(0.0, -2e6, 3000.0), *SIZE)
    along, across = shapely.LineString([(-1.5e6, -2e6), (1.5e6, -2e6)]), shapely.LineString([(0, -3e6), (0, -1e6)])
    columns = {"id": ["a", "b"], "name": ["Northern Sea Route", "Transpolar Sea Route"]}
    data = prepare("x", [(0.0, frame(columns, [along, across]))])
    label = LabelStyle(role="lane", size_px=Rule(12.0), along=True)
    layer = Layer("x", "X", "", styles.LineStyle(colour=Rule("lane_nsr"), width_px=Rule(2.0)), label)
    labels = place(Labeller(), viewport, layers=[(layer, data)])
    assert set(labels.references) == {"x/a", "x/b"}
    for reference, (left, top, width, height) in zip(labels.references, labels.boxes.tolist(), strict=True):
        crosses = left < 0 < left + width if reference == "x/a" else top < 0 < top + height
        assert not crosses


def test_wrapped_names_of_seas_have_two_lines():
    viewport = Viewport(at(160.0, 73.0, 3000.0), *SIZE)
    labels = place(Labeller(), viewport, layers=[seas()])
    mine = labels.references.index("seas/siberia")
    assert np.count_nonzero(labels.label_of == mine) == 2


def test_missing_texts_and_geometries_have_no_names_and_do_no_harm():
    columns = {"id": ["a", "b", "c", "d"], "name": ["Fine", None, "  ", "Nowhere"]}
    geometries = [shapely.Point(0, -2e6), shapely.Point(1e5, -2e6), shapely.Point(2e5, -2e6), None]
    data = prepare("p", [(0.0, frame(columns, geometries))])
    layer = Layer("p", "P", "", DOTS, LabelStyle())
    labels = place(Labeller(), Viewport(Camera(0, -2e6, 1000.0), *SIZE), layers=[(layer, data)])
    assert labels.references == ("p/a",)
    absent = (replace(layer, label=LabelStyle(field="title")), data)
    assert place(Labeller(), Viewport(Camera(0, -2e6, 1000.0), *SIZE), layers=[absent]).references == ()


def test_a_map_without_labels_gives_an_empty_set():
    labels = place(Labeller(), Viewport(Camera(0, 0, 5000.0), *SIZE), layers=[])
    assert labels.references == ()
    assert labels.patch is None
    assert screen_positions(labels, Viewport(Camera(0, 0, 5000.0), *SIZE), placed_bearing_deg=0.0)[0].shape == (0, 2)


def test_what_the_asker_has_of_the_atlas_is_not_sent_again():
    labeller, viewport = Labeller(), Viewport(at(40.0, 75.0, 4000.0), *SIZE)
    first = place(labeller, viewport)
    assert first.patch is not None
    known = first.generation, first.patch.height
    assert place(labeller, viewport, known=known).patch is None
    dark = place(labeller, viewport, palette=PALETTES["dark"], known=known)
    assert dark.generation != first.generation
    assert dark.patch is not None
    assert dark.patch.top == 0


def test_baked_labels_leave_ink_in_their_boxes_and_nowhere_else():
    labeller, viewport, scale = Labeller(), Viewport(at(40.0, 75.0, 4000.0), *SIZE), 1.5
    labels = place(labeller, viewport, scale=scale)
    image = QImage(round(SIZE[0] * scale), round(SIZE[1] * scale), QImage.Format.Format_RGB32)
    image.fill(QColor(255, 0, 255))
    painter = QPainter(image)
    painter.scale(scale, scale)
    bake(painter, labels, labeller.atlas.image, viewport, scale=scale)
    painter.end()
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.width(), 4)
    inked = (pixels[..., :3] != (255, 0, 255)).any(axis=2)
    inside = np.zeros_like(inked)
    for left, top, width, height in (labels.boxes * scale).tolist():
        x, y = max(left + image.width() / 2, 3), max(top + image.height() / 2, 3)
        window = slice(math.floor(y) - 3, math.ceil(y + height) + 3), slice(math.floor(x) - 3, math.ceil(x + width) + 3)
        assert inked[window].any()
        inside[window] = True
    assert not inked[~inside].any()


def test_the_shipped_layers_are_named_without_overlaps_at_every_named_view():
    stack, problems = stack_of(catalogue.read(RESOURCES / "catalogue.toml"))
    assert not problems
    paths = {layer.id: RESOURCES / "layers" / f"{layer.id}.prepared" for layer in stack}
    layers = [(layer, prepared.read(paths[layer.id])) for layer in stack]
    labeller = Labeller()
    for name in VIEW_NAMES:
        viewport = Viewport(named_view(name, width_px=1600, height_px=1000), 1600, 1000)
        labels = place(labeller, viewport, layers=layers)
        assert len(overlaps(labels.boxes)) == 0
        assert np.abs(labels.angles_deg).max(initial=0.0) <= 90.0
    arctic = Viewport(named_view("arctic", width_px=1600, height_px=1000), 1600, 1000)
    shown = place(labeller, arctic, layers=layers).references
    assert "jber-symbol/jber" in shown
    assert "sea-labels/arctic_ocean" in shown
    assert "lanes/nsr_main" in shown
    assert len(shown) > 60


@pytest.mark.parametrize(("mpp", "expected"), [(60.0, set()), (32.4, {"06/24"}), (12.0, {"06/24", "16/34"})])
def test_a_runway_is_named_beside_itself_clear_of_any_other_and_not_where_it_is_shorter_than_its_name(mpp, expected):
    stack, _ = stack_of(catalogue.read(RESOURCES / "catalogue.toml"))
    runways = prepared.read(RESOURCES / "layers" / "runways.prepared")
    viewport = Viewport(at(-149.80, 61.252, mpp), *SIZE)
    labels = place(Labeller(), viewport, layers=[(stack.get("runways"), runways)])
    names = dict(zip(runways.attributes["id"], runways.attributes["name"], strict=True))
    assert {names[reference.partition("/")[2]] for reference in labels.references} == expected
    positions, _ = screen_positions(labels, viewport, placed_bearing_deg=viewport.camera.bearing_deg)
    level = runways.levels[0]
    paved = [
        shapely.Polygon(viewport.to_screen_many(ring))
        for part in range(level.part_count)
        for ring in level.rings_of(part)
    ]
    for middle in positions:
        assert min(area.distance(shapely.Point(middle)) for area in paved) > 4.0
