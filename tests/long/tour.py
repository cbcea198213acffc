"""Half an hour of travelling about: nothing is left unpainted, and memory grows by less than a twentieth.

`./run --long tour` goes on where an earlier one was broken off; the record is kept in tests/record/tour.json.
"""

from pathlib import Path

from tests.speed import journey

RECORD = Path(__file__).parents[1] / "record" / "tour.json"
SECONDS = 30 * 60


def test_half_an_hour_of_travelling_does_not_grow_the_program():
    found = journey.travel(SECONDS, RECORD)
    assert found["seconds"] >= SECONDS - 1
    assert all(stretch[-1]["never_sharp"] == 0 for stretch in found["stretches"])
    assert max(found["growth_percent"]) < 5
