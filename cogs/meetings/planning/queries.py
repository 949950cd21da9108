"""Looks up what stands in the way of a meeting's days and number, and whom it invites."""

from collections.abc import Mapping
from typing import cast

from bot.audience import seats_today
from bot.commands import Command
from bot.errors import UserError
from bot.meeting_names import kind_name
from bot.names import is_in_region
from bot.occasions.fields import FieldError
from bot.services import Services
from bot.texts import Text, nt, t
from bot.ui import Context
from cogs.meetings.sentences import Delegations
from storage.meetings.models import Meeting, MeetingRegion, MeetingValue


async def with_invited(context: Context, values: Mapping[str, MeetingValue]) -> dict[str, MeetingValue]:
    """Return the fields of a meeting with whom it invites: those named, else its region's delegations and its hosts.

    Raises FieldError for a delegation without a seat, and where nobody would be invited.
    """
    if values.get("kind", "annual") == "annual":
        return dict(values)
    seated = [seat.delegation for seat in await seats_today(context.services, context.guild_id)]
    codes = {delegation.code for delegation in seated}
    named = cast(tuple[str, ...], values["invited"])
    if without := next((code for code in named if code not in codes), None):
        raise FieldError(
            "invited",
            t(
                "{delegation} has no seat in this network: see who has with {command}.",
                delegation=Delegations(seated).with_flag(without, context.reader.language),
                command=Command("member list"),
            ),
        )
    if not named:
        region, hosts = cast(MeetingRegion, values["region"]), cast(tuple[str, ...], values.get("hosts", ()))
        named = tuple(sorted(code for code in codes if is_in_region(code, region) or code in hosts))
    if not named:
        raise FieldError("invited", t("No delegation of that region has a seat here: name those that are invited."))
    return {**values, "invited": named}


async def require_free_number(context: Context, planned: Meeting) -> None:
    """Raise FieldError where another meeting of the same kind and region has the number."""
    meetings = await context.services.meetings.all(context.guild_id)
    others = [m for m in meetings if m.cancelled_at is None and m.id != planned.id and m.series == planned.series]
    if planned.number is not None and planned.number in {meeting.number for meeting in others}:
        raise number_taken(planned.number)


def number_taken(number: object) -> UserError:
    """Say that another meeting has the number."""
    return FieldError(
        "number",
        t("Another meeting has the number {number} already: type a different one.", number=cast(int, number)),
    )


async def require_free_days(services: Services, planned: Meeting) -> None:
    """Refuse days of another meeting of the same kind: nobody is called to two at once, nor twice to one."""
    for other in await _at_the_same_time(services, planned):
        if other.series == planned.series:
            raise FieldError(
                "starts_on",
                t(
                    "Another {meeting} is planned from {first} to {last}, in {city}: change that one with"
                    " {command}, or type other days.",
                    meeting=kind_name(planned),
                    first=other.starts_on,
                    last=other.ends_on,
                    city=other.city,
                    command=Command("meeting edit"),
                ),
            )


async def also_invited(services: Services, planned: Meeting) -> list[Text]:
    """Say which meetings of another kind have the same days, and how many delegations are invited to both."""
    seats = await seats_today(services, planned.guild_id)
    said: list[Text] = []
    for other in await _at_the_same_time(services, planned):
        both = sum(planned.invites(s.delegation.code) and other.invites(s.delegation.code) for s in seats)
        if other.series != planned.series:
            text = nt(
                "On these days there is also the {meeting} in {city}: {count} delegation is invited to both.",
                "On these days there is also the {meeting} in {city}: {count} delegations are invited to both.",
                both,
                meeting=kind_name(other),
                city=other.city,
            )
            said.append(text)
    return said


async def _at_the_same_time(services: Services, planned: Meeting) -> list[Meeting]:
    """Return the meetings, not cancelled, whose days overlap and that invite some of the same delegations."""
    found: list[Meeting] = []
    for other in await services.meetings.all(planned.guild_id):
        apart = planned.ends_on < other.starts_on or other.ends_on < planned.starts_on
        share = planned.invites_all or other.invites_all or set(planned.invited) & set(other.invited)
        if other.id != planned.id and other.cancelled_at is None and not other.is_recorded and not apart and share:
            found.append(other)
    return found
