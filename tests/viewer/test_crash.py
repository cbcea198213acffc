"""The log, in processes of their own: it belongs to a whole process."""

import os
import signal
import subprocess
import sys

import pytest


@pytest.fixture
def run(tmp_path):
    """Run a few lines in a process with a home of its own; gives the process and its log folder."""

    def start(lines, home=tmp_path):
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        environment["XDG_STATE_HOME"] = str(home)
        command = [sys.executable, "-c", f"import logging\nfrom viewer import crash\n{lines}"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return done, home / "arctic-map-viewer/log"

    return start


def test_what_nobody_catches_is_in_the_log_and_on_the_terminal_once(run):
    done, folder = run("crash.watch('window')\n1 / 0")
    assert "ZeroDivisionError" in (folder / "window.log").read_text()
    assert done.stderr.count("ZeroDivisionError") == 1
    assert done.returncode == 1


def test_what_a_thread_does_not_catch_is_in_the_log(run):
    lines = "import threading\ncrash.watch('window')\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()"
    _, folder = run(lines)
    assert "ZeroDivisionError" in (folder / "window.log").read_text()


def test_warnings_are_in_the_log_and_on_the_terminal(run):
    done, folder = run("crash.keep_log('window')\nlogging.getLogger('a').warning('take care')")
    assert "WARNING a: take care" in (folder / "window.log").read_text()
    assert done.stderr == "take care\n"


def test_a_log_that_grows_is_kept_small(run):
    _, folder = run("crash.keep_log('engine')\nfor _ in range(9000): logging.getLogger('a').info('x' * 100)")
    sizes = {file.name: file.stat().st_size for file in folder.iterdir()}
    assert set(sizes) == {"engine.log", "engine.log.1", "engine-crash.log"}
    assert max(sizes.values()) <= 256_000


def test_where_a_native_crash_happened_is_written_down(run):
    done, folder = run("import os, signal\ncrash.keep_log('engine')\nos.kill(os.getpid(), signal.SIGABRT)")
    assert done.returncode == -signal.SIGABRT
    assert "Fatal Python error: Aborted" in (folder / "engine-crash.log").read_text()


def test_without_a_writable_folder_there_is_no_log_and_no_word(run, tmp_path):
    (tmp_path / "file").write_text("in the way")
    done, _ = run("print(crash.keep_log('window'))", home=tmp_path / "file")
    assert (done.stdout, done.stderr, done.returncode) == ("None\n", "", 0)
