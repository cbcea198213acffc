import numpy as np
from PySide6.QtCore import QPointF

from viewer.engine.paths import path_of_rings

SQUARE = np.array([[0.0, 0], [10, 0], [10, 10], [0, 10], [0, 0]])


def test_a_ring_becomes_a_closed_path_with_every_vertex():
    path = path_of_rings([SQUARE])
    assert [(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())] == [
        tuple(vertex) for vertex in SQUARE.tolist()
    ]


def test_a_hole_is_not_filled():
    path = path_of_rings([SQUARE, SQUARE * 0.2 + 4])
    assert path.contains(QPointF(1, 1))
    assert not path.contains(QPointF(5, 5))


def test_nothing_gives_an_empty_path():
    assert path_of_rings([]).isEmpty()
    assert path_of_rings([np.empty((0, 2))]).isEmpty()


def test_a_thousand_paths_read_whole():
    assert all(path_of_rings([SQUARE + shift]).elementCount() == 5 for shift in range(1000))
