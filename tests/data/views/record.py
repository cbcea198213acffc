"""Record two hundred views of the map: ``python tests/data/views/record.py`` writes ``recorded.json`` beside itself.

A third are near the story's subjects, the rest anywhere; scales from a town to the whole Arctic, bearings all round,
windows and screens of several kinds. Recorded rather than drawn anew by each test, so that a view that fails keeps its
number.
"""

import json
import math
import random
from pathlib import Path

COUNT = 200
SEED = 20_250_815
SUBJECTS = ((-149.8, 61.26), (-153.0, 64.5), (88.2, 69.35), (33.1, 68.97), (-169.0, 65.8), (64.0, 76.0), (100.0, 73.5))
WINDOWS = ((1920, 1080), (1356, 950), (1100, 760), (640, 480), (2560, 1300))
SCREENS = (1.0, 1.0, 1.25, 1.5, 2.0)


def main() -> None:
    """Write the views."""
    chance = random.Random(SEED)
    rows = []
    for number in range(COUNT):
        lon, lat = SUBJECTS[number // 3 % len(SUBJECTS)] if number % 3 == 0 else anywhere(chance)
        width, height = WINDOWS[number % len(WINDOWS)]
        mpp = 2 ** chance.uniform(math.log2(20.0), math.log2(12_000.0))
        rows.append(
            {
                "lon": round(lon, 3),
                "lat": round(lat, 3),
                "metres_per_pixel": round(mpp, 2),
                "bearing_deg": round(chance.uniform(0, 360), 1),
                "size": [width, height],
                "scale": SCREENS[number % len(SCREENS)],
            }
        )
    lines = ",\n".join(f" {json.dumps(row)}" for row in rows)
    Path(__file__).with_name("recorded.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def anywhere(chance: random.Random) -> tuple[float, float]:
    """Return a place north of 55°."""
    return chance.uniform(-180, 180), chance.uniform(55, 89)


if __name__ == "__main__":
    main()
