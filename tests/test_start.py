"""What a start imports: nothing that only some people need some of the time."""

import json
import subprocess
import sys

LATE = ("icalendar", "matplotlib", "numpy", "snowballstemmer", "holidays", "prometheus_client", "uvloop")
STARTED = """
import importlib, json, sys
import bot.run, bot.app
for room in bot.app.EXTENSIONS:
    importlib.import_module(room)
print(json.dumps([name for name in sys.argv[1:] if name in sys.modules]))
"""


def test_a_start_imports_nothing_that_is_used_later_or_never() -> None:
    done = subprocess.run([sys.executable, "-c", STARTED, *LATE], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
