from datetime import date

from tests.meetings.conftest import Room
from tests.world import embed_text, said

FIRST_DAY = date(2026, 5, 1)


async def test_a_long_agenda_is_cut_by_day_into_cards_within_the_limits(room: Room) -> None:
    await room.plan(FIRST_DAY)
    for hour in range(8, 20):
        for day in (1, 2):
            await room.slash(
                "session add",
                title=f"*{hour}* " * 40,
                starts=f"2026-05-0{day} {hour:02}:00",
                length="1h",
                format="workshop",
                level="sub_regional",
                speakers="_Name_ " * 80,
                links="https://example.org/" + "a" * 300,
            )
    member = room.server.members["DK"]
    shown = await room.slash("agenda", member)
    titles: list[str] = []
    for _ in range(100):
        (embed,) = shown.response.embeds
        assert len(embed_text(embed)) <= 6000
        assert len(embed.description or "") <= 4096
        days = {line for line in (embed.description or "").splitlines() if line.startswith("### ")}
        assert len(days) == 1, "no page shows two days"
        titles += [line for line in (embed.description or "").splitlines() if "· Workshop · Sub-regional" in line]
        following = [c for row in shown.response.components for c in row["components"] if "Next" in c.get("label", "")]
        if not following or following[0].get("disabled"):
            break
        shown = await member.click(shown.response, label="Next ›")
    assert len(titles) == 24, "every session once"


async def test_a_session_left_incomplete_is_asked_for_in_a_form(room: Room) -> None:
    await room.plan(FIRST_DAY)
    form = await room.slash("session add", title="Opening", format="case_study", level="regional")
    assert "Opening" in str(form.modal)
    wrong = await room.submit(form, starts="2026-06-01 10:00", length="1h")
    assert "1 June 2026, 10:00, Brussels is not on one of the meeting's days (1–2 May 2026)" in said(wrong)
    form = await room.server.secretariat.click(wrong.response, label="Correct")
    done = await room.submit(form, starts="2026-05-01 10:00")
    assert "**10:00–11:00**" in said(done)
    assert "Case study · Regional" in said(done)


async def test_a_session_is_changed_and_removed(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.slash("session add", title="Opening", starts="2026-05-01 10:00", length="1h")
    (choice,) = await room.server.secretariat.autocomplete(
        room.server.channels["general"], "meeting session edit", "session", ""
    )
    assert choice["name"] == "1 May 2026, 10:00, Brussels · Opening"
    await room.slash("session edit", session=choice["value"], starts="2026-05-02 11:00", level="national")
    assert "### Saturday 2 May 2026\n**11:00–12:00**" in await room.told("agenda")
    wrong = await room.slash("session edit", session=choice["value"], starts="03/04/2026 11:00")
    form = await room.server.secretariat.click(wrong.response, label="Correct")
    assert "Opening" in str(form.modal), "the form has what the session has"
    asked = await room.slash("session remove", session=choice["value"])
    assert "no sessions yet" not in await room.told("agenda")
    await room.confirm(asked)
    assert "The agenda has no sessions yet." in await room.told("agenda")


async def test_what_is_no_link_is_refused(room: Room) -> None:
    await room.plan(FIRST_DAY)
    told = await room.told(
        "session add", title="Opening", starts="2026-05-01 10:00", length="1h", links="javascript:alert(1)"
    )
    assert "is not a link" in told
