"""What people type is text everywhere: in messages, spreadsheets and calendars it sets nothing going."""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import icalendar
import vobject

from tests.webinars.staging import schedule
from tests.world import World

CALLING = "@everyone <@&1> "
HOSTILE = "[link](http://e.vil) **x** # h `c`\u202etxet ||s|| =1+1"
MASKED = re.compile(r"(?<!\\)\[[^\]]*(?<!\\)\]\(http")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def typed_everywhere(world: World) -> None:
    """Type the text into what members and secretariat create."""
    server = world.server
    office, channel = server.secretariat, server.channels["secretariat"]
    member, general = server.members["DK"], server.channels["general"]
    await member.slash(
        general,
        "topic propose",
        title=f"={HOSTILE}",
        level="global",
        format="workshop",
        description=f"{CALLING}{HOSTILE}\n> q",
    )
    await member.slash(
        general,
        "resource suggest",
        url="https://example.org/x",
        title=f"@{HOSTILE}",
        description=HOSTILE,
        category="norm",
    )
    poll = await office.slash(
        channel, "poll create", question=f"={HOSTILE}", options=f"={HOSTILE[:60]};-sum(1)", closes="in 72 hours"
    )
    await office.click(poll.response, label="Confirm")
    webinar = await schedule(
        world, title=HOSTILE, description=f"{HOSTILE}\r\nATTENDEE:mailto:x@e.vil", speakers=HOSTILE
    )
    await office.click(webinar.response, label="Confirm")
    appointed = await office.slash(
        channel, "member appoint", delegation="FI", name="=SUM(1) @here", role="adviser", title="+1 [a](http://e.vil)"
    )
    if any(button == "Confirm" for button in _labels(appointed.response)):
        await office.click(appointed.response, label="Confirm")
    await office.slash(channel, "member steering", delegation="DK")
    await world.travel(120)


def _labels(message: Any) -> list[str]:
    return [c.get("label", "") for row in message.components for c in row.get("components", [])]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        # Choices, labels and placeholders show no markdown.
        hidden = {"choices", "components", "footer", "name", "title"}
        for key, one in value.items():
            if key not in hidden:
                yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _sent(world: World) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for request in world.env.http_requests:
        body = request.json if isinstance(request.json, dict) else {}
        if "/messages" in request.path or request.path.endswith("/callback") or "/webhooks/" in request.path:
            found.append(body.get("data", body))
    return found


async def test_no_message_calls_links_or_breaks_out(world: World) -> None:
    await typed_everywhere(world)
    sent = [body for body in _sent(world) if isinstance(body, dict)]
    assert any("\\*\\*x\\*\\*" in json.dumps(body, ensure_ascii=False).replace("\\\\", "\\") for body in sent)
    for body in sent:
        said = {key: body[key] for key in ("content", "embeds") if body.get(key)}
        if not said:
            continue
        assert body.get("allowed_mentions", {"parse": []}).get("parse", []) == [], said
        for text in _texts(said):
            assert not MASKED.search(text), text
            assert "\u202e" not in text, text
            assert not re.search(r"(?m)^# h", text), text


async def test_no_spreadsheet_has_a_formula(world: World) -> None:
    await typed_everywhere(world)
    server = world.server
    office, channel = server.secretariat, server.channels["secretariat"]
    polls = await world.bot.services.polls.polls(server.id)
    exported = [
        await office.slash(channel, "member export"),
        await office.slash(channel, "resource export"),
        await office.slash(channel, "poll export", poll=str(polls[0].id)),
    ]
    sheets: list[str] = []
    for answer in exported:
        messages = [message for message in (answer.response, *answer.followups) if message]
        for attachment in (a for m in messages for a in m.attachments if a.filename.endswith(".csv")):
            text = (await attachment.read()).decode("utf-8-sig")
            sheets.append(text)
            for row in csv.reader(io.StringIO(text, newline="")):
                assert not [cell for cell in row if cell.startswith(FORMULA)], attachment.filename
    assert len(sheets) == len(exported)
    for cell in ("'=SUM(1) @here", "'+1 [a](http://e.vil)"):
        assert cell in sheets[0], "what was typed is in the file, guarded"


async def test_a_calendar_file_holds_one_event_and_no_line_of_anybody_else(world: World) -> None:
    await typed_everywhere(world)
    server = world.server
    answer = await server.members["DK"].slash(server.channels["general"], "webinar calendar")
    assert answer.response is not None
    [attachment] = answer.response.attachments
    data = await attachment.read()
    events = list(icalendar.Calendar.from_ical(data).walk("VEVENT"))
    assert len(events) == 1
    assert "ATTENDEE" not in events[0]
    assert "ATTENDEE:mailto:x@e.vil" in str(events[0]["DESCRIPTION"]).replace("\r", "")
    [other] = list(vobject.readComponents(data.decode()))
    assert "attendee" not in other.vevent.contents
    assert b"\nATTENDEE" not in data
