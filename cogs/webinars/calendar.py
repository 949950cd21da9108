"""A webinar as an entry of a calendar: the .ics file, and addresses that open one's own calendar filled in. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote, urlencode

from bot.calendar import CalendarEvent, calendar_file
from bot.texts import Reader
from cogs.webinars import sentences
from storage.webinars.models import Webinar

_GOOGLE: Final = "https://calendar.google.com/calendar/render"
_OUTLOOK: Final = "https://outlook.office.com/calendar/action/compose"
_LONGEST_BODY: Final = 300
STRUCK_OUT_FOR: Final = timedelta(days=30)
"""How long after its date a cancelled webinar stays in the file, for calendars that hold it to strike it out."""


def calendar_of(webinars: Iterable[Webinar], name: str, reader: Reader, now: datetime, *, with_links: bool) -> bytes:
    """Return the .ics file of ``webinars``; ``with_links`` puts the links to join in, for members only."""
    entries = [entry_of(webinar, reader, with_links=with_links) for webinar in webinars]
    return calendar_file(name, entries, now=now)


def entry_of(webinar: Webinar, reader: Reader, *, with_links: bool) -> CalendarEvent:
    """Return the entry of a webinar; ``with_links`` puts the link to join in, for members only."""
    return CalendarEvent(
        key=f"webinar-{webinar.guild_id}-{webinar.id}",
        sequence=webinar.sequence,
        title=webinar.title,
        starts=webinar.starts_at,
        ends=webinar.ends_at,
        zone=webinar.timezone,
        description=_about(webinar, reader, with_links=with_links),
        location=reader.label(sentences.ONLINE),
        url=webinar.link if with_links and webinar.cancelled_at is None else "",
        cancelled=webinar.cancelled_at is not None,
    )


def _about(webinar: Webinar, reader: Reader, *, with_links: bool) -> str:
    parts = [webinar.link] if with_links and webinar.cancelled_at is None else []
    parts += [part for part in (webinar.speakers, sentences.languages(webinar.languages, reader)) if part]
    parts += [webinar.description] if webinar.description else []
    return "\n".join(parts)


def google_address(webinar: Webinar, reader: Reader, *, with_link: bool) -> str:
    """Return the address that opens Google Calendar with the webinar filled in."""
    span = f"{_compact(webinar.starts_at)}/{_compact(webinar.ends_at)}"
    return _address(
        _GOOGLE,
        action="TEMPLATE",
        text=sentences.shortened(webinar.title, sentences.CHOICE),
        dates=span,
        ctz=webinar.timezone,
        location=reader.label(sentences.ONLINE),
        details=_body(webinar, with_link=with_link),
    )


def outlook_address(webinar: Webinar, reader: Reader, *, with_link: bool) -> str:
    """Return the address that opens Outlook with the webinar filled in."""
    return _address(
        _OUTLOOK,
        rru="addevent",
        subject=sentences.shortened(webinar.title, sentences.CHOICE),
        startdt=f"{webinar.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        enddt=f"{webinar.ends_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        location=reader.label(sentences.ONLINE),
        body=_body(webinar, with_link=with_link),
    )


def _body(webinar: Webinar, *, with_link: bool) -> str:
    # A message holds 2,000 characters and these are two addresses: a person who wants all of it takes the file.
    return webinar.link if with_link and len(webinar.link) <= _LONGEST_BODY else ""


def _address(base: str, **parameters: str) -> str:
    return f"{base}?{urlencode({k: v for k, v in parameters.items() if v}, quote_via=quote, safe='')}"


def _compact(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"
