"""Closing is always clean, however early it comes."""

import pytest
from person import pause, person_at

MOMENTS_S = (0.0, 0.1, 0.3, 0.6, 1.0)


@pytest.mark.parametrize("round_number", range(10))
def test_the_window_closes_with_0_and_no_warning_at_any_moment(display, tmp_path, round_number):
    for moment_s in MOMENTS_S:
        folder = tmp_path / str(moment_s)
        folder.mkdir()
        with person_at(display, folder, "--theme", "light") as person:
            pause(moment_s)
            assert person.see("problems") == []
            assert person.leave() == 0
        assert "Warning" not in (folder / "stderr.txt").read_text()
