"""The packages that the built-in layers are made from: which, how to fetch them, and what lies inside.

Nothing is downloaded here. A maintainer fetches the files once with the ordinary clients; each is held to its SHA-256.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geodata.errors import GeodataError

_FETCH = {
    "debian": "apt-get download {name}={version}",
    "npm": "npm pack {name}@{version}",
}
_AR_MAGIC = b"!<arch>\n"
_AR_HEADER = 60


class PackageError(GeodataError):
    """A package is missing, is another one than expected, or lacks a file."""


@dataclass(frozen=True, slots=True)
class Package:
    """One file of a public registry, by exact version.

    Attributes
    ----------
    registry : {"debian", "npm"}
        Which client fetches it.
    name, version, file : str
        As the registry spells them; `file` is what the client writes.
    sha256 : str
        Of the file, in hexadecimal.
    """

    registry: Literal["debian", "npm"]
    name: str
    version: str
    file: str
    sha256: str

    @property
    def fetch(self) -> str:
        """The command that fetches the file into the current folder."""
        return _FETCH[self.registry].format(name=self.name, version=self.version)

    def path_in(self, folder: Path) -> Path:
        """Return the checked file.

        Raises
        ------
        PackageError
            Where the file is missing or its SHA-256 differs; the advice is the command that fetches it.
        """
        path = folder / self.file
        advice = f"In the packages folder run: {self.fetch}"
        if not path.is_file():
            raise PackageError(f"The package file {self.file} is missing.", where=str(folder), advice=advice)
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != self.sha256:
            what = f"The SHA-256 of {self.file} is {found} and should be {self.sha256}."
            raise PackageError(what, where=str(folder), advice=advice)
        return path


MAGICS = Package(
    "debian",
    "libmagics++-data",
    "4.13.0-1",
    "libmagics++-data_4.13.0-1_all.deb",
    "0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
)
QGIS = Package(
    "debian",
    "qgis-common",
    "3.22.16+dfsg-1",
    "qgis-common_3.22.16+dfsg-1_all.deb",
    "8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960",
)
FERRET = Package(
    "debian",
    "ferret-datasets",
    "7.6.0-5",
    "ferret-datasets_7.6.0-5_all.deb",
    "e5770222647ebfe2ab77b845e07a7e05cb6fed7b12dec9ae287a1f8046031744",
)
US_ATLAS = Package(
    "npm",
    "us-atlas",
    "3.0.1",
    "us-atlas-3.0.1.tgz",
    "e6daba1800885868303ad3549da62f85a557b8142bb72629ec15651de62f9c5d",
)
CESIUM = Package(
    "npm",
    "cesium",
    "1.140.0",
    "cesium-1.140.0.tgz",
    "cc3032346e2d922af0c33b36039bff72a928b42862f0c63841eeda55daa2df16",
)


def unpack(package: Package, folder: Path, members: Iterable[str]) -> list[Path]:
    """Take files out of a package, which is checked each time, into a folder beside it, unless they lie there already.

    Parameters
    ----------
    package
        Which package.
    folder
        The packages folder.
    members
        Paths inside the package, without a leading ``./``.

    Raises
    ------
    PackageError
        Where the package is missing or wrong, or a member is not in it.
    """
    path = package.path_in(folder)
    home = folder / "unpacked" / package.sha256[:16]
    wanted = {name: home / name for name in members}
    missing = {name for name, target in wanted.items() if not target.is_file()}
    if missing:
        _extract(package, path, missing, home)
    return list(wanted.values())


def _extract(package: Package, path: Path, missing: set[str], home: Path) -> None:
    left = set(missing)
    for name, data in _files(package, path):
        if name not in left:
            continue
        target = home / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        left.remove(name)
        if not left:
            return
    raise PackageError(f"{package.file} does not hold {', '.join(sorted(left))}.", where=str(path.parent))


def _files(package: Package, path: Path) -> Iterator[tuple[str, bytes]]:
    tape = _deb_data(path) if package.registry == "debian" else io.BytesIO(path.read_bytes())
    with tarfile.open(fileobj=tape, mode="r:*") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                yield member.name.removeprefix("./"), file.read()


def _deb_data(path: Path) -> io.BytesIO:
    """Return the tar of files inside a Debian package, which is an ar archive of three members."""
    blob = path.read_bytes()
    if not blob.startswith(_AR_MAGIC):
        raise PackageError("It is not a Debian package.", where=str(path))
    at = len(_AR_MAGIC)
    while at + _AR_HEADER <= len(blob):
        name = blob[at : at + 16].decode("ascii").strip().rstrip("/")
        size = int(blob[at + 48 : at + 58])
        start = at + _AR_HEADER
        if name == "data.tar.xz":
            return io.BytesIO(lzma.decompress(blob[start : start + size]))
        at = start + size + size % 2
    raise PackageError("It holds no data.tar.xz.", where=str(path))
