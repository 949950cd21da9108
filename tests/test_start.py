"""What a start imports and reads: nothing that only some people need some of the time."""

import json
import subprocess
import sys
from typing import Any

LATE = ("icalendar", "matplotlib", "numpy", "snowballstemmer", "holidays", "prometheus_client", "uvloop")
STARTED = """
import gc, importlib, json, sys
import bot
frozen = gc.get_freeze_count()
import babel.localedata, bot.run
bot.Settings(_env_file=None)
for room in bot.app.EXTENSIONS:
    importlib.import_module(room)
print(json.dumps({"late": [name for name in sys.argv[1:] if name in sys.modules],
                  "languages": sorted(babel.localedata._cache), "frozen": frozen, "collects": gc.isenabled()}))
"""


def started() -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-c", STARTED, *LATE], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_a_start_imports_and_reads_nothing_that_is_used_later_or_never() -> None:
    found = started()
    assert found["late"] == []
    assert found["languages"] == [], "the names of months, cities, languages"


def test_what_a_start_imports_is_left_out_of_the_rounds_of_the_garbage_collector() -> None:
    found = started()
    assert found["collects"]
    assert found["frozen"] > 50_000
