"""A story: the steps in which a presenter walks an audience through the map. Values only; nothing is shown here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from geodata.stereographic import forward, inverse
from viewer.model.camera import Camera, Viewport
from viewer.model.layer import LayerStack
from viewer.model.styles import Style
from viewer.model.views import VIEW_NAMES, named_view

StepKind = Literal["map", "cover", "closing"]
Transition = Literal["fly", "cut"]


@dataclass(frozen=True, slots=True)
class StepView:
    """What of the map a step shows whole, whatever the size and shape of the window.

    Attributes
    ----------
    name : str
        One of the named views; where it is set the rest means nothing.
    lon, lat : float
        The middle, in degrees.
    wide_m, high_m : float
        At least so much is in view, in map metres along the screen's axes.
    bearing_deg : float
        The direction that is up, as in `Camera`.
    """

    name: str = ""
    lon: float = 0.0
    lat: float = 90.0
    wide_m: float = 8_600_000.0
    high_m: float = 8_600_000.0
    bearing_deg: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a view that nothing could show.

        Raises
        ------
        ValueError
            Where the name is unknown or the rectangle is empty.
        """
        if self.name and self.name not in VIEW_NAMES:
            raise ValueError(f"there is no view {self.name!r}; there are {', '.join(VIEW_NAMES)}")
        if self.wide_m <= 0 or self.high_m <= 0:
            raise ValueError("a view must be wider and higher than nothing")

    def camera(self, width_px: float, height_px: float, *, covered_px: tuple[float, float] = (0.0, 0.0)) -> Camera:
        """Return the camera for a window.

        Parameters
        ----------
        width_px, height_px
            The window's size in logical pixels.
        covered_px
            How much of it is covered at the right and at the bottom; the view is shown whole beside and above that. At
            most half of the window is taken into account.
        """
        right_px, bottom_px = min(covered_px[0], width_px / 2), min(covered_px[1], height_px / 2)
        camera = self._filling(max(width_px - right_px, 1.0), max(height_px - bottom_px, 1.0))
        return Viewport(camera, width_px, height_px).moved(-right_px / 2, -bottom_px / 2)

    def _filling(self, width_px: float, height_px: float) -> Camera:
        if self.name:
            return named_view(self.name, width_px=width_px, height_px=height_px)
        x, y = (float(value) for value in forward(self.lon, self.lat))
        mpp = max(self.wide_m / width_px, self.high_m / height_px)
        return Camera(x, y, mpp, self.bearing_deg).clamped()


def view_of(viewport: Viewport) -> StepView:
    """Return what a window shows now, as a step keeps it: to a hundredth of a metre, in the same window the same."""
    camera = viewport.camera
    lon, lat = (float(value) for value in inverse(camera.x, camera.y))
    wide_m, high_m = (round(side * camera.metres_per_pixel, 2) for side in (viewport.width_px, viewport.height_px))
    return StepView("", round(lon, 7), round(max(lat, 0.0), 7), wide_m, high_m, round(camera.bearing_deg, 4))


@dataclass(frozen=True, slots=True)
class LayerLook:
    """How a step shows a layer other than the map does.

    Attributes
    ----------
    layer : str
        The layer's id.
    opacity : float or None
        From 0 to 1; None as it is.
    style : Style or None
        What it is drawn with; None as it is.
    """

    layer: str
    opacity: float | None = None
    style: Style | None = None


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One step: a view, what is shown in it, and what the speaker says.

    Attributes
    ----------
    id, title : str
        Unique in the story; the title is shown to the audience.
    view : StepView
        Where the camera goes.
    caption : str
        One or two sentences for the audience; may be empty.
    features : tuple of str
        References (``layer/feature``) that glow.
    annotation : str
        The annotation whose card is shown; empty for none.
    passage : str
        The passage of the article that the step belongs to; empty for none.
    shown, hidden : tuple of str
        Layers that this step shows or hides, against the stack of the map.
    legend : bool
        Whether the legend is on the map.
    notes : str
        Markdown, for the speaker alone.
    duration_s : float
        How long the speaker means to stay.
    is_timed : bool
        Whether the speaker said so; else it is a guess.
    kind : {"map", "cover", "closing"}
        A cover shows the story's title over the map, a closing step its last words.
    looks : tuple of LayerLook
        Layers that look otherwise in this step.
    viewpoint : str
        Whose view of what is disputed is drawn, an id of `geodata.viewpoints.VIEWS`; empty for none.
    date : str
        The day that the map speaks of, as YYYY, YYYY-MM or YYYY-MM-DD; empty for none.
    transition : {"fly", "cut"}
        How the camera comes here.
    """

    id: str
    title: str
    view: StepView
    caption: str = ""
    features: tuple[str, ...] = ()
    annotation: str = ""
    passage: str = ""
    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    legend: bool = False
    notes: str = ""
    duration_s: float = 60.0
    is_timed: bool = True
    kind: StepKind = "map"
    looks: tuple[LayerLook, ...] = ()
    viewpoint: str = ""
    date: str = ""
    transition: Transition = "fly"

    def stack(self, stack: LayerStack) -> LayerStack:
        """Return the layers as this step shows them; layers that are not there are passed over."""
        shown = stack.with_visible(frozenset(self.shown), True).with_visible(frozenset(self.hidden), False)
        for look in self.looks:
            layer = shown.get(look.layer)
            if layer is not None:
                opacity = layer.opacity if look.opacity is None else look.opacity
                shown = shown.with_layer(replace(layer, opacity=opacity, style=look.style or layer.style))
        return shown


@dataclass(frozen=True, slots=True)
class Story:
    """A talk on the map.

    Attributes
    ----------
    title, subtitle : str
        For the cover.
    steps : tuple of StoryStep
        In order; one that is played has at least one.
    slot_s : float
        How long the speaker has, in seconds; 0 where that was not said.
    """

    title: str
    steps: tuple[StoryStep, ...]
    subtitle: str = ""
    slot_s: float = 0.0

    @property
    def duration_s(self) -> float:
        """How long the whole talk is meant to take."""
        return sum(step.duration_s for step in self.steps)

    def planned_s(self, index: int) -> float:
        """Return how long after its beginning the talk should come to a step."""
        return sum(step.duration_s for step in self.steps[:index])

    def index_of(self, step_id: str) -> int | None:
        """Return where a step is, or None."""
        return next((number for number, step in enumerate(self.steps) if step.id == step_id), None)
