import os
import subprocess
import sys

from viewer.model.process_memory import children, resident_mb


def test_this_process_holds_some_megabytes():
    held = resident_mb([os.getpid()])
    assert held is not None
    assert 5 < held < 20_000


def test_processes_that_are_gone_hold_nothing():
    assert resident_mb([2**30]) == 0.0


def test_the_children_of_a_process_are_found():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert child.pid in children(os.getpid())
        child.communicate(b"\n")
    assert children(2**30) == ()
