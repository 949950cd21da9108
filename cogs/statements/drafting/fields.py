"""What is typed of a statement, read into its fields. Pure: the present instant and the delegations named are given."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, cast
from zoneinfo import ZoneInfo

from discord.app_commands import locale_str

from bot.errors import UserError
from bot.languages import LANGUAGES
from bot.names import REGIONAL_GROUPS
from bot.occasions.fields import FieldError, OccasionField
from bot.occasions.fields import read as read_field
from bot.shelf import normalised
from bot.texts import Reader, Text, t
from bot.timeparse import parse_deadline, parse_zone, require_future
from cogs.statements import rules
from storage.statements.models import STATEMENT_AUDIENCES, Statement, StatementValue

Typed = Mapping[str, str]
LONGEST_ADDRESS: Final = 512
MAIN: Final = (
    OccasionField(
        "title", locale_str("What the statement is called"), t("Title"), required=True, max_length=rules.LONGEST_TITLE
    ),
    OccasionField(
        "closes",
        locale_str("Until when delegations can join, such as 2027-03-12 18:00, or a day"),
        t("Closes"),
        t("2027-03-12 18:00, in 10 days at 18:00, or a day"),
        attribute="closes_at",
        required=True,
        max_length=100,
    ),
    OccasionField(
        "penholders",
        locale_str("The delegations that draft it, separated by semicolons"),
        t("Penholders, separated by semicolons"),
        t("Denmark; Ghana"),
        name=t("Penholders"),
        max_length=600,
    ),
    OccasionField(
        "delegations",
        locale_str("The invited delegations, separated by semicolons, where they are chosen"),
        t("Delegations invited, if not all"),
        t("Denmark; Ghana (for the audience of chosen delegations)"),
        name=t("Delegations invited"),
        attribute="chosen",
        max_length=1500,
    ),
    OccasionField(
        "url",
        locale_str("Where the text can be read, beside the files; it begins with https://"),
        t("Link to the text (members only)"),
        t("https://…"),
        name=t("Link"),
        max_length=LONGEST_ADDRESS,
    ),
)
"""What can be typed, which is one form."""
CHOSEN: Final = ("audience", "region", "show_count", "authoritative", "timezone", "documents")
"""What is chosen from lists or attached, kept beside the form."""
YES: Final = "yes"
NO: Final = "no"
NAMES: Final[Mapping[str, Text]] = {
    **{field.of_record: field.called for field in MAIN},
    "audience": t("Invited to join"),
    "region": t("Regional group"),
    "show_count": t("Whether the number of joinings is shown"),
    "authoritative": t("Authoritative language"),
    "timezone": t("Time zone"),
}
"""What each attribute of the record is called."""


def read(
    typed: Typed,
    reader: Reader,
    now: datetime,
    named: Mapping[str, Sequence[int]],
    base: Statement | None = None,
) -> dict[str, StatementValue]:
    """Return the fields that ``typed`` gives, by option, in the words of ``reader``.

    ``named`` are the ids of the delegations typed as "penholders" and "delegations". Of a change of ``base`` (None: a
    new statement) only what differs is returned. Raises FieldError.
    """
    before = base or rules.unsaved(0, {"timezone": reader.zone})
    zone = (
        read_field("timezone", lambda text: parse_zone(text, reader.language), typed["timezone"])
        if typed.get("timezone")
        else before.timezone
    )
    values: dict[str, StatementValue] = {
        "title": read_field("title", _title, typed.get("title", "")),
        "timezone": zone,
        "penholders": tuple(sorted(named.get("penholders", ()))),
        "url": read_field("url", _address, typed.get("url", "")),
        "show_count": typed.get("show_count") == YES,
        "authoritative": typed.get("authoritative", "") or before.authoritative,
        **_audience(typed, named.get("delegations", ())),
    }
    if base is None or typed.get("closes", "").strip() != written(base)["closes"] or zone != base.timezone:
        values["closes_at"] = read_field(
            "closes", lambda text: closing(text, zone, reader, now), typed.get("closes", "")
        )
    if base is None:
        return values
    return {name: value for name, value in values.items() if _sorted(getattr(base, name)) != value}


def _sorted(value: object) -> object:
    return tuple(sorted(cast(tuple[int, ...], value))) if isinstance(value, tuple) else value


def written(statement: Statement) -> dict[str, str]:
    """Return a statement's fields as somebody would type or choose them, but for the names of delegations."""
    return {
        "title": statement.title,
        "closes": f"{statement.closes_at.astimezone(ZoneInfo(statement.timezone)):%Y-%m-%d %H:%M:%S}",
        "url": statement.url,
        "audience": statement.audience,
        "region": statement.region or "",
        "show_count": YES if statement.show_count else NO,
        "authoritative": statement.authoritative,
        "timezone": statement.timezone,
    }


def closing(typed: str, zone: str, reader: Reader, now: datetime) -> datetime:
    """Return when a statement closes. Raises UserError for what is no time, past, or more than a year ahead."""
    if not typed.strip():
        raise UserError(t("Say until when delegations can join, such as {example}.", example="2027-03-12 18:00"))
    closes_at = parse_deadline(typed, zone, now=now, language=reader.language).instant
    require_future(closes_at, now, zone=zone, language=reader.language)
    rules.require_closing(closes_at, now)
    return closes_at


def authoritative_among(languages: Sequence[str], asked: str, before: str, network: str) -> str:
    """Return the language of the authoritative file among those that there are.

    As ``asked`` (empty: nobody said), else as ``before``, else the ``network``'s, else the first. Raises FieldError
    where there is no file in the language asked for.
    """
    if asked and asked not in languages:
        raise FieldError(
            "authoritative",
            t("There is no file in the authoritative language: attach one, or name another language."),
        )
    ordered = [language for language in LANGUAGES if language in languages]
    return next((one for one in (asked, before, network, *ordered) if one in ordered), "")


def _title(typed: str) -> str:
    title = " ".join(typed.split())
    if not any(character.isalnum() for character in title):
        raise UserError(t("A statement needs a title: type one."))
    if len(title) > rules.LONGEST_TITLE:
        raise UserError(t("The title is longer than {limit} characters: shorten it.", limit=rules.LONGEST_TITLE))
    return title


def _address(typed: str) -> str:
    if not typed.strip():
        return ""
    address = normalised(typed.strip().removeprefix("<").removesuffix(">"))
    if not address.startswith("https://") or len(address) > LONGEST_ADDRESS:
        raise UserError(
            t("The link has to begin with https:// and have at most {limit} characters.", limit=LONGEST_ADDRESS)
        )
    return address


def _audience(typed: Typed, chosen: Sequence[int]) -> dict[str, StatementValue]:
    given = typed.get("audience", "")
    # A person who names delegations means them, and one who names a region means it.
    audience = given or ("delegations" if chosen else "region" if typed.get("region") else "all")
    if audience not in STATEMENT_AUDIENCES:
        raise FieldError("audience", t("Choose from the list who is invited."))
    if audience == "delegations" and not chosen:
        raise FieldError(
            "delegations", t("Name the delegations that are invited, separated by semicolons, or invite all.")
        )
    region = typed.get("region") or None
    if audience == "region" and region not in REGIONAL_GROUPS:
        raise FieldError("region", t("Choose the regional group that is invited, in the option *region*."))
    return {
        "audience": audience,
        "region": region if audience == "region" else None,
        "chosen": tuple(sorted(chosen)) if audience == "delegations" else (),
    }
