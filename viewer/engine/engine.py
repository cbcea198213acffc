"""The engine as an ordinary object: it paints requests and finds features, and knows no process."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QImage, QPainter

from geodata import catalogue as catalogues
from geodata import layer_files
from geodata.built_in_catalogue import read_or_built_in
from geodata.errors import GeodataError, left_out, listed, together
from geodata.hit import Hit, hit_of
from geodata.prepared import PreparedLayer
from geodata.swarm import Swarm
from viewer import paths
from viewer.engine import fonts
from viewer.engine.atlas import Atlas
from viewer.engine.furniture import furniture_boxes
from viewer.engine.labels import Labeller
from viewer.engine.messages import (
    FeatureAnswer,
    FeatureRequest,
    FeaturesInView,
    FeaturesInViewAnswer,
    LabelSet,
    LookChange,
    PickAnswer,
    PickRequest,
    PictureRequest,
)
from viewer.engine.own_hits import find_far, find_in, place_hits
from viewer.engine.own_scenes import OwnScenes, is_named
from viewer.engine.painters import density, fills, lines, sea, symbols
from viewer.engine.painters.canvas import PictureView
from viewer.engine.path_cache import PathCache
from viewer.engine.scene import LayerScene
from viewer.model import palette as palettes
from viewer.model.camera import Viewport
from viewer.model.layer import Layer, LayerStack
from viewer.model.palette import Palette, ThemeName
from viewer.model.stack import stack_of, unknown_colours
from viewer.model.styles import FillStyle, LineStyle, Style, SymbolStyle
from viewer.model.views import named_view

if TYPE_CHECKING:
    from geodata.pick import PickIndex

PICK_TOLERANCE_PX = 7.0
_WARM_UP_PX = 900
_FEW_PX = 8
_NEXT_SCALES = (0.5, 0.25, 2.0, 0.125)

Paint = Callable[[QPainter, PictureView, Layer, LayerScene], Iterator[None]]

_Result = TypeVar("_Result")

_PAINTERS: dict[type[Style], Paint] = {FillStyle: fills.paint, LineStyle: lines.paint, SymbolStyle: symbols.paint}


class Engine:
    """Paints the map and finds what lies under a point.

    Layers are mapped into memory when it is made; one that cannot be read is left out and named in `problems`.

    Parameters
    ----------
    resources
        The folder of the built-in map.
    cache
        Asked for a folder to keep files in, where a layer had to be prepared anew.

    Attributes
    ----------
    problems : list of GeodataError
        What could not be read.
    """

    def __init__(self, resources: Path, *, cache: Callable[[], Path | None] = paths.cache_folder) -> None:
        self.problems: list[GeodataError] = [*fonts.load_as_one(resources)]
        self._palettes = self._read_palettes(resources / "styles" / "palette.toml")
        self._theme: ThemeName = "light"
        self._stack, self._catalogue = self._read_stack(resources / "catalogue.toml")
        self._scenes: dict[str, LayerScene] = {}
        self._indexes: dict[str, PickIndex] = {}
        self._own = OwnScenes()
        self._paths = PathCache()
        self._read_layers(resources / "layers", cache)
        self._labeller = Labeller()
        self.revision = 0

    @property
    def stack(self) -> LayerStack:
        """The layers as they are painted."""
        return self._stack

    @property
    def attribution(self) -> tuple[str, ...]:
        """The credits that every picture owes."""
        return self._catalogue.attribution

    @property
    def palette(self) -> Palette:
        """The colours that are painted with."""
        return self._palettes[self._theme]

    def set_look(self, change: LookChange) -> tuple[GeodataError, ...]:
        """Paint with another stack and theme from now on; return what is wrong with layers of the person's own."""
        self._stack, self._theme, self.revision = change.stack, change.theme, change.revision
        changed, problems = self._own.update([layer for layer in change.stack if layer.is_own])
        for layer_id in changed:
            self._indexes.pop(layer_id, None)
        if any(change.stack.get(layer_id) is None for layer_id in changed):
            self._paths.clear()  # what the views of that layer left behind is given back with it
        return problems

    def paint(self, request: PictureRequest, image: QImage) -> Generator[None, None, LabelSet]:
        """Paint a view into an image, a small step at a time; the labels are placed, not painted.

        Parameters
        ----------
        request
            The view; its slot is ignored.
        image
            RGB32, ``width × scale`` by ``height × scale`` device pixels.

        Returns
        -------
        The labels of the picture.
        """
        # Taken now, not at the first step: a picture shows one look from its sea to its names.
        return self._paint(
            request,
            image,
            drawn=self._drawn_at(Viewport(request.camera, request.width_px, request.height_px)),
            named=self._named(),
            palette=self.palette,
        )

    def _paint(
        self,
        request: PictureRequest,
        image: QImage,
        *,
        drawn: list[tuple[Layer, LayerScene | Swarm]],
        named: list[tuple[Layer, PreparedLayer]],
        palette: Palette,
    ) -> Generator[None, None, LabelSet]:
        painter = QPainter(image)
        try:
            viewport = Viewport(request.camera, request.width_px, request.height_px)
            yield from _draw(painter, PictureView(viewport, request.scale, palette), drawn)
        finally:
            painter.end()
        if request.labels_width_px == 0:
            return LabelSet.empty(request.atlas[0])
        return (yield from self._name(request, named, palette))

    def _name(
        self, request: PictureRequest, named: list[tuple[Layer, PreparedLayer]], palette: Palette
    ) -> Generator[None, None, LabelSet]:
        return self._labeller.placing(
            Viewport(request.camera, request.width_px, request.height_px),
            request.scale,
            named,
            palette,
            labels_size=(request.labels_width_px, request.labels_height_px),
            kept_out=self._kept_out(request),
            atlas_known=request.atlas,
        )

    def _kept_out(self, request: PictureRequest) -> list[tuple[float, float, float, float]]:
        """Return what stands on the view that is asked for, as rectangles from its middle."""
        view = Viewport(request.camera, request.labels_width_px, request.labels_height_px)
        right, down = view.width_px / 2, view.height_px / 2
        boxes = furniture_boxes(view, self.attribution)
        return [(box.left() - right, box.top() - down, box.right() - right, box.bottom() - down) for box in boxes]

    def _drawn_at(self, viewport: Viewport) -> list[tuple[Layer, LayerScene | Swarm]]:
        drawn: list[tuple[Layer, LayerScene | Swarm]] = []
        for layer in self._stack.drawn_at(viewport.camera.metres_per_pixel):
            far, scene = self._own.far.get(layer.id), self._scene(layer.id)
            if far is not None:
                drawn.append((layer, far.for_view(viewport.extent)))
            elif scene is not None:
                drawn.append((layer, scene))
        return drawn

    def _scene(self, layer_id: str) -> LayerScene | None:
        """Return a layer that is held as a whole."""
        return self._scenes.get(layer_id) or self._own.whole.get(layer_id)

    def _scene_at(self, layer_id: str, x: float, y: float) -> LayerScene | None:
        """Return what is held of a layer around a point."""
        far = self._own.far.get(layer_id)
        return far.exact_at(x, y) if far is not None else self._scene(layer_id)

    def _named(self) -> list[tuple[Layer, PreparedLayer]]:
        """Return all visible layers, in scale or not: where names stand must not change where one comes in."""
        named: list[tuple[Layer, PreparedLayer]] = []
        for layer in self._stack:
            scene = self._scene(layer.id)
            if layer.visible and layer.opacity > 0 and scene is not None and is_named(layer, scene.prepared):
                named.append((layer, scene.prepared))
        return named

    def still(self, request: PictureRequest) -> tuple[QImage, LabelSet]:
        """Paint a view at once into an image of its own."""
        image = QImage(
            round(request.width_px * request.scale),
            round(request.height_px * request.scale),
            QImage.Format.Format_RGB32,
        )
        return image, _at_once(self.paint(request, image))

    def draw(self, viewport: Viewport, scale: float, painter: QPainter) -> None:
        """Draw a view at once, without names, with a painter on whatever device; in its pixels from its origin."""
        _at_once(_draw(painter, PictureView(viewport, scale, self.palette), self._drawn_at(viewport)))

    def names(self, request: PictureRequest) -> LabelSet:
        """Return the labels that `paint` would place, without painting."""
        return _at_once(self._name(request, self._named(), self.palette))

    @property
    def atlas(self) -> Atlas:
        """The atlas that the labels of the last picture are pieces of."""
        return self._labeller.atlas

    def warm_up(self) -> Generator[None, None, None]:
        """Do, a small step at a time, what the first picture and the first click would otherwise wait for.

        Paints the whole Arctic into an image of its own, which leaves paths and names ready, then makes the indexes
        that clicks are answered from.
        """
        side = _WARM_UP_PX
        camera = named_view("arctic", width_px=side, height_px=side)
        request = PictureRequest("warm-up", 0, camera, side, side, 1.0, "", side, side)
        yield from self.paint(request, QImage(side, side, QImage.Format.Format_RGB32))
        for layer in self._stack:
            scene = self._scenes.get(layer.id)
            if layer.selectable and scene is not None:
                self._index(layer.id, scene).warm_up()
                yield

    def warm_up_own(self) -> Generator[None, None, None]:
        """Do, a small step at a time, what the first click on layers that were just opened would otherwise wait for."""
        for layer_id, scene in list(self._own.whole.items()):
            self._index(layer_id, scene).warm_up()
            yield

    def foresee(self, request: PictureRequest) -> Generator[None, None, None]:
        """Do, a small step at a time, what the views next in scale to one would otherwise wait for.

        Three doublings in and one out are further than a hand zooms before it rests. Paths, names and their places are
        left ready; nothing is painted but a few pixels, for Qt leaves out what lies beyond.
        """
        nothing = QImage(_FEW_PX, _FEW_PX, QImage.Format.Format_RGB32)
        for factor in _NEXT_SCALES:
            camera = replace(request.camera, metres_per_pixel=request.camera.metres_per_pixel * factor).clamped()
            yield from self.paint(replace(request, camera=camera), nothing)

    def pick(self, request: PickRequest) -> PickAnswer:
        """Return what lies at a point, among the layers that are shown at its scale and can be selected."""
        from geodata.pick import pick

        mpp, tolerance_m = request.metres_per_pixel, PICK_TOLERANCE_PX * request.metres_per_pixel
        indexes: list[PickIndex] = []
        counted: list[Hit] = []
        for layer in reversed(self._stack.drawn_at(mpp)):
            if not layer.selectable:
                continue
            scene = self._scene_at(layer.id, request.x, request.y)
            if scene is not None:
                indexes.append(self._index(layer.id, scene))
            elif layer.id in self._own.far:
                counted += place_hits(self._own.far[layer.id].places, request.x, request.y, tolerance_m=tolerance_m)
        found = pick(indexes, request.x, request.y, tolerance_m=tolerance_m, metres_per_pixel=mpp)
        return PickAnswer(request, (*counted, *(hit for hit in found if self._ranked_in(hit, mpp))))

    def find(self, request: FeatureRequest) -> FeatureAnswer:
        """Return features by reference, whether or not they are shown; ``layer/`` gives the extent of a whole layer."""
        hits = (self._find(reference, request.metres_per_pixel) for reference in request.references)
        return FeatureAnswer(request, tuple(hit for hit in hits if hit is not None))

    def in_view(self, request: FeaturesInView) -> FeaturesInViewAnswer:
        """Return the selectable features in a view, nearest to its middle first."""
        viewport = Viewport(request.camera, request.width_px, request.height_px)
        mpp, extent = request.camera.metres_per_pixel, viewport.extent
        hits: list[Hit] = []
        for layer in self._stack.drawn_at(mpp):
            scene = self._scene_at(layer.id, request.camera.x, request.camera.y)
            if not layer.selectable or scene is None or not is_named(layer, scene.prepared):
                continue
            index = self._index(layer.id, scene)
            rows = index.rows_in(extent)
            distances = index.distances(rows, request.camera.x, request.camera.y)
            made = (
                hit_of(index.layer, row, metres_per_pixel=mpp, distance_m=distance)
                for row, distance in zip(rows, distances, strict=True)
            )
            hits += [hit for hit in made if hit is not None and self._ranked_in(hit, mpp)]
        hits.sort(key=lambda hit: (hit.distance_m, hit.reference))
        return FeaturesInViewAnswer(request, tuple(hits))

    def _find(self, reference: str, metres_per_pixel: float) -> Hit | None:
        layer_id, _, feature_id = reference.partition("/")
        far = self._own.far.get(layer_id)
        if far is not None:
            return find_far(far, layer_id, feature_id, metres_per_pixel)
        scene = self._scene(layer_id)
        return find_in(scene.prepared, feature_id, metres_per_pixel) if scene is not None else None

    def _ranked_in(self, hit: Hit, metres_per_pixel: float) -> bool:
        layer = self._stack.get(hit.layer_id)
        return layer is not None and layer.shows_rank(hit.attributes.get(layer.rank_field), metres_per_pixel)

    def _index(self, layer_id: str, scene: LayerScene) -> PickIndex:
        if layer_id not in self._indexes or self._indexes[layer_id].layer is not scene.prepared:
            from geodata.pick import PickIndex  # loads the geometry library, which no picture needs

            self._indexes[layer_id] = PickIndex(scene.prepared)
        return self._indexes[layer_id]

    def _read_palettes(self, path: Path) -> dict[ThemeName, Palette]:
        read, problems = palettes.read_or_built_in(path)
        self.problems += left_out(problems, "colours")
        return read

    def _read_stack(self, path: Path) -> tuple[LayerStack, catalogues.Catalogue]:
        entries, lost = read_or_built_in(path)
        self._is_catalogue_built_in = bool(lost)
        stack, problems = stack_of(entries)
        self.problems += (*lost, *left_out(problems, "layers"), *unknown_colours(stack, self._palettes, entries))
        return stack, entries

    def _read_layers(self, folder: Path, cache: Callable[[], Path | None]) -> None:
        lost: dict[str, GeodataError] = {}
        for entry in self._catalogue.sources:
            try:
                self._scenes[entry.id] = LayerScene(layer_files.read(entry.id, folder, cache=cache), self._paths)
            except GeodataError as problem:
                lost[entry.title] = problem
        self.problems += together(
            list(lost.values()),
            f"{len(lost)} layers cannot be read: {listed(list(lost))}.",
            where=str(folder),
            advice="Restore this folder, or install the program again.",
        )
        if not self._is_catalogue_built_in:
            self.problems += layer_files.unnamed(folder, self._catalogue)


def _draw(
    painter: QPainter, view: PictureView, drawn: list[tuple[Layer, LayerScene | Swarm]]
) -> Generator[None, None, None]:
    sea.paint(painter, view)
    for layer, scene in drawn:
        if isinstance(scene, Swarm):
            yield from density.paint(painter, view, layer, scene)
            continue
        paint = _PAINTERS.get(type(layer.style))
        if paint is not None:
            yield from paint(painter, view, layer, scene)


def _at_once(steps: Generator[None, None, _Result]) -> _Result:
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value
