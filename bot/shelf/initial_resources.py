import json
from functools import cache
from importlib.resources import files
from typing import Any

from bot.shelf.addresses import normalised
from storage.resources.models import NewResource


@cache
def initial_resources() -> tuple[NewResource, ...]:
    """Return the publications that every network's shelf opens with (``bot/data/resources.json``)."""
    shipped = json.loads((files("bot") / "data" / "resources.json").read_text("utf-8"))
    return tuple(_link(facts) for facts in shipped["resources"])


def _link(facts: dict[str, Any]) -> NewResource:
    fields: dict[str, Any] = {**facts, "url": normalised(facts["url"]), "authors": tuple(facts.get("authors", ()))}
    return NewResource(**fields)
