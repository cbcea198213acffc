"""What the values of an attribute are like: enough to choose classes and colours by, without the values themselves."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from geodata.errors import ReadingError
from geodata.reading.looks import LOOK, MOST

_MOST_COMMON = 24
_POINTS = 257


@dataclass(frozen=True, slots=True)
class Profile:
    """One attribute.

    Attributes
    ----------
    name : str
        As the file has it.
    distinct : int
        How many different values there are, missing ones not counted.
    missing : int
        How many features have none.
    common : tuple of (str, int)
        The most frequent values as texts, at most 24, and how many features have each.
    quantiles : tuple of float
        For numbers: 257 values from the least to the largest, as many features between each two. Else empty.
    """

    name: str
    distinct: int
    missing: int
    common: tuple[tuple[str, int], ...]
    quantiles: tuple[float, ...] = ()

    @property
    def is_numeric(self) -> bool:
        """Whether the values are numbers."""
        return bool(self.quantiles)


def profiles_of(columns: Mapping[str, list[Any]]) -> tuple[Profile, ...]:
    """Return what each column is like."""
    return tuple(_profile(name, values) for name, values in columns.items())


def write(profiles: tuple[Profile, ...], path: Path) -> None:
    """Write profiles to a file."""
    path.write_text(json.dumps([asdict(profile) for profile in profiles]), encoding="utf-8")


def read(path: Path) -> tuple[Profile, ...]:
    """Read profiles of a file's attributes from a file that `write` made; see `read_looks` for the rest.

    Raises
    ------
    ReadingError
        Where it is lost or damaged.
    """
    return tuple(profile for profile in _all(path) if not profile.name.startswith(LOOK))


def read_looks(path: Path) -> dict[str, tuple[str, ...]]:
    """Read how the file wants its features to look: by part, each different value once; see `looks`.

    Raises
    ------
    ReadingError
        Where it is lost or damaged.
    """
    told = (profile for profile in _all(path) if profile.name.startswith(LOOK))
    return {profile.name.removeprefix(LOOK): tuple(value for value, _ in profile.common) for profile in told}


def _all(path: Path) -> tuple[Profile, ...]:
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return tuple(
            Profile(
                name=str(entry["name"]),
                distinct=int(entry["distinct"]),
                missing=int(entry["missing"]),
                common=tuple((str(value), int(count)) for value, count in entry["common"]),
                quantiles=tuple(float(value) for value in entry["quantiles"]),
            )
            for entry in entries
        )
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise ReadingError(
            f"What the layer's attributes are like is lost ({error}).", where=path.name, advice="Open its file again."
        ) from error


def _profile(name: str, values: list[Any]) -> Profile:
    given = [value for value in values if value not in (None, "")]
    counts = Counter(map(_text, given))
    numeric = bool(given) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in given)
    points: tuple[float, ...] = ()
    if numeric:
        spread = np.quantile(np.array(given, dtype=np.float64), np.linspace(0, 1, _POINTS), method="inverted_cdf")
        points = tuple(float(value) for value in spread)
    common = tuple(
        sorted(
            counts.most_common(MOST if name.startswith(LOOK) else _MOST_COMMON), key=lambda entry: (-entry[1], entry[0])
        )
    )
    return Profile(name, len(counts), len(values) - len(given), common, points)


def _text(value: Any) -> str:
    """Return a value as a style's rule finds it."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
