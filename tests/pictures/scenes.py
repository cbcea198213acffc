"""The scenes that have an approved picture: each a few lines over the small map, named after its folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from geodata import chronology, routes, viewpoints
from geodata.annotations import AnnotationSet
from geodata.catalogue import Catalogue
from geodata.stereographic import EQUATOR_RADIUS_M
from tests.pictures.comparison import side_by_side
from viewer.app.chronology import drawing_of as event_drawn
from viewer.app.routes import drawing_of as ways_drawn
from viewer.app.viewpoints import drawing_of as view_drawn
from viewer.engine import figure
from viewer.engine.engine import Engine
from viewer.engine.furniture import paint_furniture
from viewer.engine.messages import FeatureRequest, LookChange, PictureRequest
from viewer.engine.shapes import SHAPE_NAMES
from viewer.engine.still import paint_still
from viewer.map.overlays.drawn_lines import Drawing, DrawnMark, paint_drawing
from viewer.map.overlays.highlights import Highlights
from viewer.model.camera import Camera, Viewport
from viewer.model.figure import FigureKind, FigureSpec
from viewer.model.layer import Layer, LayerStack
from viewer.model.legend import legend_of
from viewer.model.palette import Palette, ThemeName
from viewer.model.styles import FillStyle, InvisibleStyle, LabelStyle, LineStyle, Rule, Style, SymbolStyle
from viewer.model.views import at
from viewer.session import Session

FACTS = Path(__file__).parents[2] / "resources" / "facts"
WIDTH_PX, HEIGHT_PX = 400, 300
MIDDLE = Camera(0.0, 0.0, 1_000.0, 0.0)
LAND = FillStyle(fill=Rule("land"), outline=Rule("coast"))

Scene = Callable[[Engine], QImage]
SCENES: dict[str, Scene] = {}


def scene(make: Scene) -> Scene:
    """Enter a scene under its name."""
    SCENES[make.__name__] = make
    return make


def layer(name: str, style: Style, **more: object) -> Layer:
    """Return a layer of the small map with a look."""
    return Layer(name, name.title(), "Small map", style, **more)


def by_kind(*values: object) -> Rule:
    """Return a rule that gives the features of a layer these values in turn."""
    return Rule(values[0], "kind", tuple((str(row), value) for row, value in enumerate(values)))


def painted(
    engine: Engine,
    *layers: Layer,
    camera: Camera = MIDDLE,
    theme: ThemeName = "light",
    height_px: int = HEIGHT_PX,
) -> QImage:
    """Paint layers of the small map, the lowest first, as the window shows them."""
    engine.set_look(LookChange(LayerStack(layers), theme, engine.revision + 1))
    return paint_still(engine, camera, width_px=WIDTH_PX, height_px=height_px)


def bare(
    engine: Engine,
    *layers: Layer,
    camera: Camera = MIDDLE,
    width_px: int = WIDTH_PX,
    height_px: int = HEIGHT_PX,
    scale: float = 1.0,
) -> QImage:
    """Paint layers of the small map in light colours, without names and without anything that stands on the map."""
    engine.set_look(LookChange(LayerStack(layers), "light", engine.revision + 1))
    return engine.still(PictureRequest("still", 0, camera, width_px, height_px, scale, "", 1, 1))[0]


@scene
def fills_and_holes(engine: Engine) -> QImage:
    return bare(engine, layer("island", LAND))


@scene
def fills_over_each_other(engine: Engine) -> QImage:
    squares = FillStyle(fill=by_kind("alaska_fill", "russian_arctic_fill", "jber_fill", "zone_nsr"))
    return bare(engine, layer("island", LAND), layer("squares", squares))


@scene
def hatches(engine: Engine) -> QImage:
    style = FillStyle(
        fill=by_kind("", "land", "", "glacier"),
        hatch=by_kind("diagonal", "diagonal", "cross", "none"),
        hatch_colour=by_kind("russian_arctic_hatch", "occupied_hatch", "occupied_hatch", ""),
    )
    return bare(engine, layer("squares", style))


@scene
def hatches_on_a_turned_map(engine: Engine) -> QImage:
    style = FillStyle(hatch=by_kind("diagonal", "cross"), hatch_colour=Rule("russian_arctic_hatch"))
    return bare(engine, layer("island", style), camera=replace(MIDDLE, bearing_deg=30.0))


@scene
def outlines(engine: Engine) -> QImage:
    style = FillStyle(
        outline=by_kind("coast", "jber_edge", "occupied_edge", "alaska_edge"),
        outline_width_px=by_kind(0.8, 1.8, 0.9, 4.0),
        outline_dash=by_kind((), (5, 2.5), (3, 3), (1, 1)),
    )
    return bare(engine, layer("squares", style))


@scene
def lines_and_their_dashes(engine: Engine) -> QImage:
    style = LineStyle(
        colour=by_kind(
            "lane_nsr", "lane_nwp", "lane_tsr", "boundary", "boundary", "annotation_line", "river", "border"
        ),
        width_px=by_kind(2.8, 1.7, 2.4, 1.6, 1.6, 1.5, 1.3, 1.0),
        dash=by_kind((7, 2.5), (), (2, 2.5), (7, 2.5, 1.5, 2.5), (3, 4), (2, 3), (), (4, 3)),
    )
    return bare(engine, layer("lines", style))


@scene
def lines_with_casings(engine: Engine) -> QImage:
    colours = by_kind("lane_nsr", "lane_nwp", "lane_tsr", "lane_bridge")
    style = LineStyle(colours, Rule(3.0), by_kind((7, 2.5), (), (2, 2.5)), by_kind("lane_casing", "outside"), Rule(2.0))
    return bare(engine, layer("squares", FillStyle(fill=Rule("depth_5000"))), layer("lines", style))


def _shapes(engine: Engine, *, scale: float) -> QImage:
    symbols = SymbolStyle(
        Rule("circle", "kind", tuple(zip(SHAPE_NAMES, SHAPE_NAMES, strict=True))),
        Rule("base_usa"),
        Rule("symbol_edge"),
        Rule(22.0),
    )
    camera = replace(MIDDLE, metres_per_pixel=1_750.0)
    layers = layer("island", LAND), layer("shapes", symbols)
    return bare(engine, *layers, camera=camera, width_px=200, height_px=150, scale=scale)


@scene
def symbols(engine: Engine) -> QImage:
    return _shapes(engine, scale=1.0)


@scene
def symbols_on_a_dense_screen(engine: Engine) -> QImage:
    return _shapes(engine, scale=2.0)


@scene
def opacity(engine: Engine) -> QImage:
    lines = LineStyle(Rule("lane_nsr"), Rule(9.0), casing=Rule("outside"))
    half = layer("squares", FillStyle(fill=Rule("jber_edge")), opacity=0.5)
    return bare(engine, layer("island", LAND), half, layer("lines", lines, opacity=0.3))


@scene
def subjects_step_back_close_by(engine: Engine) -> QImage:
    style = FillStyle(fill=Rule("alaska_fill"), near_opacity=Rule(0.3), outline=Rule("alaska_edge"))
    cameras = [Camera(118e3, 70e3, mpp, 0.0) for mpp in (2_000.0, 550.0, 150.0)]
    return side_by_side([bare(engine, layer("island", style), camera=one, width_px=133) for one in cameras])


@scene
def lesser_ranks_wait_for_a_closer_view(engine: Engine) -> QImage:
    ranks = {"rank_field": "rank", "rank_limits": (4_000.0, 2_000.0, 1_000.0)}
    towns = layer("ranked", SymbolStyle(colour=Rule("place"), stroke=Rule("symbol_edge")), **ranks)
    cameras = [replace(MIDDLE, metres_per_pixel=mpp) for mpp in (4_000.0, 2_000.0, 1_000.0)]
    return side_by_side([bare(engine, towns, camera=one, width_px=133) for one in cameras])


@scene
def rim_of_the_map(engine: Engine) -> QImage:
    middle = EQUATOR_RADIUS_M / 2**0.5
    return bare(engine, camera=Camera(middle, middle, 20_000.0, 20.0))


def _names(engine: Engine, theme: ThemeName) -> QImage:
    sizes = {
        "ocean": 21,
        "sea": 15,
        "country": 16,
        "region": 12.5,
        "place": 13,
        "symbol": 14,
        "lane": 12,
        "graticule": 11,
    }
    colours = {"place": "label", "symbol": "label_jber", "graticule": "label_sea"}
    dots = {"place": SymbolStyle(colour=Rule("place")), "symbol": SymbolStyle(Rule("star"), Rule("jber_edge"))}
    named = [
        layer(role, dots.get(role, InvisibleStyle()), label=LabelStyle("name", role, colour, size_px=Rule(size_px)))
        for role, size_px in sizes.items()
        for colour in [colours.get(role, f"label_{role}")]
    ]
    return painted(engine, layer("island", LAND), *named, theme=theme)


@scene
def names_in_light(engine: Engine) -> QImage:
    return _names(engine, "light")


@scene
def names_in_dark(engine: Engine) -> QImage:
    return _names(engine, "dark")


@scene
def name_along_a_curve(engine: Engine) -> QImage:
    label = LabelStyle(role="lane", colour="label_lane", size_px=Rule(15.0), along=True)
    lane = LineStyle(Rule("lane_nsr"), Rule(2.8), Rule((7, 2.5)), Rule("lane_casing"))
    return painted(engine, layer("curve", lane, label=label), camera=replace(MIDDLE, bearing_deg=160.0))


@scene
def furniture_at_the_pole(engine: Engine) -> QImage:
    return painted(engine, camera=replace(MIDDLE, bearing_deg=169.0), height_px=150)


@scene
def furniture_at_anchorage(engine: Engine) -> QImage:
    anchorage = replace(at(-149.9, 61.2, 60.0), bearing_deg=169.0)
    return painted(engine, camera=anchorage, theme="dark", height_px=150)


@scene
def legend(engine: Engine) -> QImage:
    fill = FillStyle(Rule("alaska_fill"), outline=Rule("alaska_edge"))
    hatched = FillStyle(hatch=Rule("diagonal"), hatch_colour=Rule("russian_arctic_hatch"))
    lane = LineStyle(Rule("lane_nsr"), Rule(2.8), Rule((7, 2.5)))
    star = SymbolStyle(Rule("star"), Rule("jber_edge"), Rule("symbol_edge"), Rule(14.0))
    layers = (layer("island", fill), layer("squares", hatched), layer("lines", lane), layer("ranked", star))
    image = bare(engine, *layers)
    painter = QPainter(image)
    viewport = Viewport(MIDDLE, WIDTH_PX, HEIGHT_PX)
    groups = legend_of(LayerStack(layers), MIDDLE.metres_per_pixel)
    paint_furniture(painter, viewport, engine.palette, attribution=engine.attribution, legend=groups)
    painter.end()
    return image


class _Silent(QObject):
    """Stands where the engine's client stands, for highlights that ask nothing."""

    features_answered = Signal(object)


