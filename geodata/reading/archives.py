"""Archives, unpacked with suspicion: nothing leaves the folder, nothing swells beyond its bounds."""

from __future__ import annotations

import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO

from geodata.errors import ReadingError
from geodata.reading import limits

_WANTED = frozenset((".shp", ".shx", ".dbf", ".prj", ".cpg", ".kml"))
_CHUNK_BYTES = 1 << 20


def unpack(archive: Path, folder: Path) -> tuple[Path, ...]:
    """Unpack what a Shapefile or a KMZ needs from a zip archive and return the ``.shp`` or ``.kml`` files, sorted.

    Files of other kinds stay in the archive. Names are made anew from the last part of each path and a number for its
    folder, so no name from the archive reaches the disk as it is.

    Raises
    ------
    ReadingError
        Where the archive is damaged or encrypted, holds a link or a path that leads out of it, or would become larger
        than the limits allow.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = _checked(opened, archive)
            return _extract(opened, entries, folder, archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ReadingError(f"The archive cannot be unpacked ({error}).", where=archive.name) from error


def _checked(opened: zipfile.ZipFile, archive: Path) -> list[zipfile.ZipInfo]:
    entries = opened.infolist()
    if len(entries) > limits.ARCHIVE_ENTRIES:
        raise ReadingError(
            f"The archive holds {len(entries):,} files; {limits.ARCHIVE_ENTRIES:,} are allowed.", where=archive.name
        )
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or stat.S_ISLNK(entry.external_attr >> 16):
            raise ReadingError(
                "The archive holds a file that would lie outside of it.",
                where=archive.name,
                advice="Do not trust whoever made it.",
            )
    wanted = [entry for entry in entries if _suffix(entry) in _WANTED and not entry.is_dir()]
    allowed = min(max(archive.stat().st_size * limits.ARCHIVE_RATIO, 10_000_000), limits.FILE_BYTES)
    if sum(entry.file_size for entry in wanted) > allowed:
        raise _too_large(archive)
    return [entry for entry in wanted if "__MACOSX" not in entry.filename]


def _extract(opened: zipfile.ZipFile, entries: list[zipfile.ZipInfo], folder: Path, archive: Path) -> tuple[Path, ...]:
    numbers: dict[str, int] = {}
    made: list[Path] = []
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        number = numbers.setdefault(str(path.with_suffix("")).lower(), len(numbers))
        place = folder / f"{number}"
        place.mkdir(exist_ok=True)
        target = place / f"{_plain(path.stem)}{_suffix(entry)}"
        with opened.open(entry) as source, target.open("xb") as file:
            _copy(source, file, entry.file_size, archive)
        made.append(target)
    found = tuple(sorted(path for path in made if path.suffix in (".shp", ".kml")))
    if not found:
        raise ReadingError("The archive holds no Shapefile and no KML.", where=archive.name)
    return found


def _copy(source: IO[bytes], file: IO[bytes], announced: int, archive: Path) -> None:
    """Copy no more than was announced: a header may lie."""
    left = announced
    while chunk := source.read(min(_CHUNK_BYTES, left + 1)):
        left -= len(chunk)
        if left < 0:
            raise _too_large(archive)
        file.write(chunk)


def _too_large(archive: Path) -> ReadingError:
    return ReadingError(
        f"Unpacked, the archive would be more than {limits.ARCHIVE_RATIO} times its size.",
        where=archive.name,
        advice="Unpack it yourself if you trust it, and open what is inside.",
    )


def _suffix(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename).suffix.lower()


def _plain(stem: str) -> str:
    """Keep letters, figures and a few signs of a name, so that it means nothing to anybody but people."""
    kept = "".join(letter if letter.isalnum() or letter in "-_ " else "_" for letter in stem)[:80].strip()
    return kept or "layer"


def linked(source: Path, folder: Path) -> Path:
    """Give a file, and what belongs to it, a plain name in a folder, so that its own name means nothing to a driver.

    Returns the new path. Files are linked where the system lets us, else copied.
    """
    target = folder / f"source{source.suffix.lower()}"
    beside = _siblings(source) if source.suffix.lower() == ".shp" else []
    for path in (source, *beside):
        place = target.with_suffix(path.suffix.lower())
        try:
            place.symlink_to(path.resolve())
        except OSError:
            shutil.copyfile(path, place)
    return target


def _siblings(shape: Path) -> list[Path]:
    """Return the other files of a Shapefile, whatever the case of their endings."""
    return [
        path
        for path in shape.parent.iterdir()
        if path != shape and path.stem == shape.stem and path.suffix.lower() in _WANTED - {".kml", ".shp"}
    ]
