"""The regional groups of the United Nations General Assembly, from ``data/regions.json``."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal, cast, get_args

RegionalGroup = Literal[
    "african", "asia_pacific", "eastern_european", "latin_american_caribbean", "western_european_and_others"
]

REGIONAL_GROUPS: Final[tuple[RegionalGroup, ...]] = get_args(RegionalGroup)
"""In the order in which the United Nations list them."""

_BEYOND_EUROPE: Final = frozenset({"AU", "CA", "IL", "NZ", "US"})
"""Of Western European and other States."""
_EUROPE_TOO: Final = frozenset({"CY", "EU"})
_AMERICAS_TOO: Final = frozenset({"CA", "US", "OAS"})


def regional_group(code: str) -> RegionalGroup | None:
    """Return the group a state is a member of; None for the United States, observers and organisations."""
    return _membership()[0].get(code)


def observes(code: str) -> RegionalGroup | None:
    """Return the group that a state attends without being a member (the United States); else None."""
    return _membership()[1].get(code)


def is_in_region(code: str, region: str) -> bool:
    """Tell whether a delegation belongs to a regional group, as a member or as it attends it, or to a continent.

    ``europe`` are the Eastern European and the European of the Western European and other States, with Cyprus and the
    European Union; ``americas`` the Latin American and Caribbean States, with Canada, the United States and the
    Organization of American States.
    """
    group = regional_group(code) or observes(code)
    match region:
        case "europe":
            is_western = group == "western_european_and_others" and code not in _BEYOND_EUROPE
            return is_western or group == "eastern_european" or code in _EUROPE_TOO
        case "americas":
            return group == "latin_american_caribbean" or code in _AMERICAS_TOO
        case _:
            return group == region


@cache
def _membership() -> tuple[Mapping[str, RegionalGroup], Mapping[str, RegionalGroup]]:
    regions = json.loads((files("bot.names") / "data" / "regions.json").read_text(encoding="utf-8"))
    groups = cast(Mapping[RegionalGroup, list[str]], regions["groups"])
    observers = cast(list[str], regions["observer_of_western_european_and_others"])
    return (
        {code: group for group, codes in groups.items() for code in codes},
        dict.fromkeys(observers, "western_european_and_others"),
    )
