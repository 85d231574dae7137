"""Who holds a shared file last is told so, and a process that was killed holds nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tallybook.store.shared_files import held_with_others

HOLD = """
import sys, time
from pathlib import Path
from tallybook.store.shared_files import held_with_others
with held_with_others(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def test_only_the_last_one_is_alone(tmp_path: Path) -> None:
    path = tmp_path / "in-use"
    with held_with_others(path) as one:
        with held_with_others(path) as other:
            assert not other()
        assert one()


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "in-use"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "held"
    with held_with_others(path) as alone:
        assert not alone()
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with held_with_others(path) as alone:
        assert alone()
