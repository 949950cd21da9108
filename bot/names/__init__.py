"""Delegations by name: codes, protocol names, flags, regional groups, alphabet, and who is meant."""

from bot.names.capitals import City, capitals, city_name, city_names
from bot.names.flags import code_from_flag, flag
from bot.names.groups import REGIONAL_GROUPS, RegionalGroup, is_in_region, observes, regional_group
from bot.names.named_states import states_named
from bot.names.order import collation_key, order_key
from bot.names.table import Kind, alpha3, delegations, kind_of, name, search_names
from bot.names.world import SeatFound, find_seat, resolve, terms
from bot.search.folding import normalise

__all__ = [
    "REGIONAL_GROUPS",
    "City",
    "Kind",
    "RegionalGroup",
    "SeatFound",
    "alpha3",
    "capitals",
    "city_name",
    "city_names",
    "code_from_flag",
    "collation_key",
    "delegations",
    "find_seat",
    "flag",
    "is_in_region",
    "kind_of",
    "name",
    "normalise",
    "observes",
    "order_key",
    "regional_group",
    "resolve",
    "search_names",
    "states_named",
    "terms",
]
