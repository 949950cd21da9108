"""The agenda as a spreadsheet, out and in again."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO

import pytest

from storage.meetings.models import Session
from tests.meetings.conftest import Room
from tests.world import said

FIRST_DAY = date(2026, 5, 1)
HEADER = "starts;length;format;level;title;speakers;links;id"


async def sessions(room: Room) -> list[Session]:
    meeting = await room.meeting()
    return await room.world.bot.services.sessions.of_meeting(room.server.id, meeting.id)


async def exported(room: Room) -> str:
    shown = await room.slash("session export")
    (file,) = shown.response.attachments
    return (await file.read()).decode("utf-8-sig")


async def sent(room: Room, text: str, encoding: str = "utf-8-sig") -> str:
    """Send a file and confirm what it brings, if anything; return what was said first."""
    file = ("agenda.csv", text.encode(encoding))
    shown = await room.server.secretariat.slash(room.server.channels["general"], "meeting session import", file=file)
    first = said(shown)
    if "Nothing is written before you confirm" in first:
        await room.server.secretariat.click(shown.response, label="Confirm")
    return first


async def test_out_and_in_again_changes_nothing(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.slash(
        "session add",
        title="=Opening; “plenary”",
        starts="2026-05-01 09:30",
        length="90 min",
        speakers="Ms A\nMr B",
        links="https://example.org/a https://example.org/b",
    )
    await room.slash(
        "session add", title="Workshop", starts="2026-05-02 14:00", length="2h", format="workshop", level="regional"
    )
    before, file = await sessions(room), await exported(room)
    assert "all of this already" in await sent(room, file)
    assert await sessions(room) == before


async def test_a_file_adds_and_changes_and_leaves_the_rest(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.slash("session add", title="Opening", starts="2026-05-01 09:30", length="1h", speakers="Ms A")
    await room.slash("session add", title="Closing", starts="2026-05-02 16:00", length="1h")
    opening = (await sessions(room))[0]
    rows = [
        HEADER,
        f"1 May 2026 10:00;1h 30;Plénière;;Opening;;;{opening.uid}",
        "2026-05-02 09:00;45 min;case study;global;From early warning;Mr B;https://example.org/c;",
    ]
    told = await sent(room, "\n".join(rows))
    assert "1 session added and 1 session changed" in told
    assert "1 session of the agenda is not in this file and stays as it is." in told
    found = {session.title: session for session in await sessions(room)}
    assert list(found) == ["Opening", "From early warning", "Closing"]
    changed = found["Opening"]
    assert (changed.uid, changed.minutes, changed.speakers) == (opening.uid, 90, "")
    assert changed.starts_at - opening.starts_at == timedelta(minutes=30)
    assert changed.sequence == opening.sequence + 1
    added = found["From early warning"]
    assert (added.format, added.level, added.minutes) == ("case_study", "global", 45)
    assert added.links == ("https://example.org/c",)
    # Rows of which somebody has removed the ids are the same sessions.
    again = [line.rpartition(",")[0] + "," for line in (await exported(room)).splitlines()[1:]]
    header = HEADER.replace(";", ",")
    assert "all of this already" in await sent(room, "\r\n".join([header, *again]), "utf-8")


def as_a_spreadsheet_saves_it(exported: str, day: str, *, with_ids: bool) -> str:
    """Return the file as a spreadsheet of another country saves it: semicolons, CRLF, and its own way to write days."""
    rows = list(csv.DictReader(StringIO(exported)))
    written = StringIO()
    columns = [name for name in rows[0] if with_ids or name != "id"]
    writer = csv.DictWriter(written, columns, delimiter=";", lineterminator="\r\n", extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        local = datetime.strptime(row["starts"], "%Y-%m-%d %H:%M")  # noqa: DTZ007 - the meeting's own time
        writer.writerow({**row, "starts": local.strftime(day)})
    return written.getvalue()


@pytest.mark.parametrize("with_ids", [True, False])
@pytest.mark.parametrize("day", ["%d/%m/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%d.%m.%Y %H:%M:%S"])
async def test_a_spreadsheet_may_write_the_days_in_its_own_way(room: Room, day: str, with_ids: bool) -> None:
    await room.plan(FIRST_DAY)
    for title, starts in (("Opening", "2026-05-01 09:30"), ("Workshop; with lunch", "2026-05-02 14:00")):
        await room.slash("session add", title=title, starts=starts, length="1h", speakers="Ms A\nMr B")
    before, file = await sessions(room), as_a_spreadsheet_saves_it(await exported(room), day, with_ids=with_ids)
    assert "all of this already" in await sent(room, file)
    assert await sessions(room) == before
    assert "1 session changed" in await sent(room, file.replace("Ms A", "Ms Ámbar", 1))
    assert [session.speakers for session in await sessions(room)] == ["Ms Ámbar\nMr B", "Ms A\nMr B"]


async def test_what_is_wrong_is_said_by_row_and_nothing_is_written(room: Room) -> None:
    await room.plan(FIRST_DAY)
    rows = [
        HEADER,
        "2026-05-01 09:30;1h;plenary;;;;;",
        "03/05/2026 09:30;1h;plenary;;Unclear day;;;",
        "2026-06-01 09:30;1h;plenary;;Another month;;;",
        "2026-05-01 10:30;soon;plenary;;No length;;;",
        "2026-05-01 11:30;1h;banquet;;No format;;;",
        "2026-05-01 12:30;1h;plenary;planetary;No level;;;",
        "2026-05-01 13:30;1h;plenary;;No link;;ftp://example.org;",
        "2026-05-01 14:30;1h;plenary;;Unknown;;;0123",
        "2026-05-01 15:30;1h;plenary;;Twice;;;",
        "2026-05-01 15:30;1h;plenary;;Twice;;;",
        f"2026-05-01 16:30;1h;plenary;;{'Long ' * 50};;;",
        "2026-05-01 17:30;;plenary;;No length at all;;;",
    ]
    file = ("agenda.csv", "\n".join(rows).encode())
    shown = await room.server.secretariat.slash(room.server.channels["general"], "meeting session import", file=file)
    assert "nothing was written" in said(shown)
    (problems,) = shown.response.attachments
    lines = (await problems.read()).decode("utf-8-sig").splitlines()[1:]
    found = [tuple(line.split(",")[:2]) for line in lines]
    assert found == [
        ("2", "title"),
        ("3", "starts"),
        ("4", "starts"),
        ("5", "length"),
        ("6", "format"),
        ("7", "level"),
        ("8", "links"),
        ("9", "id"),
        ("11", "title"),
        ("12", "title"),
        ("13", "length"),
    ]
    assert not await sessions(room)


async def test_a_file_that_no_longer_fits_is_refused_on_confirm(room: Room) -> None:
    await room.plan(FIRST_DAY)
    file = ("agenda.csv", f"{HEADER}\n2026-05-02 09:30;1h;plenary;;Second day;;;".encode())
    shown = await room.server.secretariat.slash(room.server.channels["general"], "meeting session import", file=file)
    await room.edit(ends_on="2026-05-01")
    refused = await room.server.secretariat.click(shown.response, label="Confirm")
    assert "the file no longer fits it" in said(refused)
    assert not await sessions(room)
