"""A small map full of names, for the tests of labelling."""

import math
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geodata.prepare import prepare
from geodata.stereographic import forward
from viewer.model import palette as palettes
from viewer.model import styles
from viewer.model.camera import Viewport
from viewer.model.layer import Layer
from viewer.model.styles import LabelStyle, Rule
from viewer.model.views import at

RESOURCES = Path(__file__).parents[3] / "resources"
SIZE = (1100, 760)
PALETTES = palettes.read(RESOURCES / "styles" / "palette.toml")
PALETTE = PALETTES["light"]
DOTS = styles.SymbolStyle(size_px=Rule(8.0))


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


def place(labeller, viewport, *, layers=LAYERS, scale=1.0, palette=PALETTE, size=None, kept_out=(), known=(-1, 0)):
    size = size or (viewport.width_px, viewport.height_px)
    return labeller.place(viewport, scale, layers, palette, labels_size=size, kept_out=kept_out, atlas_known=known)


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
