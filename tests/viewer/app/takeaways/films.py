"""What an MP4 file says of itself, read from its boxes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_NESTED = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the content of each box, those that hold others before what they hold."""
    at = 0
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if length == 1:
            (length,), head = struct.unpack_from(">Q", data, at + 8), 16
        content = data[at + head : at + (length or len(data) - at)]
        yield kind, content
        if kind in _NESTED:
            yield from boxes(content)
        at += length or len(data)


def frames_and_seconds(file: Path) -> tuple[int, float]:
    """Return how many pictures a film has and how long it lasts."""
    found = dict(boxes(file.read_bytes()))
    count = sum(n for n, _ in struct.iter_unpack(">II", found[b"stts"][8:]))
    timescale, duration = struct.unpack_from(">II", found[b"mvhd"], 12)
    return count, duration / timescale
