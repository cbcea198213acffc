import json
import os
import shutil
import signal
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Says how it was called, draws what it is told to draw, and ends with the code it is told to.
STAND_IN_PYTHON = f"""#!{sys.executable}
import json, os, sys
names = ("PYTHONPATH", "PROJ_DATA", "QT_QPA_PLATFORM")
if sys.argv[1] == "-c" and "version_info" in sys.argv[2]:
    sys.exit(print("3.11"))
called = dict(arguments=sys.argv[1:], folder=os.getcwd(), variables={{name: os.environ.get(name) for name in names}})
print("called", json.dumps(called))
if "--screenshot" in sys.argv:
    open(sys.argv[sys.argv.index("--screenshot") + 1], "w").close()
sys.exit(int(os.environ.get("STAND_IN_CODE", "0")))
"""

STAND_IN_UV = """#!/bin/sh
here="$(dirname "$0")"
case "$1" in
  --version) exit 0 ;;
  venv) echo venv >>"$here/uv.log"; for folder; do :; done; mkdir -p "$folder/bin"; cp "$here/python" "$folder/bin" ;;
  pip) echo sync >>"$here/uv.log"; [ -p "$here/gate" ] && read word <"$here/gate"; exit "${UV_CODE:-0}" ;;
esac
"""


class Checkout:
    """A checkout with the real `run`, a lock of its own, and stand-ins for uv and the environment's Python."""

    def __init__(self, folder):
        self.root, self.programs, self.elsewhere = folder / "checkout", folder / "programs", folder / "elsewhere"
        for path in (self.root, self.programs, self.elsewhere):
            path.mkdir(parents=True)
        shutil.copy(ROOT / "run", self.root)
        (self.root / "requirements.lock").write_text("one==1\ntwo==2\n")
        for name, text in {"python": STAND_IN_PYTHON, "uv": STAND_IN_UV}.items():
            (self.programs / name).write_text(text)
            (self.programs / name).chmod(0o755)

    def command(self, *arguments, **variables):
        environment = {"PATH": f"{self.programs}:/usr/bin:/bin", "HOME": str(self.elsewhere), **variables}
        place = {"cwd": self.elsewhere, "env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.Popen([sys.executable, str(self.root / "run"), *arguments], text=True, **place)

    def run(self, *arguments, **variables):
        with self.command(*arguments, **variables) as process:
            output, _ = process.communicate()
        return process.returncode, output

    def uv_was_asked_for(self):
        log = self.programs / "uv.log"
        return log.read_text().split() if log.exists() else []


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


@pytest.fixture
def made(checkout):
    assert checkout.run("--screenshot", "first.png")[0] == 0
    return checkout


@pytest.fixture
def run():
    loader = SourceFileLoader("run_of_the_checkout", str(ROOT / "run"))
    module = module_from_spec(spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def call_in(output):
    return json.loads(output.partition("called ")[2].splitlines()[0])


def test_the_products_options_reach_the_viewer_unchanged_and_from_where_the_person_is(made):
    code, output = made.run("--screenshot", "a b.png", "--size", "800x600")
    call = call_in(output)
    assert code == 0
    assert call["arguments"] == ["-m", "viewer", "--screenshot", "a b.png", "--size", "800x600"]
    assert call["folder"] == str(made.elsewhere)


def test_the_viewers_exit_code_is_the_runs(made):
    assert made.run("--screenshot", "a.png", STAND_IN_CODE="7")[0] == 7


def test_the_checkouts_modules_come_first_and_foreign_coordinate_systems_stay_out(made):
    _, output = made.run("--screenshot", "a.png", PYTHONPATH="/somewhere", PROJ_DATA="/somewhere")
    assert call_in(output)["variables"] == {
        "PYTHONPATH": str(made.root),
        "PROJ_DATA": None,
        "QT_QPA_PLATFORM": "offscreen",
    }


def test_without_a_screen_the_map_is_drawn_beside_the_person_and_named(made):
    code, output = made.run()
    picture = made.elsewhere / "arctic-map.png"
    assert code == 0
    assert "no screen" in output
    assert call_in(output)["arguments"] == ["-m", "viewer", "--screenshot", str(picture)]
    assert picture.exists()


def test_without_a_screen_other_options_still_count(made):
    _, output = made.run("--theme", "dark")
    assert call_in(output)["arguments"][2:] == [
        "--theme",
        "dark",
        "--screenshot",
        str(made.elsewhere / "arctic-map.png"),
    ]


def test_a_failed_drawing_fails_the_start(made):
    assert made.run(STAND_IN_CODE="3")[0] == 3


def test_with_a_screen_the_window_opens(made):
    code, output = made.run(WAYLAND_DISPLAY="wayland-9")
    assert code == 0
    assert call_in(output)["arguments"] == ["-m", "viewer"]
    assert call_in(output)["variables"]["QT_QPA_PLATFORM"] is None


def test_help_is_the_viewers_and_lists_the_developers_options_after_it(made):
    code, output = made.run("--help")
    assert code == 0
    assert call_in(output)["arguments"] == ["-m", "viewer", "--help"]
    assert all(option in output for option in ("--tests", "--lint", "--pictures", "--benchmark", "--long"))


def test_version_is_the_viewers_alone(made):
    assert made.run("--version")[1].count("\n") == 1


def test_the_first_start_sets_up_at_once_and_the_second_does_not(checkout):
    _, first = checkout.run("--screenshot", "a.png")
    _, second = checkout.run("--screenshot", "a.png")
    assert first.startswith("Setting up 2 packages")
    assert "Setting up" not in second
    assert checkout.uv_was_asked_for() == ["venv", "sync"]


def test_a_new_lock_brings_the_environment_up_to_date(made):
    (made.root / "requirements.lock").write_text("one==2\n")
    assert "Setting up 1 packages" in made.run("--screenshot", "a.png")[1]
    assert made.uv_was_asked_for() == ["venv", "sync", "sync"]


def test_another_python_on_the_path_changes_nothing(made):
    (made.programs / "python3").symlink_to("/usr/bin/false")
    assert "Setting up" not in made.run("--screenshot", "a.png")[1]


def test_a_failed_set_up_says_so_and_is_made_anew(checkout):
    code, output = checkout.run("--screenshot", "a.png", UV_CODE="1")
    assert code == 1
    assert "could not be made" in output
    remains = checkout.root / ".venv/half-unpacked"
    remains.touch()
    assert checkout.run("--screenshot", "a.png")[0] == 0
    assert not remains.exists()
    assert checkout.uv_was_asked_for() == ["venv", "sync", "venv", "sync"]


def test_a_checkout_that_cannot_be_written_to_is_named(checkout):
    (checkout.root / ".venv").write_text("a file in the way: not even root can make a folder here")
    (checkout.root / ".venv.lock").mkdir()
    code, output = checkout.run("--screenshot", "a.png")
    assert code == 1
    assert f"cannot be made in {checkout.root}" in output
    (checkout.root / ".venv.lock").rmdir()
    code, output = checkout.run("--screenshot", "a.png")
    assert code == 1
    assert f"cannot be made in {checkout.root}" in output


def test_an_environment_whose_python_is_gone_is_made_anew(made):
    (made.root / ".venv/bin/python").unlink()
    assert made.run("--screenshot", "a.png")[0] == 0
    assert made.uv_was_asked_for() == ["venv", "sync"] * 2


def test_two_first_starts_at_once_set_up_once(checkout):
    gate = checkout.programs / "gate"
    os.mkfifo(gate)
    gatekeeper = os.open(gate, os.O_RDWR)
    first = checkout.command("--screenshot", "a.png")
    assert first.stdout.readline().startswith("Setting up")
    second = checkout.command("--screenshot", "b.png")
    waiting = second.stdout.readline()
    os.write(gatekeeper, b"go\ngo\n")  # one for each, should both have come this far
    first.communicate()
    rest, _ = second.communicate()
    os.close(gatekeeper)
    assert waiting.startswith("Another start is setting up")
    assert "Setting up" not in rest
    assert (first.returncode, second.returncode) == (0, 0)
    assert checkout.uv_was_asked_for() == ["venv", "sync"]


def test_the_tests_run_in_the_checkout_without_a_screen(made):
    code, output = made.run("--tests", "-q", "-k", "polar", DISPLAY=":77")
    call = call_in(output)
    assert code == 0
    assert call["arguments"] == ["-m", "pytest", "-q", "-k", "polar"]
    assert call["folder"] == str(made.root)
    assert call["variables"]["QT_QPA_PLATFORM"] == "offscreen"


def test_pictures_are_the_picture_tests_with_their_option(made):
    assert call_in(made.run("--pictures", "--accept")[1])["arguments"] == ["-m", "pytest", "tests/pictures", "--accept"]


def test_a_long_trial_is_found_by_name_and_an_unknown_name_lists_them(made):
    (made.root / "tests/long").mkdir(parents=True)
    (made.root / "tests/long/paint_calls.py").touch()
    assert call_in(made.run("--long", "paint_calls")[1])["arguments"][2] == "tests/long/paint_calls.py"
    code, output = made.run("--long", "unknown")
    assert code == 2
    assert "paint_calls" in output


def test_lint_runs_every_check_and_fails_when_any_does(made):
    code, output = made.run("--lint", STAND_IN_CODE="1")
    assert code == 1
    assert output.count("called") == 5
    assert "Failed: format, style, types, strict types below the Qt line, floors" in output


def test_only_libraries_the_loader_does_not_find_are_missing(run):
    assert run.missing_libraries({"libc.so.6": "libc6", "libarctic-nowhere.so.9": "none"}) == ["libarctic-nowhere.so.9"]


@pytest.fixture
def bare(run, monkeypatch, tmp_path):
    """A machine with apt on which libxcb-cursor and Python's venv are missing; gives the commands that were run."""
    commands = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(run, "APT", tmp_path / "apt-get")
    run.APT.touch()
    monkeypatch.setattr(run, "missing_libraries", lambda wanted: [name for name in wanted if "cursor" in name])
    monkeypatch.setattr(run, "venv_is_missing", lambda: True)
    monkeypatch.setattr(run, "quietly", lambda command, problem: commands.append(command))
    monkeypatch.setenv("PATH", str(tmp_path))
    return commands


def test_an_ordinary_user_gets_the_one_line_that_installs_what_is_missing(run, bare, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(run.SetUpError) as caught:
        run.provide(run.WINDOW_LIBRARIES)
    assert caught.value.code == 2
    assert "\n  sudo apt-get install python3-venv libxcb-cursor0\n" in str(caught.value)
    assert bare == []


def test_the_tests_tools_are_in_the_same_line(run, bare, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(run.SetUpError) as caught:
        run.provide(run.WINDOW_LIBRARIES, journeys=True)
    assert "sudo apt-get install python3-venv libxcb-cursor0 xvfb openbox xdotool" in str(caught.value)


def test_missing_tools_alone_are_said_and_the_other_tests_run(run, bare, monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(run, "venv_is_missing", lambda: False)
    run.provide(run.LIBRARIES, journeys=True)
    assert "sudo apt-get install xvfb openbox xdotool" in capsys.readouterr().out


def test_root_on_an_apt_machine_installs_what_is_missing(run, bare, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    run.provide(run.WINDOW_LIBRARIES)
    assert [command[-1] for command in bare] == ["update", "libxcb-cursor0"]
    assert "python3-venv" in bare[1]


def test_a_machine_without_apt_gets_the_names_of_the_libraries(run, bare, monkeypatch):
    run.APT.unlink()
    with pytest.raises(run.SetUpError) as caught:
        run.provide(run.WINDOW_LIBRARIES)
    assert "libxcb-cursor.so.0" in str(caught.value)


def test_a_picture_needs_no_library_of_the_window(run, bare, monkeypatch):
    monkeypatch.setattr(run, "venv_is_missing", lambda: False)
    run.provide(run.LIBRARIES)
    assert bare == []


def test_an_old_python_is_told_so(run, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    code = run.main([])
    monkeypatch.undo()
    assert code == 2
    assert "Python 3.11 or newer is needed" in capsys.readouterr().err


def test_a_file_system_without_locks_is_done_without_them(run, monkeypatch, tmp_path):
    import errno
    import fcntl

    def fail_with(number):
        def refuse(*_):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(fcntl, "flock", refuse)

    with (tmp_path / "lock").open("a") as file:
        for number in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL):
            fail_with(number)
            assert run.take_turn(file)
        fail_with(errno.EAGAIN)
        assert not run.take_turn(file)


def test_who_reads_only_the_first_line_of_the_help_gets_no_complaint(made):
    with made.command("--help") as process:
        process.stdout.readline()
        process.stdout.close()
        process.wait()
    assert process.returncode in (0, -signal.SIGPIPE)
