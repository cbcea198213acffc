import math
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from PySide6.QtGui import QColor, QImage, QPainter

from geodata import catalogue, prepared
from geodata.prepare import prepare
from geodata.stereographic import forward
from viewer.engine import fonts
from viewer.engine.labels import Labeller
from viewer.engine.labels_baking import bake
from viewer.model import palette as palettes
from viewer.model import styles
from viewer.model.camera import Camera, Viewport
from viewer.model.label_placing import screen_positions
from viewer.model.layer import Layer
from viewer.model.stack import stack_of
from viewer.model.styles import LabelStyle, Rule
from viewer.model.views import VIEW_NAMES, at, named_view

RESOURCES = Path(__file__).parents[3] / "resources"
SIZE = (1100, 760)
PALETTES = palettes.read(RESOURCES / "styles" / "palette.toml")
PALETTE = PALETTES["light"]
DOTS = styles.SymbolStyle(size_px=Rule(8.0))


@pytest.fixture(autouse=True)
def loaded(qapp):
    fonts.load(RESOURCES)


def frame(rows, geometries):
    return gpd.GeoDataFrame(rows, geometry=geometries)


def point_layer(name, rows, *, label, style=DOTS, **display):
    """Return a layer of points from (id, text, rank, lon, lat)."""
    xy = forward([row[3] for row in rows], [row[4] for row in rows])
    columns = {"id": [row[0] for row in rows], "name": [row[1] for row in rows], "rank": [row[2] for row in rows]}
    layer = Layer(name, name, "", style, label, **display)
    return layer, prepare(name, [(0.0, frame(columns, gpd.points_from_xy(xy[:, 0], xy[:, 1])))])


def line_layer(name, rows, *, label, width_px=2.0):
    """Return a layer of lines from (id, text, [(lon, lat), ...])."""
    lines = [shapely.LineString(forward([p[0] for p in row[2]], [p[1] for p in row[2]])) for row in rows]
    columns = {"id": [row[0] for row in rows], "name": [row[1] for row in rows]}
    style = styles.LineStyle(colour=Rule("lane_nsr"), width_px=Rule(width_px))
    return Layer(name, name, "", style, label), prepare(name, [(0.0, frame(columns, lines))])


def towns(count, *, seed=7):
    dice = np.random.default_rng(seed)
    rows = [
        (f"t{n}", f"Town {'abcdefgh'[: n % 8]}{n}", n % 5, float(lon), float(lat))
        for n, (lon, lat) in enumerate(zip(dice.uniform(-180, 180, count), dice.uniform(58, 89, count), strict=True))
    ]
    label = LabelStyle(role="place", size_px=Rule(12.0), priority=50)
    limits = {"rank_field": "rank", "rank_limits": (20000.0, 9000.0, 5000.0, 2500.0, 1200.0)}
    return point_layer("towns", rows, label=label, **limits)


def seas():
    rows = [
        ("ocean", "Arctic Ocean", 0, -150.0, 83.0),
        ("barents", "Barents Sea", 0, 40.0, 75.0),
        ("siberia", "East Siberian Sea", 0, 160.0, 73.0),
        ("beaufort", "Beaufort Sea", 0, -140.0, 73.0),
    ]
    label = LabelStyle(role="sea", colour="label_sea", size_px=Rule(15.0), priority=20)
    return point_layer("seas", rows, label=label, style=styles.InvisibleStyle())


def lanes():
    around = [(lon, 74 + 4 * math.sin(lon / 15)) for lon in range(30, 181, 3)]
    over = [(-20.0, lat) for lat in np.arange(60.0, 89.0, 0.5).tolist()]
    rows = [("north", "Northern Sea Route", around), ("pole", "Transpolar Sea Route", over)]
    label = LabelStyle(role="lane", colour="label_lane", size_px=Rule(12.0), priority=30, along=True)
    return line_layer("lanes", rows, label=label)


def parallels():
    rows = [(f"p{lat}", f"{lat}° N", [(lon, lat) for lon in range(-180, 181, 2)]) for lat in (60, 70, 80)]
    label = LabelStyle(role="graticule", colour="label_sea", size_px=Rule(10.5), priority=90, along=True)
    return line_layer("parallels", rows, label=label, width_px=0.9)


LAYERS = [towns(500), seas(), lanes(), parallels()]


def place(labeller, viewport, *, layers=LAYERS, scale=1.0, palette=PALETTE, size=None, known=(-1, 0)):
    size = size or (viewport.width_px, viewport.height_px)
    return labeller.place(viewport, scale, layers, palette, labels_size=size, atlas_known=known)


def views():
    """Sixty-six views: bearings all round, scales from the whole Arctic to a district, places all over."""
    for number in range(66):
        lon, lat = (number * 53) % 360 - 180, 62 + (number * 17) % 27
        mpp = 9000.0 / 1.6 ** (number % 8)
        yield Viewport(replace(at(lon, lat, mpp), bearing_deg=(number * 37.3) % 360), *SIZE)


