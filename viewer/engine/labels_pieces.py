"""From names with places to pieces of the atlas: the last step of labelling."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from viewer.engine.atlas import Atlas, Part, Sprite, SpriteKey
from viewer.engine.labels_curves import Letter
from viewer.engine.labels_names import Name
from viewer.engine.labels_ranges import Spot
from viewer.engine.labels_room import Box
from viewer.engine.labels_text import ASCENT_EM, LEADING_EM
from viewer.engine.messages import LabelSet
from viewer.model.camera import Viewport
from viewer.model.palette import Palette


@dataclass(slots=True)
class _Rows:
    anchors: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    offsets: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    sources: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    angles: list[float] = field(default_factory=list[float])
    turning: list[bool] = field(default_factory=list[bool])
    label_of: list[int] = field(default_factory=list[int])


class PieceMaker:
    """Gathers the pieces of one picture's names.

    Parameters
    ----------
    viewport
        The picture's view; upright pieces come to lie on its whole device pixels.
    atlas
        Draws what it does not hold yet.
    palette
        The colours.
    """

    def __init__(self, viewport: Viewport, atlas: Atlas, palette: Palette) -> None:
        self._viewport = viewport
        self._atlas = atlas
        self._palette = palette
        self._rows = _Rows()
        self._boxes: list[Box] = []
        self._references: list[str] = []

    def upright(self, name: Name, spot: Spot, box: Box) -> None:
        """Add a name that stands at its anchor, with its box as left, top, right, bottom from the picture's middle."""
        block, size = spot.block, name.size_px
        baseline = spot.y - spot.half_height + ASCENT_EM * size
        for number, (line, width) in enumerate(zip(block.lines, block.widths, strict=True)):
            sprite = self._sprite(name, line, "both")
            right, down = spot.x - width * size / 2, baseline + number * LEADING_EM * size
            self._piece(name.x, name.y, self._on_pixels(name, right, down, sprite), sprite)
        self._finish(name, box)

    def along(self, name: Name, anchor: tuple[float, float], letters: Sequence[Letter], box: Box) -> None:
        """Add a name along a line: first the halos of all letters, then their ink."""
        parts: tuple[Part, Part] = ("halo", "ink")
        for part in parts:
            for letter in letters:
                sprite = self._sprite(name, letter.text, part)
                self._turned_piece(anchor, letter, sprite)
        self._finish(name, box)

    def finished(self, *, known: tuple[int, int]) -> LabelSet:
        """Return the set, with what an asker who knows this much of an atlas lacks of it."""
        rows = self._rows
        count = len(rows.angles)
        boxes = np.array(self._boxes, dtype=np.float32).reshape(-1, 4)
        boxes[:, 2:] -= boxes[:, :2]
        return LabelSet(
            generation=self._atlas.generation,
            anchors=np.array(rows.anchors, dtype=np.float64).reshape(count, 2),
            offsets=np.array(rows.offsets, dtype=np.float32).reshape(count, 2),
            sources=np.array(rows.sources, dtype=np.float32).reshape(count, 4),
            angles_deg=np.array(rows.angles, dtype=np.float32),
            turning=np.array(rows.turning, dtype=np.bool_),
            label_of=np.array(rows.label_of, dtype=np.int32),
            boxes=boxes,
            references=tuple(self._references),
            patch=self._atlas.patch_since(*known),
        )

    def _sprite(self, name: Name, text: str, part: Part) -> Sprite:
        label = name.label
        colour, halo = self._palette.rgba(label.colour), self._palette.rgba(label.halo)
        return self._atlas.sprite(SpriteKey(text, label.role, name.size_px, colour, halo, part))

    def _on_pixels(self, name: Name, right: float, down: float, sprite: Sprite) -> tuple[float, float]:
        """Return the offset of a sprite's middle that puts the sprite on whole device pixels."""
        scale = self._atlas.scale
        px, py = self._viewport.to_screen(name.x, name.y)
        left = round((px + right) * scale) + sprite.left
        top = round((py + down) * scale) + sprite.top
        return (left + sprite.width / 2) / scale - px, (top + sprite.height / 2) / scale - py

    def _turned_piece(self, anchor: tuple[float, float], letter: Letter, sprite: Sprite) -> None:
        scale = self._atlas.scale
        right, down = (sprite.left + sprite.width / 2) / scale, (sprite.top + sprite.height / 2) / scale
        turn = math.radians(letter.angle_deg)
        cos, sin = math.cos(turn), math.sin(turn)
        offset = letter.x + right * cos - down * sin, letter.y + right * sin + down * cos
        self._piece(*anchor, offset, sprite, angle_deg=letter.angle_deg, turning=True)

    def _piece(
        self,
        x: float,
        y: float,
        offset: tuple[float, float],
        sprite: Sprite,
        *,
        angle_deg: float = 0.0,
        turning: bool = False,
    ) -> None:
        rows = self._rows
        rows.anchors.append((x, y))
        rows.offsets.append(offset)
        rows.sources.append((sprite.x, sprite.y, sprite.width, sprite.height))
        rows.angles.append(angle_deg)
        rows.turning.append(turning)
        rows.label_of.append(len(self._references))

    def _finish(self, name: Name, box: Box) -> None:
        self._boxes.append(box)
        self._references.append(name.reference)
