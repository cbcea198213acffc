"""How long a large GeoJSON takes to be read into a layer, beside what reading it alone takes, and with what memory."""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from geodata.reading import limits
from geodata.reading.outcome import Done, Progress, ReadRequest
from geodata.reading.process import launch

_MEGABYTES = 100
_CORNERS = 40
_ALONE = """
import sys, time
import pyogrio
began = time.perf_counter()
pyogrio.read_dataframe(sys.argv[1])
print(time.perf_counter() - began)
"""


def measure(*, runs: int = 5) -> dict[str, float]:
    """Return seconds and gigabytes, each the median or largest of at most three runs."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "floes.geojson"
        count = write_floes(file, _MEGABYTES)
        alone, ours, peaks = [], [], []
        for run in range(min(runs, 3)):
            alone.append(_alone_s(file))
            folder = Path(name) / str(run)
            folder.mkdir()
            seconds, peak_gb = _read(file, folder)
            ours.append(seconds)
            peaks.append(peak_gb)
    ours_s, alone_s = sorted(ours)[len(ours) // 2], sorted(alone)[len(alone) // 2]
    found = {"features": float(count), "read_to_a_layer_s": ours_s, "read_dataframe_alone_s": alone_s}
    allowed = limits.memory_for(_MEGABYTES * 1_000_000) / 1e9
    return found | {"times_read_dataframe": ours_s / alone_s, "peak_gb": max(peaks), "allowed_gb": allowed}


def write_floes(path: Path, megabytes: int) -> int:
    """Write polygons of 40 corners with four attributes until the file is so large; return how many."""
    chance, size, count = random.Random(1), 0, 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        while size < megabytes * 1_000_000:
            feature = json.dumps(_floe(chance, count))
            text = feature if count == 0 else f",\n{feature}"
            file.write(text)
            size, count = size + len(text), count + 1
        file.write("\n]}")
    return count


def _floe(chance: random.Random, number: int) -> dict[str, object]:
    lon, lat, reach = chance.uniform(-180, 180), chance.uniform(55, 88), chance.uniform(0.02, 0.3)
    angles = [2 * math.pi * corner / _CORNERS for corner in range(_CORNERS)]
    ring = [[round(lon + 2 * reach * math.cos(a), 6), round(lat + reach * math.sin(a), 6)] for a in angles]
    properties = {"name": f"Floe {number}", "kind": chance.choice("abcde"), "area": round(reach, 3), "seen": number}
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _alone_s(file: Path) -> float:
    done = subprocess.run([sys.executable, "-c", _ALONE, str(file)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def _read(file: Path, folder: Path) -> tuple[float, float]:
    """Return how long the reading process takes from its start to its answer, and the most that it held."""
    began = time.perf_counter()
    process = launch(None, ReadRequest(file, folder), size=file.stat().st_size)
    peak = 0.0
    try:
        while True:
            if process.connection.poll(0.05):
                answer = process.connection.recv()
                if not isinstance(answer, Progress):
                    break
            peak = max(peak, _resident_gb(process.process.pid or 0))
        seconds = time.perf_counter() - began
    finally:
        process.kill()
        process.close()
    assert isinstance(answer, Done), answer
    return seconds, peak


def _resident_gb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e6 for line in lines if line.startswith("VmHWM")), 0.0)
