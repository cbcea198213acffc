"""How much of a stranger's file is read; whoever meets a limit is told its name and its number."""

FILE_BYTES = 2_000_000_000
"""The largest file that is opened at all."""

FEATURES = 2_000_000
"""Rows in one layer."""

VERTICES = 60_000_000
"""Vertices in one layer."""

COLUMNS = 500
"""Attributes of one layer."""

TEXT_LENGTH = 20_000
"""Characters in one value; longer ones are cut and counted."""

LAYERS = 200
"""Layers in one file."""

ARCHIVE_ENTRIES = 2_000
"""Files in one archive."""

ARCHIVE_RATIO = 250
"""How many times larger an archive's content may be than the archive."""

MEMORY_BASE_BYTES = 1_500_000_000
"""What the reading process needs before it has read anything, much of it addresses and not memory."""

MEMORY_PER_BYTE = 5
"""Bytes of memory allowed for each byte of the file, on top of the base."""

MEMORY_BYTES = 6_000_000_000
"""The most that the reading process may ever have."""

SECONDS = 300
"""How long a file may take."""


def memory_for(file_bytes: int) -> int:
    """Return the ceiling of the reading process in bytes for a file of this size."""
    return min(MEMORY_BASE_BYTES + MEMORY_PER_BYTE * file_bytes, MEMORY_BYTES)
