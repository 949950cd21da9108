from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from discord.app_commands import locale_str

from bot.occasions import leads
from bot.occasions.fields import FieldError, OccasionField, read
from bot.shelf import normalised
from bot.texts import Reader, t
from bot.timeparse import parse_deadline
from bot.workplaces import Workplace
from cogs.decisions.rules import FARTHEST, LONGEST_TITLE, UNTIL, earliest_expiry, is_permitted, next_permitted
from storage.decisions.models import DecisionValue

TITLE: Final = OccasionField(
    "title",
    locale_str("What is proposed, in a few words; procedural matters only"),
    t("Proposal, procedural matters only"),
    t("The programme of work for 2028"),
    required=True,
    max_length=LONGEST_TITLE,
)
URL: Final = OccasionField(
    "url",
    locale_str("A link to the text, where it is not attached"),
    t("Link to the text"),
    t("https://…; empty where the text is attached"),
    max_length=512,
)
EXPIRES: Final = OccasionField(
    "expires",
    locale_str("Such as 2027-03-11 17:00; the earliest possible time if left out"),
    t("Ends"),
    t("2027-03-11 17:00; the earliest possible time if empty"),
    max_length=100,
)
DOCUMENTS: Final = "documents"
"""Among what was typed: the ids of the attached files."""
OF_DECISION: Final = (TITLE, URL, EXPIRES)


def read_values(
    typed: Mapping[str, str], place: Workplace, reader: Reader, now: datetime, sent_at: datetime
) -> dict[str, DecisionValue]:
    """Return the title, the link and the expiry that are typed. Raises FieldError.

    ``sent_at`` is when the opening messages will have gone out, for a secretariat that works at ``place``.
    """
    title = " ".join(typed.get(TITLE.option, "").split())
    if not any(character.isalnum() for character in title):
        raise FieldError(TITLE.option, t("The proposal has no title yet: say in a few words what is proposed."))
    url = typed.get(URL.option, "").strip()
    if not url and not typed.get(DOCUMENTS):
        raise FieldError(
            URL.option,
            t("The proposal has no text yet: attach it with the option {option}, or give a link.", option="document"),
        )
    earliest = earliest_expiry(sent_at, place)
    expires = typed.get(EXPIRES.option, "").strip()
    return {
        "title": title[:LONGEST_TITLE],
        "url": read(URL.option, normalised, url) if url else "",
        "expires_at": read_expiry(expires, place, reader, now, earliest) if expires else earliest,
        "timezone": place.zone,
    }


def read_expiry(typed: str, place: Workplace, reader: Reader, now: datetime, earliest: datetime) -> datetime:
    """Return when a procedure ends, in UTC; a day alone means 17:00 of it. Raises FieldError for what may not be."""
    deadline = read(
        EXPIRES.option, lambda text: parse_deadline(text, reader.zone, now=now, language=reader.language), typed
    )
    at = deadline.instant.astimezone(UTC)
    if deadline.date_only:
        at = leads.at(at.astimezone(ZoneInfo(reader.zone)).date(), UNTIL, place.zone)
    require_permitted(at, place, reader, now, earliest)
    return at


def require_permitted(at: datetime, place: Workplace, reader: Reader, now: datetime, earliest: datetime) -> None:
    """Raise FieldError unless a procedure may end at ``at``, which is ``earliest`` at the earliest."""
    if at < earliest:
        raise FieldError(
            EXPIRES.option,
            t(
                "That is too early: the delegations need time, and the earliest possible time is {when}.",
                when=reader.stamp(earliest, place.zone),
            ),
        )
    if at - now > FARTHEST:
        raise FieldError(EXPIRES.option, t("A procedure ends within a year: choose an earlier time."))
    if not is_permitted(at, place):
        raise FieldError(
            EXPIRES.option,
            t(
                "A procedure ends on a Monday to Thursday between 10:00 and 17:00 in {city}, and not on a public"
                " holiday. The next possible time is {when}.",
                city=reader.place(place.zone),
                when=reader.stamp(next_permitted(at, place), place.zone),
            ),
        )
