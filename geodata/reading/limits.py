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

FAR_FEATURES = {"point": 200_000, "line": 150_000, "polygon": 60_000}
"""From so many features on a layer with a spatial index stays in its file, and only what is near the view is read."""

NEAR_FEATURES = 12_000
"""So many features are read exactly; where more are near the view, their places are shown."""

NEAR_PLACES = 400_000
"""So many places are read; where more are near the view, what stands for them is shown."""

OVERVIEW_PLACES = 1_500_000
"""So many places stand for all features that are no points."""

NEAR_BYTES = 4_000_000_000
"""The ceiling of addresses of a process that reads near the view; of memory it needs a tenth of that."""

SECONDS = 300
"""How long a file may take."""


def memory_for(file_bytes: int) -> int:
    """Return the ceiling of the reading process in bytes for a file of this size."""
    return min(MEMORY_BASE_BYTES + MEMORY_PER_BYTE * file_bytes, MEMORY_BYTES)
