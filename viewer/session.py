"""The one thing that changes: the current value of everything, and one signal for each."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from geodata.annotations import Annotation, AnnotationSet
from geodata.article import Article
from geodata.catalogue import Catalogue, Source
from geodata.edits import Edit
from geodata.hit import Hit
from viewer.model.camera import Camera, Viewport
from viewer.model.layer import Layer, LayerStack
from viewer.model.palette import Palette, ThemeName


class Session(QObject):
    """The current camera, layers, theme, selection and reading.

    Holds no widget and reads no file. Every change goes through a method here and is announced by one signal, and only
    when the value really changes.

    Signals
    -------
    camera_changed(Camera), viewport_changed(Viewport)
        The view moved; the window's map changed its size.
    stack_changed(LayerStack), theme_changed(Palette)
        Layers or colours changed.
    selection_changed(Hit | None), hover_changed(Hit | None)
        Another feature is selected or under the pointer.
    annotation_changed(Annotation | None)
        Another annotation is open.
    article_changed(Article | None)
        Another article, or another part of one, is to be read.
    annotations_changed(AnnotationSet)
        Other annotations are known, or one of them says something else.
    flight_requested(Camera)
        Somebody wants the camera to fly there; the map does it.
    features_requested(tuple[str, ...])
        Somebody wants these features (``layer/feature``; ``layer/`` for a whole layer) shown whole and made to glow.
    overview_requested(tuple[str, ...])
        Somebody wants these features to glow in the view of the whole Arctic.
    glow_changed(tuple[Hit, ...])
        Other features glow.
    position_changed(tuple[float, float] | None)
        The pointer is over this point of the map, in map metres, or left it.
    legend_changed(bool)
        The legend on the map was shown or hidden.
    edit_pushed(Edit)
        Somebody changed something that the document holds; whoever keeps the document keeps it, then shows it here.
    """

    camera_changed = Signal(object)
    viewport_changed = Signal(object)
    stack_changed = Signal(object)
    theme_changed = Signal(object)
    selection_changed = Signal(object)
    hover_changed = Signal(object)
    annotation_changed = Signal(object)
    article_changed = Signal(object)
    annotations_changed = Signal(object)
    flight_requested = Signal(object)
    features_requested = Signal(object)
    overview_requested = Signal(object)
    glow_changed = Signal(object)
    position_changed = Signal(object)
    legend_changed = Signal(bool)
    edit_pushed = Signal(object)

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        stack: LayerStack,
        palettes: dict[ThemeName, Palette],
        theme: ThemeName,
        article: Article | None,
        annotations: AnnotationSet,
        camera: Camera,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.catalogue = catalogue
        self.first_stack = stack
        self.article = article
        self.annotations = annotations
        self._palettes = palettes
        self._theme: ThemeName = theme
        self._stack = stack
        self._viewport = Viewport(camera, 1280.0, 800.0)
        self._selection: Hit | None = None
        self._hovered: Hit | None = None
        self._annotation: Annotation | None = None
        self._glow: tuple[Hit, ...] = ()
        self._legend = False

    @property
    def camera(self) -> Camera:
        """Where the map is looked at from."""
        return self._viewport.camera

    @property
    def viewport(self) -> Viewport:
        """The camera and the size of the window's map in logical pixels."""
        return self._viewport

    @property
    def stack(self) -> LayerStack:
        """The layers as they are shown."""
        return self._stack

    @property
    def palette(self) -> Palette:
        """The colours of the current theme."""
        return self._palettes[self._theme]

    @property
    def theme(self) -> ThemeName:
        """The current theme's name."""
        return self._theme

    @property
    def selection(self) -> Hit | None:
        """The selected feature."""
        return self._selection

    @property
    def hovered(self) -> Hit | None:
        """The feature under the pointer."""
        return self._hovered

    @property
    def annotation(self) -> Annotation | None:
        """The open annotation."""
        return self._annotation

    @property
    def glow(self) -> tuple[Hit, ...]:
        """The features that glow because a passage or annotation speaks of them."""
        return self._glow

    @property
    def legend_shown(self) -> bool:
        """Whether the legend is shown on the map."""
        return self._legend

    def set_camera(self, camera: Camera) -> None:
        """Move the camera at once."""
        camera = camera.clamped()
        if camera == self._viewport.camera:
            return
        self._viewport = Viewport(camera, self._viewport.width_px, self._viewport.height_px)
        self.camera_changed.emit(camera)

    def set_viewport_size(self, width_px: float, height_px: float) -> None:
        """Say how large the window's map is, in logical pixels."""
        if (width_px, height_px) == (self._viewport.width_px, self._viewport.height_px):
            return
        self._viewport = Viewport(self._viewport.camera, width_px, height_px)
        self.viewport_changed.emit(self._viewport)

    def fly_to(self, camera: Camera) -> None:
        """Ask the map to fly to a camera."""
        self.flight_requested.emit(camera.clamped())

    def set_stack(self, stack: LayerStack) -> None:
        """Show another stack."""
        if stack == self._stack:
            return
        self._stack = stack
        self.stack_changed.emit(stack)

    def set_layer(self, layer: Layer) -> None:
        """Replace one layer of the stack."""
        self.set_stack(self._stack.with_layer(layer))

    def add_layer(self, layer: Layer, source: Source, *, before: str = "") -> None:
        """Add a layer of the person's own, under the layer named or on top, with what is to be said of its origin."""
        sources = (*(known for known in self.catalogue.sources if known.id != layer.id), source)
        self.catalogue = replace(self.catalogue, sources=sources)
        self.set_stack(self._stack.without(layer.id).with_added(layer, before=before))

    def remove_layer(self, layer_id: str) -> None:
        """Take a layer off the map; what is selected or glows in it no longer does."""
        prefix = f"{layer_id}/"
        if self._selection is not None and self._selection.reference.startswith(prefix):
            self.select(None)
        if any(hit.reference.startswith(prefix) for hit in self._glow):
            self.set_glow(())
        if self._hovered is not None and self._hovered.reference.startswith(prefix):
            self.hover(None)
        self.set_stack(self._stack.without(layer_id))

    def set_theme(self, theme: ThemeName) -> None:
        """Change the colours of map and window."""
        if theme == self._theme:
            return
        self._theme = theme
        self.theme_changed.emit(self.palette)

    def hover(self, hit: Hit | None) -> None:
        """Say which feature the pointer is over."""
        if _reference(hit) == _reference(self._hovered):
            return
        self._hovered = hit
        self.hover_changed.emit(hit)

    def select(self, hit: Hit | None) -> None:
        """Select a feature and open its annotation; None clears both, and what glows."""
        self.set_glow(())
        if _reference(hit) != _reference(self._selection):
            self._selection = hit
            self.selection_changed.emit(hit)
        found = self.annotations.of_feature(hit.reference) if hit else ()
        self._open(found[0] if found else None)

    def set_article(self, article: Article | None) -> None:
        """Read another article, or another part of one."""
        self.article = article
        self.article_changed.emit(article)

    def set_annotations(self, annotations: AnnotationSet) -> None:
        """Know these annotations from now on; the one that is open stays so in its new words, or is closed."""
        self.annotations = annotations
        if self._annotation is not None:
            self._open(annotations.get(self._annotation.id))
        self.annotations_changed.emit(annotations)

    def push_edit(self, edit: Edit) -> None:
        """Change something that the document holds, as one step that can be taken back; see `geodata.edits`."""
        if edit.rows:
            self.edit_pushed.emit(edit)

    def read(self, annotation: Annotation | None) -> None:
        """Open an annotation's card where the map is; None closes it. The selection is cleared, no camera moves."""
        if self._selection is not None:
            self._selection = None
            self.selection_changed.emit(None)
        self._open(annotation)

    def twin(self, parent: QObject | None = None) -> Session:
        """Return a session of its own that shows the same now, with nothing selected: for another window."""
        return Session(
            catalogue=self.catalogue,
            stack=self._stack,
            palettes=self._palettes,
            theme=self._theme,
            article=self.article,
            annotations=self.annotations,
            camera=self.camera,
            parent=parent,
        )

    def open_annotation(self, annotation: Annotation) -> None:
        """Open an annotation from the page: fly to what it speaks of and let it glow; the selection is cleared.

        What it speaks of may be the whole Arctic.
        """
        self._open_with(annotation, annotation.references)

    def open_passage(self, passage_id: str) -> None:
        """Open a passage as a click on it does: its first annotation's card, and all its features in view, glowing.

        An unknown id does nothing.
        """
        found = self.annotations.of_passage(passage_id)
        if found:
            references = dict.fromkeys(reference for annotation in found for reference in annotation.references)
            self._open_with(found[0], tuple(references))

    def show_features(self, references: tuple[str, ...]) -> None:
        """Ask for features as ``layer/feature`` to be shown whole, glowing; ``layer/`` is a whole layer."""
        self.features_requested.emit(references)

    def set_glow(self, hits: tuple[Hit, ...]) -> None:
        """Let these features glow."""
        if [hit.reference for hit in hits] == [hit.reference for hit in self._glow]:
            return
        self._glow = hits
        self.glow_changed.emit(hits)

    def set_position(self, position: tuple[float, float] | None) -> None:
        """Say where on the map the pointer is, in map metres."""
        self.position_changed.emit(position)

    def set_legend_shown(self, shown: bool) -> None:
        """Show or hide the legend on the map."""
        if shown == self._legend:
            return
        self._legend = shown
        self.legend_changed.emit(shown)

    def _open_with(self, annotation: Annotation, references: tuple[str, ...]) -> None:
        self.read(annotation)
        if self._is_of_the_whole(annotation):
            self.overview_requested.emit(references)
        else:
            self.show_features(references)

    def _is_of_the_whole(self, annotation: Annotation) -> bool:
        """Tell whether an annotation speaks of the whole Arctic, or only of the marks of annotations that do."""
        owners = [self.annotations.get(reference.partition("/")[2]) for reference in annotation.targets]
        marks = bool(owners) and all(owner is not None and owner.is_of_the_whole and owner.place for owner in owners)
        return annotation.is_of_the_whole or marks

    def _open(self, annotation: Annotation | None) -> None:
        if annotation is self._annotation:
            return
        self._annotation = annotation
        self.annotation_changed.emit(annotation)


def _reference(hit: Hit | None) -> str | None:
    return hit.reference if hit else None
