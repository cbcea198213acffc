"""Places of many features in a file that is mapped into memory."""

import numpy as np
import pytest

from geodata import swarm
from geodata.errors import PreparedError
from geodata.extent import Extent
from geodata.swarm import BLOCK, Places


@pytest.fixture
def file(tmp_path):
    xy = np.column_stack((np.arange(3 * BLOCK, dtype=float), np.zeros(3 * BLOCK)))
    ones = np.ones(BLOCK, np.int64)
    pieces = (
        Places(xy[first : first + BLOCK], np.arange(first, first + BLOCK), ones, np.zeros(BLOCK))
        for first in range(0, 3 * BLOCK, BLOCK)
    )
    path = tmp_path / "places.prepared"
    assert swarm.write("own-1", "point", pieces, path) == 3 * BLOCK
    return path


def test_what_was_written_is_read(file):
    read = swarm.read(file)
    assert (read.id, read.geometry, read.total, len(read.coords)) == ("own-1", "point", 3 * BLOCK, 3 * BLOCK)
    assert read.extent == Extent(0.0, 0.0, 3 * BLOCK - 1.0, 0.0)
    assert swarm.is_swarm(file)


def test_only_the_blocks_in_view_are_looked_at(file):
    read = swarm.read(file)
    assert read.blocks_in(Extent(BLOCK + 5.0, -1.0, BLOCK + 9.0, 1.0)).tolist() == [1]


def test_the_places_around_a_point_come_nearest_first(file):
    read = swarm.read(file)
    assert read.numbers[read.near(BLOCK - 0.6, 0.0, 1.5)].tolist() == [BLOCK - 1, BLOCK, BLOCK - 2]


def test_a_layer_without_places_has_no_extent(tmp_path):
    swarm.write("own-1", "point", [], tmp_path / "none.prepared")
    assert swarm.read(tmp_path / "none.prepared").extent is None


@pytest.mark.parametrize("keep", [0, 10, 200, -64])
def test_a_file_cut_short_is_refused_in_words(file, keep):
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(PreparedError):
        swarm.read(file)
