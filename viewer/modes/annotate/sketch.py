"""The gesture of one shape: from the first press to the last, without a window."""

from __future__ import annotations

from geodata.shapes import LEAST, Drawn, Kind, LonLat

_AT_ONCE: tuple[Kind, ...] = ("point", "text")
_BY_DRAG: tuple[Kind, ...] = ("circle", "freehand")


class Sketch:
    """Collects the places of a shape.

    Points and words are done with a click; lines and areas with Enter or a double click; circles by a drag from the
    middle, or by two clicks; freehand lines by a drag.

    Attributes
    ----------
    kind : Kind
        What is drawn.
    places : list of (float, float)
        What was set so far.
    pointer : (float, float) or None
        Where the pointer is.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind: Kind = kind
        self.places: list[LonLat] = []
        self.pointer: LonLat | None = None
        self._is_second = False

    @property
    def preview(self) -> Drawn | None:
        """The shape as it would be with the pointer's place; None where nothing is under way."""
        if not self.places:
            return None
        pointed = () if self.kind == "freehand" or self.pointer is None else (self.pointer,)
        return Drawn(self.kind, (*self.places, *pointed))

    def press(self, place: LonLat) -> bool:
        """Take a press; return whether a drag from here draws."""
        if self.kind not in _BY_DRAG:
            return False
        self.pointer = place
        self._is_second = bool(self.places)
        if not self._is_second:
            self.places = [place]
        return True

    def move(self, place: LonLat, *, is_pressed: bool = False) -> None:
        """Take the pointer's new place."""
        self.pointer = place
        if is_pressed and self.kind == "freehand":
            self.places.append(place)

    def release(self, place: LonLat, *, in_place: bool) -> Drawn | None:
        """Take the end of a press; return the shape where it is done.

        A circle whose middle was only clicked waits for a second click.
        """
        self.pointer = place
        if self.kind == "freehand":
            return self.finish()
        if in_place and not self._is_second:
            return None
        self.places.append(place)
        return self.finish()

    def click(self, place: LonLat) -> Drawn | None:
        """Take a click; return the shape where it is done with that."""
        if not self.places or self.places[-1] != place:
            self.places.append(place)
        return self.finish() if self.kind in _AT_ONCE else None

    def finish(self) -> Drawn | None:
        """End the shape; return it where enough was set, and begin anew."""
        drawn = Drawn(self.kind, tuple(self.places))
        if len(self.places) >= LEAST[self.kind]:
            self.places = []
        return drawn if drawn.is_whole else None

    def take_back(self) -> bool:
        """Forget the last place; return whether there was one."""
        if self.places:
            self.places.pop()
            return True
        return False

    def cancel(self) -> bool:
        """Forget all; return whether something was under way."""
        under_way = bool(self.places)
        self.places = []
        return under_way
