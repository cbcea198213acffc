import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CULPRITS = {
    "thread": """
import threading

def test_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, daemon=True, name="forgotten").start()
""",
    "process": """
import subprocess, sys

def test_leaves_a_process():
    keep.append(subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE))

keep = []
""",
    "segment": """
import _posixshmem, os

def test_leaves_a_segment():
    os.close(_posixshmem.shm_open(f"/arctic-left-{os.getppid()}", os.O_CREAT | os.O_RDWR, mode=0o600))
""",
    "shared fixture": """
import threading, pytest

@pytest.fixture(scope="session")
def shared():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    yield
    stop.set()
    thread.join()

def test_asks_for_a_shared_fixture_late(request):
    request.getfixturevalue("shared")

def test_lets_a_thread_end_in_its_own_time():
    threading.Thread(target=threading.Event().wait, args=(0.05,)).start()
""",
}


@pytest.fixture
def run_pytest(tmp_path):
    """Run a file of tests under this project's conftest, in a process of its own; gives exit code and output."""

    def run(text):
        shutil.copy(Path(__file__).parent / "conftest.py", tmp_path)
        (tmp_path / "test_culprit.py").write_text(text)
        shorter = (tmp_path / "conftest.py").read_text().replace("PATIENCE_S = 5.0", "PATIENCE_S = 0.3")
        (tmp_path / "conftest.py").write_text(shorter)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            str(tmp_path),
            str(tmp_path),
        ]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    yield run
    Path(f"/dev/shm/arctic-left-{os.getpid()}").unlink(missing_ok=True)


def test_a_thread_left_running_fails_the_test(run_pytest):
    code, output = run_pytest(CULPRITS["thread"])
    assert code == 1
    assert "threads left running: ['forgotten']" in output


def test_a_process_left_running_fails_the_run(run_pytest):
    code, output = run_pytest(CULPRITS["process"])
    assert code == 1
    assert "processes left running" in output


def test_a_shared_memory_segment_left_fails_the_run(run_pytest):
    code, output = run_pytest(CULPRITS["segment"])
    assert code == 1
    assert f"shared-memory segments left: ['arctic-left-{os.getpid()}']" in output


def test_threads_of_shared_fixtures_and_threads_about_to_end_are_fine(run_pytest):
    code, output = run_pytest(CULPRITS["shared fixture"])
    assert (code, "2 passed" in output) == (0, True), output
