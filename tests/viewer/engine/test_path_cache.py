"""Paths are kept within a budget."""

from PySide6.QtGui import QPainterPath

from viewer.engine.memory import give_back
from viewer.engine.path_cache import PathCache


def path_of(vertices: int) -> QPainterPath:
    path = QPainterPath()
    for number in range(1, vertices):
        path.lineTo(number, number)
    return path


def test_a_path_is_made_once():
    cache = PathCache(100)
    first = cache.get("a", lambda: path_of(10))
    assert cache.get("a", lambda: path_of(3)) is first
    assert cache.vertices == 10


def test_those_go_first_that_were_not_asked_for_the_longest():
    cache = PathCache(30)
    kept = {name: cache.get(name, lambda: path_of(10)) for name in "abc"}
    cache.get("a", lambda: path_of(10))
    cache.get("d", lambda: path_of(10))
    assert cache.get("a", lambda: path_of(1)) is kept["a"]
    assert cache.get("b", lambda: path_of(10)) is not kept["b"]
    assert cache.vertices == 30


def test_a_path_larger_than_the_budget_is_kept_alone():
    cache = PathCache(30)
    cache.get("a", lambda: path_of(10))
    large = cache.get("b", lambda: path_of(50))
    assert cache.get("b", lambda: path_of(1)) is large
    assert cache.vertices == 50


def test_memory_can_be_given_back_at_any_time():
    give_back()
    give_back()
