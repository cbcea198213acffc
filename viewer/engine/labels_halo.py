"""Letters with a halo as pixels: several times as fast as stroking their outlines, and smooth all the same."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from viewer.model.palette import Rgba

Bytes = NDArray[np.uint8]


def widened(ink: Bytes, radius_px: float) -> Bytes:
    """Return a mask in which every mark reaches farther by a radius, with soft edges.

    Parameters
    ----------
    ink
        Coverage 0-255, (rows, columns), with a clear border at least as wide as the radius.
    radius_px
        In pixels of the mask.
    """
    rows, columns = ink.shape
    reach = int(radius_px + 0.5)
    padded = np.pad(ink, reach)
    wide = ink.copy()
    for down, right, share in _disc(radius_px):
        moved = padded[reach + down : reach + down + rows, reach + right : reach + right + columns]
        np.maximum(wide, moved if share == 255 else _scaled(moved, share), out=wide)
    return wide


def coloured(ink: Bytes, halo: Bytes, *, colour: Rgba, halo_colour: Rgba) -> Bytes:
    """Return ink over its halo as premultiplied pixels in the order blue, green, red, alpha, (rows, columns, 4).

    Parameters
    ----------
    ink, halo
        Coverage 0-255, (rows, columns).
    colour, halo_colour
        Of each, alpha included.
    """
    over = _scaled(ink, colour[3])
    under = _scaled(halo, halo_colour[3]).astype(np.uint16)
    under = (under * (255 - over) + 127) // 255
    pixels = np.empty((*ink.shape, 4), dtype=np.uint8)
    for channel, (front, back) in enumerate(zip(_premultiplied(colour), _premultiplied(halo_colour), strict=True)):
        pixels[..., channel] = (over * np.uint16(front) + under * np.uint16(back) + 127) // 255
    return pixels


@cache
def _disc(radius_px: float) -> tuple[tuple[int, int, int], ...]:
    """Return the steps of a disc, down and right, and the share of 255 that each counts for."""
    reach = int(radius_px + 0.5)
    steps: list[tuple[int, int, int]] = []
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            share = round(255 * min(1.0, max(0.0, radius_px + 0.5 - float(np.hypot(down, right)))))
            if share and (down or right):
                steps.append((down, right, share))
    return tuple(steps)


def _scaled(mask: Bytes, share: int) -> Bytes:
    return ((mask.astype(np.uint16) * share + 127) // 255).astype(np.uint8)


def _premultiplied(colour: Rgba) -> tuple[int, int, int, int]:
    """Return what full coverage adds to blue, green, red and alpha."""
    return colour[2], colour[1], colour[0], 255