def overlaps(boxes):
    """Return the pairs of boxes that share more than an edge."""
    left, top = boxes[:, 0], boxes[:, 1]
    right, bottom = left + boxes[:, 2], top + boxes[:, 3]
    meets = (left[:, None] < right - 1e-3) & (right[:, None] - 1e-3 > left)
    meets &= (top[:, None] < bottom - 1e-3) & (bottom[:, None] - 1e-3 > top)
    return np.argwhere(np.triu(meets, 1))


def equal(one, other):
    arrays = ("anchors", "offsets", "sources", "angles_deg", "turning", "label_of", "boxes")
    return one.references == other.references and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays
    )


def middles(labels):
    """Return the middle of each label's box, from the picture's middle."""
    return labels.boxes[:, :2] + labels.boxes[:, 2:] / 2


def anchors(labels):
    """Return, for each label, its reference with the anchor of its first piece, and the row of that piece."""
    first = {int(label): row for row, label in reversed(list(enumerate(labels.label_of)))}
    return {(labels.references[label], *labels.anchors[row].round(1)): row for label, row in first.items()}


def test_no_two_boxes_overlap_in_any_view():
    labeller, most = Labeller(), 0
    for viewport in views():
        labels = place(labeller, viewport)
        assert len(overlaps(labels.boxes)) == 0
        most = max(most, len(labels.references))
    assert most > 40


def test_the_same_view_gives_the_same_labels_whatever_was_seen_before():
    walked = Labeller()
    for viewport in list(views())[::5]:
        place(walked, viewport)
    for viewport in list(views())[::13]:
        again, fresh = place(walked, viewport), place(Labeller(), viewport)
        assert again.references == fresh.references
        assert np.array_equal(again.boxes, fresh.boxes)
        assert equal(again, place(walked, viewport))


def test_nothing_stands_on_its_head():
    labeller = Labeller()
    seen = 0
    for viewport in views():
        labels = place(labeller, viewport)
        assert np.abs(labels.angles_deg).max(initial=0.0) <= 90.0
        assert not labels.angles_deg[~labels.turning].any()
        seen += int(labels.turning.sum())
    assert seen > 1000


def test_labels_lie_whole_in_the_part_that_was_asked_for():
    labeller = Labeller()
    for viewport in list(views())[::4]:
        labels = place(labeller, viewport, size=(700, 500))
        low, high = labels.boxes[:, :2], labels.boxes[:, :2] + labels.boxes[:, 2:]
        assert (low >= (-350, -250)).all()
        assert (high <= (350, 250)).all()


def test_pieces_lie_in_the_boxes_of_their_labels():
    labeller = Labeller()
    for viewport in list(views())[::6]:
        labels = place(labeller, viewport)
        positions, _ = screen_positions(labels, viewport, placed_bearing_deg=viewport.camera.bearing_deg)
        positions -= (SIZE[0] / 2, SIZE[1] / 2)
        boxes = labels.boxes[labels.label_of]
        assert (positions >= boxes[:, :2]).all()
        assert (positions <= boxes[:, :2] + boxes[:, 2:]).all()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_upright_text_lies_on_whole_device_pixels_at_rest(scale):
    viewport = Viewport(at(33.3, 70.1, 2111.7), *SIZE)
    labels = place(Labeller(), viewport, scale=scale)
    positions, _ = screen_positions(labels, viewport, placed_bearing_deg=viewport.camera.bearing_deg)
    corners = (positions * scale - labels.sources[:, 2:] / 2)[~labels.turning]
    assert len(corners) > 10
    assert np.abs(corners - corners.round()).max() < 2e-3


def test_zooming_in_by_a_hundredth_moves_no_label_that_stays_and_takes_few_away():
    labeller = Labeller()
    camera = at(60.0, 74.0, 9000.0)
    stayed = gone = 0
    before, viewport = None, Viewport(camera, *SIZE)
    for _ in range(240):
        labels = place(labeller, viewport)
        if before is not None:
            old, old_labels, old_viewport = before
            new = anchors(labels)
            shown, _ = screen_positions(old_labels, viewport, placed_bearing_deg=viewport.camera.bearing_deg)
            now, _ = screen_positions(labels, viewport, placed_bearing_deg=viewport.camera.bearing_deg)
            for name, row in old.items():
                if name in new:
                    stayed += 1
                    assert np.abs(shown[row] - now[new[name]]).max() <= 2.0
                elif np.abs(old_viewport.to_screen_many(np.array([name[1:]]))[0] - (550, 380)).max() < 300:
                    gone += 1
        before = anchors(labels), labels, viewport
        viewport = Viewport(replace(viewport.camera, metres_per_pixel=viewport.camera.metres_per_pixel / 1.01), *SIZE)
    assert stayed > 3000
    assert gone < stayed / 200


