"""What holds for every test: no real home, no real screen, and nothing left behind."""

import os
import select
import shutil
import tempfile
import threading
import uuid
from pathlib import Path

import pytest

PROC = Path("/proc")
SHARED_MEMORY = Path("/dev/shm")
RUN_VARIABLE = "ARCTIC_TEST_RUN"  # inherited by every process a test starts, however deep
PATIENCE_S = 5.0  # for what is already on its way out
FROM_THE_DESKTOP = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "QT_QPA_PLATFORMTHEME",
    "QT_STYLE_OVERRIDE",
    "QT_SCALE_FACTOR",
    "QT_SCREEN_SCALE_FACTORS",
    "QT_FONT_DPI",
)

home = Path(tempfile.mkdtemp(prefix="arctic-tests-"))
threads_of_shared_fixtures: set[threading.Thread] = set()


def move_out_of_the_real_home() -> None:
    """Point every folder of the person, and Qt's idea of the screen, away from the machine the tests run on."""
    for name in FROM_THE_DESKTOP:
        os.environ.pop(name, None)
    if not os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folders = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local/share",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_STATE_HOME": home / ".local/state",
        "XDG_RUNTIME_DIR": home / "runtime",
        "APPDATA": home / "AppData/Roaming",
        "LOCALAPPDATA": home / "AppData/Local",
    }
    for name, folder in folders.items():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[name] = str(folder)
    os.environ[RUN_VARIABLE] = uuid.uuid4().hex


# At import, because modules under test may ask for a folder when they are imported.
move_out_of_the_real_home()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="approve the pictures that are drawn now")


def pytest_unconfigure() -> None:
    shutil.rmtree(home, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef):
    """Note the threads of fixtures that several tests share: they may outlive the test that was first to ask."""
    before = set(threading.enumerate())
    result = yield
    if fixturedef.scope != "function":
        threads_of_shared_fixtures.update(set(threading.enumerate()) - before)
    return result


@pytest.fixture(autouse=True)
def no_thread_is_left():
    """Fail the test that leaves a Python thread running; one that is about to end is waited for."""
    before = set(threading.enumerate())
    yield
    # A dummy stands for a thread of Qt's that once called Python; it is listed for good and tells nothing.
    new = [thread for thread in threading.enumerate() if thread not in before and "Dummy" not in type(thread).__name__]
    left = [thread for thread in new if thread not in threads_of_shared_fixtures]
    for thread in left:
        thread.join(PATIENCE_S)
    names = [thread.name for thread in left if thread.is_alive()]
    assert not names, f"threads left running: {names}"


@pytest.fixture(autouse=True, scope="session")
def no_process_or_shared_memory_is_left():
    """Fail the run that leaves a process or a shared-memory segment, after every other fixture has cleaned up."""
    before = segments()
    yield
    processes = {pid: name for pid, name in started_processes().items() if not ends_soon(pid)}
    assert not processes, f"processes left running: {processes}"
    left = sorted(name for name in segments() - before if not used_by_others(name))
    assert not left, f"shared-memory segments left: {left}"


def segments() -> set[str]:
    """Return the names of the shared-memory segments that exist now, anyone's."""
    return {path.name for path in SHARED_MEMORY.iterdir()} if SHARED_MEMORY.is_dir() else set()


def used_by_others(segment: str) -> bool:
    """Tell whether a process other than this one has the segment mapped: then it belongs to another program's run."""
    wanted = str(SHARED_MEMORY / segment)
    others = (entry for entry in PROC.glob("[0-9]*") if entry.name != str(os.getpid()))
    return any(wanted in read(entry / "maps") for entry in others)


def started_processes() -> dict[int, str]:
    """Return the command lines, by process id, of all living processes that this test run started."""
    mark = f"{RUN_VARIABLE}={os.environ[RUN_VARIABLE]}"
    found: dict[int, str] = {}
    for entry in PROC.glob("[0-9]*"):
        stat = read(entry / "stat").rpartition(")")[2].split()
        if not stat or stat[0] == "Z" or int(entry.name) == os.getpid():
            continue
        command = read(entry / "cmdline").replace("\0", " ").strip()
        is_ours = mark in read(entry / "environ") or int(stat[1]) == os.getpid()
        # Python's own resource tracker lives as long as the process that first used shared memory: this one.
        if is_ours and "multiprocessing.resource_tracker" not in command:
            found[int(entry.name)] = command
    return found


def read(path: Path) -> str:
    """Return the text of a file under /proc; empty when the process is gone or not ours to look at."""
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def ends_soon(pid: int) -> bool:
    """Wait for a process to end, no longer than PATIENCE_S."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], PATIENCE_S)[0])
    finally:
        os.close(handle)
