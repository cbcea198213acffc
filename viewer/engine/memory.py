"""How the C library holds memory, and giving back to the system what Python and Qt no longer use."""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # as in glibc's malloc.h
_PAGES_OF_THEIR_OWN_FROM = 1 << 20
_ARENAS = 1


def hold_little() -> None:
    """Let the C library hold no more than it needs: to be called once, before much is allocated.

    Pictures and atlases come and go in all sizes, and in several threads. Left alone, glibc moves them into its heaps
    after the first few, a heap a thread, and their holes are never given back. Nothing where it is not glibc.
    """
    if sys.platform != "linux":
        return
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_M_MMAP_THRESHOLD, _PAGES_OF_THEIR_OWN_FROM)
        set_option(_M_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Let the C library return the pages that it holds for nothing; some 20 ms, and nothing where it is not glibc.

    After many views a sixth of the engine's memory lies in holes between what is kept.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> ctypes._FuncPointer | None:
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
