"""What a delegation is called, for one reader: the secretariat's own name for it, else the United Nations'."""

from collections.abc import Iterable

from bot import names
from bot.languages import Language
from storage.members.models import Delegation, Seat


def called(delegation: Delegation, language: Language) -> str:
    """Return the delegation's name in ``language``, as typed text: escape it in markdown."""
    return delegation.names.get(language) or names.name(delegation.code, language)


def with_flag(delegation: Delegation, language: Language) -> str:
    """Return the name with its flag, where there is one; a flag never stands alone."""
    return f"{names.flag(delegation.code)} {called(delegation, language)}".strip()


def with_code(delegation: Delegation, language: Language) -> str:
    """Return flag, full name and code, for whatever writes: "🇳🇪 Niger (NE)"."""
    return f"{with_flag(delegation, language)} ({delegation.code})"


def in_order(seats: Iterable[Seat], language: Language) -> list[Seat]:
    """Return the seats in the alphabet of ``language``, organisations after states."""
    return sorted(seats, key=lambda seat: order_of(seat.delegation, language))


def order_of(delegation: Delegation, language: Language) -> tuple[bool, tuple[str, str], str]:
    """Return what sorts delegations in the alphabet of ``language``, organisations after states."""
    return names.order_key(delegation.code, called(delegation, language), language)