@scene
def highlights(engine: Engine) -> QImage:
    stack = LayerStack((layer("island", LAND), layer("ranked", SymbolStyle(colour=Rule("port"), size_px=Rule(12.0)))))
    image = bare(engine, *stack)
    session = Session(
        catalogue=Catalogue(()),
        stack=stack,
        palettes={"light": engine.palette},
        theme="light",
        article=None,
        annotations=AnnotationSet(),
        camera=MIDDLE,
    )
    session.set_viewport_size(WIDTH_PX, HEIGHT_PX)
    island, islet, left, right = engine.find(
        FeatureRequest(1, ("island/0", "island/1", "ranked/0", "ranked/4"), MIDDLE.metres_per_pixel)
    ).hits
    session.select(island)
    session.hover(left)
    session.set_glow((islet, right))
    marks = Highlights(session, _Silent())
    painter = QPainter(image)
    marks.paint(painter)
    painter.end()
    return image


def _drawn(engine: Engine, drawing: Drawing, *, theme: ThemeName, camera: Camera) -> QImage:
    image = painted(engine, layer("island", LAND), camera=camera, theme=theme)
    painter = QPainter(image)
    paint_drawing(painter, drawing, Viewport(camera, WIDTH_PX, HEIGHT_PX), engine.palette)
    painter.end()
    return image


