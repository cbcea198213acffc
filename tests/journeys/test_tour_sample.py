"""A minute of the half hour that `./run --long tour` travels; shorter outside CI."""

import os
from contextlib import nullcontext

import pytest

from tests.speed import journey

SECONDS = 60 if os.environ.get("CI") else 15


def test_a_tour_is_painted_everywhere_and_holds_its_memory(display, tmp_path):
    found = journey.travel(SECONDS, tmp_path / "tour.json")
    (stretch,) = found["stretches"]
    assert found["seconds"] >= SECONDS - 1
    assert stretch[-1]["leg"] > SECONDS / 5
    assert stretch[-1]["never_sharp"] == 0
    # What is remembered between pictures still fills in the first minute; a leak of every picture would not hide.
    assert found["growth_percent"][0] < 50


def test_a_tour_that_was_broken_off_goes_on_where_it_was(tmp_path, monkeypatch):
    record = tmp_path / "tour.json"
    asked = []

    def samples(display, home, seconds, leg):
        asked.append((seconds, leg))
        yield {"second": 40.0, "leg": leg + 20, "never_sharp": 0, "all_mb": 300.0}
        if len(asked) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(journey, "_samples", samples)
    monkeypatch.setattr(journey, "screen", lambda size: nullcontext(":0"))
    with pytest.raises(KeyboardInterrupt):
        journey.travel(80, record)
    found = journey.travel(80, record)
    assert asked == [(80, 0), (40.0, 20)]
    assert found["seconds"] == 80


def test_growth_is_measured_from_after_the_warm_up_to_the_end():
    stretch = [{"all_mb": mb} for mb in (100, 150, *[200] * 6, 204, 210)]
    assert journey.growth_percent(stretch) == pytest.approx(5.0)
