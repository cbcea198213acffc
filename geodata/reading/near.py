"""What is near the view of layers that stay in their files, read on demand. To be used in the reading process only."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata import swarm
from geodata.errors import GeodataError, ReadingError
from geodata.extent import Extent
from geodata.reading import limits, vectors
from geodata.reading.far import boxes_around, placed
from geodata.reading.flatgeobuf import Found
from geodata.reading.indexes import FeatureIndex, index_of
from geodata.reading.layers import write_layer
from geodata.reading.near_request import NearAnswer, NearRequest, NearSource, stamp_of
from geodata.reading.placing import place


def serve(source: NearSource, connection: Connection) -> None:
    """Answer requests about one file until nobody asks any more.

    Raises
    ------
    EOFError, OSError
        When whoever asks is gone.
    """
    shelf = Shelf(source)
    while True:
        request = connection.recv()
        while connection.poll():  # only the newest view matters
            request = connection.recv()
        connection.send(shelf.answer(request))


class Shelf:
    """Takes what is near a view from a file, which may change meanwhile."""

    def __init__(self, source: NearSource) -> None:
        self._source = source
        self._index: FeatureIndex | None = None
        self._stamp: tuple[int, int] = (0, 0)

    def answer(self, request: NearRequest) -> NearAnswer:
        """Return what is near a view; what is wrong with the file is an answer too."""
        try:
            return self._near(request)
        except GeodataError as error:
            return NearAnswer(request, problem=error)
        except OSError as error:
            why = ReadingError(f"The file cannot be read ({error.strerror}).", where=self._source.path.name)
            return NearAnswer(request, problem=why)

    def _near(self, request: NearRequest) -> NearAnswer:
        source = self._source
        if stamp_of(source.path) != source.stamp:
            raise ReadingError(
                "The file was changed while it is shown.", where=source.path.name, advice="Open it again."
            )
        index = self._opened()
        reach = Extent(*request.reach)
        found = index.near(boxes_around(reach, source.way), most=limits.NEAR_PLACES)
        if found is None:
            return NearAnswer(request)
        if len(found.numbers) > limits.NEAR_FEATURES:
            return self._places(request, found)
        return self._features(request, found)

    def _opened(self) -> FeatureIndex:
        if self._index is None:
            self._index = index_of(self._source.path, self._source.layer)
        if self._index is None:
            raise ReadingError("The file has no spatial index any more.", where=self._source.path.name)
        return self._index

    def _places(self, request: NearRequest, found: Found) -> NearAnswer:
        source = self._source
        if source.geometry == "point":  # all of them are known exactly already
            return NearAnswer(request)
        counts = np.ones(len(found.numbers), dtype=np.int64)
        places = placed(found.numbers, found.boxes, counts, source.way, is_point=False)
        path = request.folder / f"{request.stem}.prepared"
        swarm.write("near", source.geometry, [places], path)
        return NearAnswer(request, path=path.name, count=len(found.numbers))

    def _features(self, request: NearRequest, found: Found) -> NearAnswer:
        source = self._source
        path = request.folder / f"{request.stem}.prepared"
        if len(found.numbers) == 0:
            swarm.write("near", source.geometry, [], path)
            return NearAnswer(request, path=path.name)
        count = write_features(source, found.numbers, path)
        if count == 0:
            swarm.write("near", source.geometry, [], path)
        return NearAnswer(request, path=path.name, count=count, is_exact=True)


def write_features(source: NearSource, numbers: NDArray[np.int64], path: Path) -> int:
    """Read some features of a file and write their prepared form; return how many could be drawn."""
    layer = source.layer or None
    raw = vectors.read_layer(source.path, layer, name=source.title, where=source.path.name, numbers=numbers)
    kinds, _, _ = place(raw.geometry, raw.rows, source.way)
    mine = next((placed for placed in kinds if placed.geometry == source.geometry), None)
    if mine is None:
        return 0
    write_layer(raw, mine, path.parent, path.stem, title=source.title, is_whole=False)
    return len(mine.source)
