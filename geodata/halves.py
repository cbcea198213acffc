"""Work on long arrays by two threads: the libraries beneath let go of Python's lock while they work."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

_WORTH_IT = 20_000

T = TypeVar("T")


def by_halves(work: Callable[[NDArray[Any]], NDArray[Any]], items: NDArray[Any]) -> NDArray[Any]:
    """Return what a function makes of an array, element by element; of a long one the halves are done side by side.

    The function must give as many elements as it takes, and each must depend on its own element alone.
    """
    if len(items) < _WORTH_IT:
        return work(items)
    middle = len(items) // 2
    with ThreadPoolExecutor(2) as pool:
        return np.concatenate(list(pool.map(work, (items[:middle], items[middle:]))))


def beside(first: Callable[[], T], second: Callable[[], object]) -> T:
    """Do two things side by side and return what the first gives, when both are done."""
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(second)
        found = first()
        other.result()
    return found
