"""Who sits in front of the screen, as the system calls them."""

from __future__ import annotations

import getpass


def name_of_person() -> str:
    """Return the account's name; ``somebody`` where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"
