"""Numbers → classes: where to cut, by three methods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Method = Literal["quantiles", "natural breaks", "equal interval"]

_MOST_VALUES = 400


def breaks(values: Sequence[float] | NDArray[np.float64], count: int, *, method: Method) -> tuple[float, ...]:
    """Return where to cut numbers into classes.

    Parameters
    ----------
    values
        Any numbers; those that are not finite say nothing.
    count
        How many classes are wanted, at least 1.
    method
        ``quantiles``: as many values in each. ``equal interval``: each as wide. ``natural breaks``: the least variance
        within classes (Fisher 1958, known as Jenks), found exactly; of more than 400 distinct values, on 400 quantiles.

    Returns
    -------
    The rising limits between classes, one less than there are classes. A value at a limit belongs to the upper class.
    There are fewer classes than asked for where the values do not tell so many apart.
    """
    known = np.asarray(values, dtype=np.float64)
    known = np.sort(known[np.isfinite(known)])
    if len(known) == 0 or count < 2 or known[0] == known[-1]:
        return ()
    if method == "equal interval":
        cuts = np.linspace(known[0], known[-1], count + 1)[1:-1]
    elif method == "quantiles":
        begins = np.ceil(len(known) * np.arange(1, count) / count).astype(np.int64)
        cuts = known[np.minimum(begins, len(known) - 1)]
    else:
        cuts = _natural(known, count)
    cuts = np.unique(cuts)
    return tuple(float(cut) for cut in cuts[(cuts > known[0]) & (cuts <= known[-1])])


def _natural(known: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the first value of each class but the lowest, by dynamic programming over the sorted distinct values."""
    values, weights = np.unique(known, return_counts=True)
    if len(values) > _MOST_VALUES:
        values = np.unique(np.quantile(known, np.linspace(0, 1, _MOST_VALUES)))
        weights = np.ones(len(values), dtype=np.int64)
    count = min(count, len(values))
    sums = [np.concatenate(([0.0], np.cumsum(weights * values**power))) for power in (0, 1, 2)]
    size, first, square = (np.subtract.outer(total, total).T[:-1, 1:] for total in sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.where(
            size > 0, square - first**2 / size, np.inf
        )  # spread[i, j]: of the values i to j, both included
    best = spread[0]
    starts: list[NDArray[np.intp]] = []
    for _ in range(count - 1):
        whole = best[:-1, None] + spread[1:, :]
        start = np.argmin(whole, axis=0)
        best = np.concatenate(([np.inf], whole[start, np.arange(len(values))][1:]))
        starts.append(start + 1)
    cuts: list[float] = []
    end = len(values) - 1
    for start in reversed(starts):
        begin = int(start[end])
        cuts.append(float(values[begin]))
        end = begin - 1
    return np.array(cuts[::-1])
