"""What the window and the engine say to each other: plain values that pickle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.hit import Hit
from viewer.model.camera import Camera
from viewer.model.layer import LayerStack
from viewer.model.palette import ThemeName


@dataclass(frozen=True, slots=True)
class Ping:
    """Sent back as it came: a sign that the engine is not hung."""

    serial: int


@dataclass(frozen=True, slots=True)
class LookChange:
    """From now on pictures show this stack in this theme."""

    stack: LayerStack
    theme: ThemeName
    revision: int


@dataclass(frozen=True, slots=True)
class LookTaken:
    """The engine shows this look from now on."""

    revision: int


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """Paint this view into a slot of shared memory; a newer request of the same canvas replaces an older one.

    Attributes
    ----------
    canvas : str
        Who asks; the audience is served before others.
    serial : int
        Rises with each request of a canvas.
    camera : Camera
        The view; `metres_per_pixel` counts logical pixels.
    width_px, height_px : int
        Size in logical pixels, overscan included.
    scale : float
        Device pixels per logical pixel.
    slot : str
        Name of the shared memory to paint into; at least width × height × scale² × 4 bytes.
    labels_width_px, labels_height_px : int
        Size of the part in the middle where labels are placed, in logical pixels; 0 for no labels at all.
    atlas : tuple of (int, int)
        Generation and height of the label atlas that the asker has; the engine sends what it lacks.
    """

    canvas: str
    serial: int
    camera: Camera
    width_px: int
    height_px: int
    scale: float
    slot: str
    labels_width_px: int
    labels_height_px: int
    atlas: tuple[int, int] = (-1, 0)


@dataclass(frozen=True, slots=True)
class Abandon:
    """Give up the picture with this serial if it is not finished: nobody wants it any more. Answered by `Dropped`."""

    canvas: str
    serial: int


@dataclass(frozen=True, slots=True)
class AtlasPatch:
    """Rows of the label atlas: ``height`` rows of ``width`` premultiplied ARGB32 pixels from row ``top`` on."""

    generation: int
    top: int
    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True, eq=False)
class LabelSet:
    """The labels of one picture, as pieces of the atlas.

    Attributes
    ----------
    generation : int
        Of the atlas that the rectangles belong to.
    anchors : (n, 2) float64
        Where each piece is fixed to the map, in map metres.
    offsets : (n, 2) float32
        From the anchor to the middle of the piece, in logical pixels right and down, on the screen as it is, or, where
        the piece turns with the map, on the screen as it was for the picture's bearing.
    sources : (n, 4) float32
        The piece's rectangle in the atlas, in atlas pixels: x, y, width, height.
    angles_deg : (n,) float32
        Turn of the piece, clockwise, for the picture's bearing.
    turning : (n,) bool
        Whether the piece turns with the map (letters along a line) or stays upright.
    label_of : (n,) int32
        Which label a piece belongs to, as an index into `boxes` and `references`.
    boxes : (m, 4) float32
        Left, top, width, height of each label in logical pixels from the middle of the picture.
    references : tuple of str
        ``layer/feature`` of each label.
    patch : AtlasPatch or None
        What the asker's atlas lacks.
    """

    generation: int
    anchors: NDArray[np.float64]
    offsets: NDArray[np.float32]
    sources: NDArray[np.float32]
    angles_deg: NDArray[np.float32]
    turning: NDArray[np.bool_]
    label_of: NDArray[np.int32]
    boxes: NDArray[np.float32]
    references: tuple[str, ...]
    patch: AtlasPatch | None = None

    @classmethod
    def empty(cls, generation: int) -> LabelSet:
        """Return no labels."""
        return cls(
            generation=generation,
            anchors=np.empty((0, 2)),
            offsets=np.empty((0, 2), np.float32),
            sources=np.empty((0, 4), np.float32),
            angles_deg=np.empty(0, np.float32),
            turning=np.empty(0, np.bool_),
            label_of=np.empty(0, np.int32),
            boxes=np.empty((0, 4), np.float32),
            references=(),
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture: what was asked, which look it shows, its labels and how long it took."""

    request: PictureRequest
    revision: int
    labels: LabelSet
    painted_ms: float


@dataclass(frozen=True, slots=True)
class Dropped:
    """The picture will not come: its memory is gone, or it could not be painted."""

    request: PictureRequest


@dataclass(frozen=True, slots=True)
class PickRequest:
    """Ask what lies at a point of the map.

    Attributes
    ----------
    serial : int
        Comes back with the answer.
    x, y : float
        In map metres.
    metres_per_pixel : float
        The scale of the view, which decides what is shown there and the tolerance.
    hovering : bool
        Whether the pointer merely rests there; such requests may be dropped for newer ones.
    """

    serial: int
    x: float
    y: float
    metres_per_pixel: float
    hovering: bool = False


@dataclass(frozen=True, slots=True)
class PickAnswer:
    """What lies there, the topmost and smallest first."""

    request: PickRequest
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class FeatureRequest:
    """Ask for features by reference (``layer/feature``), wherever they are."""

    serial: int
    references: tuple[str, ...]
    metres_per_pixel: float


@dataclass(frozen=True, slots=True)
class FeatureAnswer:
    """The features that were found, in the order asked."""

    request: FeatureRequest
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class FeaturesInView:
    """Ask which selectable features lie in a view, nearest to its middle first."""

    serial: int
    camera: Camera
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class FeaturesInViewAnswer:
    """The features in view, nearest to the middle first."""

    request: FeaturesInView
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the person should know: where, what, what to do, as one readable line."""

    text: str


@dataclass(frozen=True, slots=True)
class Ready:
    """The engine has read its layers; `problems` names those it could not."""

    problems: tuple[Problem, ...] = ()
