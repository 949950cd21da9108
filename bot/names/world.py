"""Who is meant, among all delegations of the world: so that a country without a seat is never a neighbour."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from bot.languages import LANGUAGES
from bot.names.flags import flag
from bot.names.table import alpha3, cldr_name, delegations, places, search_names
from bot.search.entries import Entry, Term, TermKind
from bot.search.folding import normalise
from bot.search.lookup import Found, Hit, Index, Match, find

_ALPHA3_LENGTH: Final = 3


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

    ``exactly`` accepts only a whole code, flag or known name (in any case, without accents, with or without
    its article), for what writes.
    """
    hits = _world().whole(typed) or (() if exactly else find(_world(), typed, looks_alike=False).matches)
    return hits[0].key if len(hits) == 1 and hits[0].key in delegations() else None


@dataclass(frozen=True, slots=True)
class SeatFound:
    """What a search among the seats of a network came to."""

    matches: tuple[Hit, ...]
    """One: show it. Several: to pick from."""
    near: tuple[Hit, ...]
    """To be offered beside the matches, or as the nearest names where there are none."""
    without_seat: str | None
    """The code of the known delegation that was meant and has no seat here; then nothing matches."""


def find_seat(entries: Iterable[Entry] | Index, typed: str, seated: Collection[str]) -> SeatFound:
    """Search a network's entries, holding against each answer what the words mean among all delegations.

    ``seated`` has the codes of the network's delegations. Where the words mean a place without a seat better
    than they mean any entry, nothing matches and, if it is a delegation of the table, ``without_seat`` says
    which. Where an entry is met by a slip only and an unseated place is as close, the entry is merely near.
    """
    here = find(entries, typed)
    whole = _world().whole(typed)
    if not whole and here.matches and here.matches[0].match is not Match.TYPO:
        # What begins a place's name, or nearly is one, does not outweigh it.
        return SeatFound(here.matches, here.near, None)
    meant = whole or find(_world(), typed, looks_alike=False).matches
    unseated = [hit for hit in meant if hit.key not in seated]
    if not unseated or _outweighs(here, unseated[0]):
        return SeatFound(here.matches, here.near, None)
    if people := _people_called(here, unseated[0], typed):
        others = (hit for hit in (*here.matches, *here.near) if hit not in people)
        return SeatFound(people, tuple(others), None)
    known = len(meant) == 1 and meant[0].key in delegations() and not _ties(here, meant[0])
    return SeatFound((), (*here.matches, *here.near), unseated[0].key if known else None)


def _outweighs(here: Found, unseated: Hit) -> bool:
    """Whether the best match among the entries is rather meant than a place that has no seat.

    A whole name or code of a place is meant, unless an entry bears it too. The beginning of one may be the
    beginning of anything.
    """
    if not here.matches:
        return False
    best = here.matches[0]
    if best.match is Match.TYPO:
        return best.strength < unseated.strength
    if unseated.match is Match.EXACT:
        return best.match is Match.EXACT and best.standing == unseated.standing
    return True


def _people_called(here: Found, unseated: Hit, typed: str) -> tuple[Hit, ...]:
    """Return who bears as a name what is also a place's code of three letters: "Ben", whatever Benin's code is.

    In capitals it is the code; two letters are always one.
    """
    word = normalise(typed)
    if unseated.term.kind is not TermKind.CODE or len(word) != _ALPHA3_LENGTH or typed.strip().isupper():
        return ()
    people = (hit for hit in here.matches if hit.term.kind is TermKind.PERSON)
    return tuple(hit for hit in people if word in normalise(hit.term.text).split())


def _ties(here: Found, unseated: Hit) -> bool:
    return unseated.match is Match.TYPO and any(hit.strength == unseated.strength for hit in here.matches)


@cache
def _world() -> Index:
    """All delegations of the table, and the places that are none, lest a slip make one a delegation."""
    others = sorted(places() - delegations().keys())
    return Index(
        (
            *(Entry(code, terms(code)) for code in delegations()),
            *(Entry(code, tuple(_place_terms(code))) for code in others),
        )
    )


def _place_terms(code: str) -> Iterator[Term]:
    for language in LANGUAGES:
        found = cldr_name(code, language)
        if found:
            yield Term(found, TermKind.ALIAS)
