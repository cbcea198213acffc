"""The start where something is missing, in processes of their own."""

import os
import signal
import subprocess
import sys

import pytest

PATIENCE_S = 20.0


def command(*arguments, **variables):
    names = ("QT_QPA_PLATFORM", "LC_ALL", "LC_CTYPE", "LANG")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    kept |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **variables}
    line = [sys.executable, "-m", "viewer", *arguments]
    return subprocess.Popen(line, env=kept, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def start(*arguments, **variables):
    with command(*arguments, **variables) as process:
        output, errors = process.communicate()
    return process.returncode, output, errors


def test_without_a_screen_one_sentence_says_so():
    code, _, errors = start()
    assert code == 1
    assert errors.startswith("There is no screen here")
    assert errors.count("\n") == 1


def test_a_screen_that_does_not_answer_is_named():
    code, _, errors = start(DISPLAY=":98765")
    assert code == 1
    assert errors.startswith("The screen :98765 cannot be reached")
    assert errors.count("\n") == 1


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LANG": "C"}, {"LC_ALL": "POSIX", "LANG": "C"}, {}])
def test_a_plain_locale_is_no_reason_to_complain(locale, tmp_path):
    code, _, errors = start("--screenshot", str(tmp_path / "map.png"), "--size", "64x64", **locale)
    assert (code, errors) == (0, "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_closes_the_window_in_order(number, tmp_path):
    with command(QT_QPA_PLATFORM="offscreen", XDG_STATE_HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path)) as process:
        log = tmp_path / "arctic-map-viewer/log/window.log"
        while process.poll() is None and not log.exists():
            os.sched_yield()
        process.send_signal(number)
        _, errors = process.communicate()
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert (tmp_path / "arctic-map-viewer/settings.json").exists()


def test_the_help_may_be_read_in_part():
    with command("--help") as process:
        process.stdout.close()
        errors = process.stderr.read()
        process.wait(PATIENCE_S)
    assert "Traceback" not in errors
    assert "BrokenPipe" not in errors
