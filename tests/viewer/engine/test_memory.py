import subprocess
import sys

import pytest

HOLES = """
import sys
from viewer.engine.memory import hold_little
from viewer.model.process_memory import resident_mb
import os

if "little" in sys.argv:
    hold_little()
large, small = [], []
for round_ in range(3):
    for _ in range(60):
        large.append(bytearray(2_500_000))
        small.append(bytearray(50_000))
    large.clear()
print(resident_mb([os.getpid()]))
"""


def resident_mb(*arguments: str) -> float:
    done = subprocess.run([sys.executable, "-c", HOLES, *arguments], capture_output=True, text=True, check=True)
    return float(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc has these options")
def test_what_large_things_leave_is_given_back_though_small_things_stay():
    assert resident_mb("little") < 0.5 * resident_mb()
