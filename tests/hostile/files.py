"""All hostile files, made with a seed."""

from __future__ import annotations

import random
from pathlib import Path

from tests.hostile import by_hand, good, mutation

SEED = 1
EACH = 21
"""How many broken files are made of each kind: three for each way to break one."""

_MAIN = frozenset((".shx", ".dbf", ".prj", ".cpg"))


def make(folder: Path, *, with_bombs: bool = True) -> list[Path]:
    """Write them into a folder and return those to be opened, always in the same order."""
    for name in ("good", "broken", "hand"):
        (folder / name).mkdir()
    whole = good.write_all(folder / "good")
    made = mutation.broken(whole, folder / "broken", seed=SEED, each=EACH)
    made += by_hand.write_all(whole, folder / "hand", with_bombs=with_bombs)
    return [path for path in made if path.suffix not in _MAIN]


def sample(files: list[Path], count: int) -> list[Path]:
    """Return some of them, the same for the same files."""
    return random.Random(SEED).sample(files, count)