@scene
def sea_ways_compared(engine: Engine) -> QImage:
    network = routes.read(FACTS)
    found = network.routes(network.port("Rotterdam"), network.port("Tokyo"))
    return _drawn(engine, ways_drawn(found), theme="light", camera=Camera(0.0, 0.0, 62_000.0, 169.0))


@scene
def figure_at_one_and_two(engine: Engine) -> QImage:
    """A figure as pixels at one and at two times the size, and as a drawing: each the same, beside each other."""
    stack = LayerStack((layer("island", LAND), layer("ranked", SymbolStyle(colour=Rule("port"), size_px=Rule(12.0)))))
    engine.set_look(LookChange(stack, "light", engine.revision + 1))
    drawing = Drawing((), (DrawnMark(0.0, 0.0, "boundary", "Seen"),), caption="Over the map")
    seen = Viewport(MIDDLE, 300.0, 200.0)

    def further(painter: QPainter, viewport: Viewport, palette: Palette) -> None:
        paint_drawing(painter, drawing, viewport, palette)

    def drawn(kind: FigureKind, factor: int) -> QImage:
        with TemporaryDirectory() as folder:
            file = Path(folder) / f"figure.{kind.lower()}"
            spec = FigureSpec(kind, 300 * factor, 300 * factor, 96 * factor, "A title", "A note", "Today")
            assert figure.draw(engine, seen, spec, file, paint_further=further)
            image = QImage(str(file)) if kind == "PNG" else _rendered(file, 300)
        return image.scaled(133, 133, mode=Qt.TransformationMode.SmoothTransformation)

    return side_by_side([drawn("PNG", 1), drawn("PNG", 2), drawn("SVG", 1)])


def _rendered(file: Path, side_px: int) -> QImage:
    image = QImage(side_px, side_px, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    QSvgRenderer(str(file)).render(painter)
    painter.end()
    return image


@scene
def viewpoint_of_one_side(engine: Engine) -> QImage:
    drawing = view_drawn(viewpoints.read(FACTS), "usa")
    return _drawn(engine, drawing, theme="dark", camera=Camera(0.0, 0.0, 34_000.0, 169.0))


@scene
def viewpoint_of_nobody(engine: Engine) -> QImage:
    drawing = view_drawn(viewpoints.read(FACTS), "neutral")
    return _drawn(engine, drawing, theme="light", camera=Camera(0.0, 0.0, 34_000.0, 169.0))


@scene
def event_known_since(engine: Engine) -> QImage:
    event = next(event for event in chronology.read(FACTS) if event.id == "first_cargo")
    return _drawn(engine, event_drawn(event), theme="light", camera=MIDDLE)
