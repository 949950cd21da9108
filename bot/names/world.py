"""Who is meant, among all delegations of the world: so that a country without a seat is never a neighbour."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bot.languages import LANGUAGES
from bot.lookup import Entry, Found, Hit, Match, Term, TermKind, find
from bot.names.flags import flag
from bot.names.table import alpha3, cldr_name, delegations, places, search_names


@cache
def terms(code: str) -> tuple[Term, ...]:
    """Return the terms by which a delegation is found: codes, flag, short names, what else it is called."""
    codes = [text for text in (code, alpha3(code), flag(code)) if text]
    delegation = delegations().get(code)
    short_names = list(dict.fromkeys(delegation.names.values())) if delegation else []
    others = sorted(search_names(code).difference(codes, short_names))
    return (
        *(Term(text, TermKind.CODE) for text in codes),
        *(Term(text, TermKind.NAME) for text in short_names),
        *(Term(text, TermKind.ALIAS) for text in others),
    )


def resolve(typed: str, *, exactly: bool = False) -> str | None:
    """Return the code of the one delegation of the table that is certainly meant; None when in doubt.

    ``exactly`` accepts only a whole code, flag or known name (in any case, without accents), for what writes.
    """
    hit = find(_world(), typed).only
    if hit is None or hit.key not in delegations() or (exactly and hit.match is not Match.EXACT):
        return None
    return hit.key


@dataclass(frozen=True, slots=True)
class SeatFound:
    """What a search among the seats of a network came to."""

    matches: tuple[Hit, ...]
    """One: show it. Several: to pick from."""
    near: tuple[Hit, ...]
    """To be offered beside the matches, or as the nearest names where there are none."""
    without_seat: str | None
    """The code of the known delegation that was meant and has no seat here; then nothing matches."""


def find_seat(entries: Iterable[Entry], typed: str, seated: Collection[str]) -> SeatFound:
    """Search a network's entries, holding against each answer what the words mean among all delegations.

    ``seated`` has the codes of the network's delegations. Where the words mean a place without a seat better
    than they mean any entry, nothing matches and, if it is a delegation of the table, ``without_seat`` says
    which. Where an entry is met by a slip only and an unseated place is as close, the entry is merely near.
    """
    here = find(entries, typed)
    meant = find(_world(), typed)
    unseated = [hit for hit in meant.matches if hit.key not in seated]
    if not unseated or _outweighs(here, unseated[0]):
        return SeatFound(here.matches, here.near, None)
    known = meant.only is not None and meant.only.key in delegations() and not _ties(here, meant.only)
    return SeatFound((), (*here.matches, *here.near), unseated[0].key if known else None)


def _outweighs(here: Found, unseated: Hit) -> bool:
    """Whether the best match among the entries is rather meant than a place that has no seat.

    A whole name of a place is meant, unless an entry bears it too. The beginning of one, or its code, may be
    the beginning of anything: "Ben" of Benedict, whatever Benin's code is.
    """
    if not here.matches:
        return False
    best = here.matches[0]
    if best.match is Match.TYPO:
        return best.strength < unseated.strength
    if unseated.match is Match.EXACT and unseated.term.kind is not TermKind.CODE:
        return best.match is Match.EXACT and best.standing == unseated.standing
    return True


def _ties(here: Found, unseated: Hit) -> bool:
    return unseated.match is Match.TYPO and any(hit.strength == unseated.strength for hit in here.matches)


@cache
def _world() -> tuple[Entry, ...]:
    """All delegations of the table, and the places that are none, lest a slip make one a delegation."""
    others = sorted(places() - delegations().keys())
    return (
        *(Entry(code, terms(code)) for code in delegations()),
        *(Entry(code, tuple(_place_terms(code))) for code in others),
    )


def _place_terms(code: str) -> Iterator[Term]:
    for language in LANGUAGES:
        found = cldr_name(code, language)
        if found:
            yield Term(found, TermKind.ALIAS)
