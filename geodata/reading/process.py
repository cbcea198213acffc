"""Starting the process that reads a stranger's file; loads no geometry library itself, for the window uses it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, cast

from geodata.errors import GeodataError, ReadingError
from geodata.reading import limits

_NICENESS = 5

# What the wheels of pyogrio bring beside the drivers that are allowed. GDAL takes no list of what is allowed, only of
# what is not; a test compares what is left with the allow-list. MEM reads nothing and is needed by others.
_OTHER_DRIVERS = (
    "ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,CSV,CSW,Carto,DGN,DXF,EDIGEO,EEDA,ESRIJSON,Elasticsearch,GDALG,GML,"
    "GPSBabel,GTFS,GeoRSS,HTTP,Idrisi,JML,JSONFG,LVBAG,MBTiles,MVT,MapInfo File,MapML,MiraMonVector,NGW,OAPIF,ODS,"
    "OGCAPI,OGR_GMT,OGR_PDS,OGR_VRT,OSM,OpenFileGDB,PCIDSK,PDF,PDS4,PGDUMP,PLSCENES,PMTiles,S57,SQLite,SXF,Selafin,"
    "TopoJSON,VDV,VFK,VICAR,WAsP,WFS,XLSX"
)

_ENVIRONMENT = {
    "GDAL_SKIP": _OTHER_DRIVERS,
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_PAM_ENABLED": "NO",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".nothing",
    "OGR_SQLITE_STATIC_VIRTUAL_OGR": "NO",
    "LIBKML_RESOLVE_STYLE": "YES",
    "OGR_GEOJSON_MAX_OBJ_SIZE": "200MB",
    "PROJ_NETWORK": "OFF",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


@dataclass(frozen=True, slots=True)
class ReadingProcess:
    """A process at work, and the pipe on which it tells: `Progress` values, then one `Outcome` or `ReadingError`."""

    process: SpawnProcess
    connection: Connection

    def kill(self) -> None:
        """End it at once; the pipe stays open until `close`, for a thread may be reading it."""
        if self.process.is_alive():
            self.process.kill()
        self.process.join()

    def close(self) -> None:
        """Close the pipe, when nobody reads it any more."""
        with contextlib.suppress(OSError):
            self.connection.close()


def launch(
    work: Callable[[Any, Callable[[object], None]], object] | None, request: Any, *, size: int
) -> ReadingProcess:
    """Start a process for one piece of work.

    Parameters
    ----------
    work
        A function of the request and of whom to tell about progress; None for reading a
        file.
    request
        What it is to do; pickled.
    size
        Of the file, in bytes, by which the memory's ceiling is set.

    Raises
    ------
    OSError
        Where the machine has no room for another process.
    """
    return _launch(_serve, work, request, limits.memory_for(size))


def launch_near(work: Callable[[Any, Connection], object], request: Any) -> ReadingProcess:
    """Start a process that answers over its pipe for as long as somebody asks.

    Parameters
    ----------
    work
        A function of the request and of the process's end of the pipe.
    request
        What it is to begin with; pickled.

    Raises
    ------
    OSError
        Where the machine has no room for another process.
    """
    return _launch(_serve_near, work, request, limits.NEAR_BYTES)


def _launch(serve: Callable[..., None], work: object, request: Any, memory_bytes: int) -> ReadingProcess:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    arguments = (theirs, work, request, memory_bytes)
    process = context.Process(target=serve, args=arguments, name="arctic-map-reading", daemon=True)
    try:
        process.start()
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return ReadingProcess(process, cast(Connection, ours))  # on Windows its twin, of the same face


def memory_error(ceiling_bytes: int, where: str) -> ReadingError:
    """Return what is said where a file needs more memory than it may have."""
    return ReadingError(
        f"Reading it needs more than the {ceiling_bytes / 1e9:.1f} GB of memory that a file of this size may use.",
        where=where,
        advice="Cut it into parts, or simplify it.",
    )


def _serve(connection: Connection, work: Callable[..., object] | None, request: Any, memory_bytes: int) -> None:
    _settle(memory_bytes)
    try:
        connection.send(_answer(work, request, connection.send))
    except GeodataError as error:
        connection.send(error)
    except MemoryError:
        connection.send(memory_error(memory_bytes, getattr(getattr(request, "path", None), "name", "")))


def _serve_near(connection: Connection, work: Callable[..., object], request: Any, memory_bytes: int) -> None:
    _settle(memory_bytes)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        work(request, connection)


def _settle(memory_bytes: int) -> None:
    """Become a process that reads strangers' files: little of the machine, and none of the signals for the window."""
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for the window; the window ends this process itself
        signal.signal(number, signal.SIG_IGN)
    os.environ.update(_ENVIRONMENT)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    _limit(memory_bytes)


def _answer(work: Callable[..., object] | None, request: Any, tell: Callable[[object], None]) -> object:
    if work is not None:
        return work(request, tell)
    from geodata.reading.read import read

    return read(request, tell)


def _limit(memory_bytes: int) -> None:
    """Set the ceiling of memory, and leave no core file; Windows has no such limits."""
    if sys.platform == "win32":
        return
    import resource

    _, hardest = resource.getrlimit(resource.RLIMIT_AS)
    most = memory_bytes if hardest == resource.RLIM_INFINITY else min(memory_bytes, hardest)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
