"""The facts that are shipped with the bot, each file with its sources."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def facts(name: str) -> dict[str, Any]:
    """Return the content of ``bot/data/NAME.json``: "meetings", "network" or "resources"."""
    return json.loads((files("bot") / "data" / f"{name}.json").read_text(encoding="utf-8"))
