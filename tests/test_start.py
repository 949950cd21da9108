"""What a start imports: nothing that only some people need some of the time."""

import json
import subprocess
import sys

LATE = ("icalendar", "matplotlib", "numpy", "snowballstemmer", "holidays", "prometheus_client", "uvloop")
STARTED = """
import importlib, json, sys
import bot.run, bot.app
bot.Settings(_env_file=None)
for room in bot.app.EXTENSIONS:
    importlib.import_module(room)
print(json.dumps([name for name in sys.argv[1:] if name in sys.modules]))
"""


def test_a_start_imports_nothing_that_is_used_later_or_never() -> None:
    done = subprocess.run([sys.executable, "-c", STARTED, *LATE], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_what_cities_are_called_is_not_read_at_a_start() -> None:
    asked = STARTED.replace("json.dumps([name", "bot.timeparse.zones._places.cache_info().currsize, json.dumps([name")
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "[]"]


def test_what_a_start_imports_is_left_out_of_the_rounds_of_the_garbage_collector() -> None:
    asked = "import bot, gc; print(gc.isenabled(), gc.get_freeze_count() > 50_000, gc.get_count()[0] < 1_000)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "True"]
