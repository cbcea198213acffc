"""Good files broken at random, with a seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

_WORDS = (
    b"NaN",
    b"1e999",
    b"-1",
    b"\0",
    b"\xff\xfe",
    b"]]>",
    b"<!--",
    b"'; DROP TABLE x;--",
    b"%s%n",
    b"../../x",
    b"[" * 300,
)


def cut(data: bytes, chance: random.Random) -> bytes:
    """End somewhere in the middle, as when a copy was broken off."""
    return data[: chance.randrange(len(data))]


def flip(data: bytes, chance: random.Random) -> bytes:
    """Turn a few bits over."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30, 300))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def blank(data: bytes, chance: random.Random) -> bytes:
    """Fill a stretch with zeros, as a disk that was full does."""
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.randrange(1, max(2, len(data) // 3)))
    return data[:start] + bytes(end - start) + data[end:]


def repeat(data: bytes, chance: random.Random) -> bytes:
    """Say a stretch again, up to a hundred times."""
    start, end = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    stretch = data[start : min(end, start + 4_000)]
    return data[:end] + stretch * chance.choice((1, 10, 100)) + data[end:]


def strew(data: bytes, chance: random.Random) -> bytes:
    """Put in words that mean something to somebody."""
    for _ in range(chance.choice((1, 5))):
        at = chance.randrange(len(data))
        data = data[:at] + chance.choice(_WORDS) + data[at:]
    return data


def shuffle(data: bytes, chance: random.Random) -> bytes:
    """Let stretches change places."""
    size = max(1, len(data) // chance.randrange(3, 12))
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    chance.shuffle(pieces)
    return b"".join(pieces)


def swell(data: bytes, chance: random.Random) -> bytes:
    """Put the largest numbers where lengths and counts may stand."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 16))):
        at = chance.randrange(max(1, len(changed) - 4))
        changed[at : at + 4] = chance.choice(
            (b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\x7f\xff\xff\xff")
        )
    return bytes(changed)


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (cut, flip, blank, repeat, strew, shuffle, swell)


def broken(good: dict[str, Path], folder: Path, *, seed: int, each: int) -> list[Path]:
    """Write `each` broken files of every kind and return them, the same for the same seed; every way has its turn."""
    made: list[Path] = []
    for suffix, path in sorted(good.items()):
        data = path.read_bytes()
        for number in range(each):
            chance = random.Random(f"{seed} {suffix} {number}")
            way = WAYS[number % len(WAYS)]
            target = folder / f"{way.__name__}_{number}{suffix}"
            if suffix == ".shp":
                target = _shape(path, target, way, chance)
            else:
                target.write_bytes(way(data, chance))
            made.append(target)
    return made


def _shape(path: Path, target: Path, way: Callable[[bytes, random.Random], bytes], chance: random.Random) -> Path:
    """Break one of the files that a Shapefile is made of."""
    target = target.parent / target.stem / "shape.shp"
    target.parent.mkdir()
    parts = sorted(path.parent.iterdir())
    victim = chance.choice(parts)
    for part in parts:
        data = part.read_bytes()
        target.with_suffix(part.suffix).write_bytes(way(data, chance) if part == victim else data)
    return target
