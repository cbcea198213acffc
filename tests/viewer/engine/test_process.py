"""What becomes of the engine's process when the window's goes."""

import os
import select
import signal
import subprocess
import sys

import pytest

PATIENCE_S = 20.0

WINDOW = """
import os, sys
from pathlib import Path
from viewer.engine.process import launch
from viewer.slots import Slots

if __name__ == "__main__":
    engine = launch(Path(sys.argv[1]))
    slots = Slots()
    slots.free_slot(1_000_000, showing="")
    if sys.argv[2] != "starting":
        engine.connection.recv()
    print(engine.process.pid, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def window(tmp_path, small_resources):
    """Start a process that has an engine, as the window's has; gives it and the engine's process id."""
    script = tmp_path / "window.py"
    script.write_text(WINDOW)
    started = []

    def start(moment):
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, str(script), str(small_resources), moment]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        started.append(process)
        return process, int(process.stdout.readline())

    yield start
    for process in started:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            pipe.close()


def ends(handle):
    return bool(select.select([handle], [], [], PATIENCE_S)[0])


@pytest.mark.parametrize("moment", ["starting", "ready", "stopped"])
def test_an_engine_ends_with_its_window_even_while_it_is_stopped(window, moment):
    process, engine = window(moment)
    handle = os.pidfd_open(engine)
    try:
        if moment == "stopped":
            os.kill(engine, signal.SIGSTOP)
        process.kill()
        assert ends(handle)
    finally:
        os.close(handle)


def test_signals_meant_for_the_window_do_not_end_the_engine(window):
    process, engine = window("ready")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(engine, number)
    process.stdin.close()
    assert process.wait(PATIENCE_S) == 0
