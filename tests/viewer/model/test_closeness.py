import itertools

from viewer.model.closeness import closeness_opacity
from viewer.model.symbol_size import symbol_growth


def test_far_off_a_fill_has_its_whole_colour_and_close_by_its_share():
    assert (closeness_opacity(2_000, 0.3), closeness_opacity(1e6, 0.3)) == (1.0, 1.0)
    assert (closeness_opacity(150, 0.3), closeness_opacity(1, 0.3)) == (0.3, 0.3)


def test_in_between_it_fades_without_a_step():
    values = [closeness_opacity(mpp, 0.3) for mpp in range(150, 2_000, 10)]
    assert values == sorted(values)
    assert max(b - a for a, b in itertools.pairwise(values)) < 0.02


def test_symbols_grow_as_one_comes_closer_within_limits():
    sizes = [symbol_growth(mpp) for mpp in (60_000, 8_000, 2_500, 100, 1)]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[2], sizes[-1]) == (0.7, 1.0, 1.35)