def test_panning_keeps_every_label_that_is_still_whole_in_view():
    labeller = Labeller()
    viewport = Viewport(at(45.0, 75.0, 3000.0), *SIZE)
    before = place(labeller, viewport)
    kept = 0
    for _ in range(25):
        viewport = Viewport(viewport.moved(9.0, -6.0), *SIZE)
        labels = place(labeller, viewport)
        inside = (np.abs(middles(before)) + before.boxes[:, 2:] / 2 < (550 - 10, 380 - 10)).all(axis=1)
        now = anchors(labels)
        for name, row in anchors(before).items():
            if inside[before.label_of[row]]:
                assert name in now
                kept += 1
        before = labels
    assert kept > 300


def test_a_name_keeps_clear_of_the_symbols_around_it():
    rows = [("a", "Alpha", 0, 40.0, 75.0), ("b", "Beta", 0, 40.9, 75.0)]
    label = LabelStyle(size_px=Rule(12.0))
    viewport = Viewport(at(40.0, 75.0, 1200.0), *SIZE)
    layer = point_layer("ab", rows, label=label)
    labels = place(Labeller(), viewport, layers=[layer])
    assert len(labels.references) == 2
    symbols = viewport.to_screen_many(forward([40.0, 40.9], [75.0, 75.0])) - (550, 380)
    for left, top, width, height in labels.boxes.tolist():
        outside = np.maximum(
            np.maximum(left - symbols[:, 0], symbols[:, 0] - left - width),
            np.maximum(top - symbols[:, 1], symbols[:, 1] - top - height),
        )
        assert outside.min() > 2.0


def test_the_layer_with_the_smaller_priority_keeps_its_room():
    first = point_layer("first", [("a", "Severodvinsk", 0, 40.0, 70.0)], label=LabelStyle(priority=40))
    seas_name = ("sea", "Wide Sea Name Here", 0, 40.35, 70.0)
    label = LabelStyle(role="sea", size_px=Rule(14.0), priority=20)
    second = point_layer("second", [seas_name], label=label, style=styles.InvisibleStyle())
    viewport = Viewport(at(40.0, 70.0, 1000.0), *SIZE)
    assert "second/sea" in place(Labeller(), viewport, layers=[first, second]).references
    flipped = replace(second[0], label=replace(label, priority=60))
    narrow = [first, (flipped, second[1])]
    assert place(Labeller(), viewport, layers=narrow).references[0] == "first/a"


def test_the_same_place_in_two_layers_is_named_once():
    ports = point_layer(
        "ports", [("m", "Tromso (harbour and shipyard)", 0, 33.05, 68.97)], label=LabelStyle(priority=45)
    )
    places = point_layer("places", [("m", "Tromsø", 0, 33.08, 68.98)], label=LabelStyle(priority=55))
    viewport = Viewport(at(33.0, 69.0, 1000.0), *SIZE)
    assert place(Labeller(), viewport, layers=[ports, places]).references == ("ports/m",)
    close = Viewport(at(33.06, 68.975, 10.0), *SIZE)
    assert set(place(Labeller(), close, layers=[ports, places]).references) == {"ports/m", "places/m"}


def test_lesser_ranks_wait_for_a_closer_view():
    label = LabelStyle(size_px=Rule(12.0))
    rows = [("big", "Big", 0, 40.0, 75.0), ("small", "Small", 1, 50.0, 75.0)]
    layer = point_layer("p", rows, label=label, rank_field="rank", rank_limits=(9000.0, 1000.0))
    camera = at(45.0, 75.0, 5000.0)
    assert place(Labeller(), Viewport(camera, *SIZE), layers=[layer]).references == ("p/big",)
    closer = Viewport(replace(camera, metres_per_pixel=900.0), *SIZE)
    assert set(place(Labeller(), closer, layers=[layer]).references) == {"p/big", "p/small"}


def test_a_layer_out_of_scale_has_no_names():
    layer, data = lanes()
    hidden = replace(layer, max_mpp=1000.0)
    assert place(Labeller(), Viewport(at(100.0, 76.0, 4000.0), *SIZE), layers=[(hidden, data)]).references == ()


def test_an_area_is_named_inside_it_once_its_name_fits():
    ring = shapely.Polygon([(0, -3e6), (4e5, -3e6), (4e5, -2.6e6), (0, -2.6e6)])
    layer = Layer("areas", "Areas", "", styles.FillStyle(), LabelStyle(role="region", size_px=Rule(12.0)))
    data = prepare("areas", [(0.0, frame({"id": ["one"], "name": ["Magadan"]}, [ring]))])
    near = Viewport(Camera(2e5, -2.8e6, 2000.0), *SIZE)
    labels = place(Labeller(), near, layers=[(layer, data)])
    assert labels.references == ("areas/one",)
    assert shapely.contains_xy(ring, *labels.anchors[0])
    far = Viewport(Camera(2e5, -2.8e6, 30000.0), *SIZE)
    assert place(Labeller(), far, layers=[(layer, data)]).references == ()


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
