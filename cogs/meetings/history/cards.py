"""Every meeting since the first, in two lines each."""

from collections.abc import Sequence
from dataclasses import replace

from bot.meeting_names import days, heading, title
from bot.texts import Markdown, Reader, Text, escaped, nt, t
from cogs.meetings import sentences
from cogs.meetings.cards import countries_line, hosts
from cogs.meetings.rules import missing_numbers
from cogs.meetings.sentences import Delegations
from storage.meetings.models import Meeting


def history_lines(meetings: Sequence[Meeting], delegations: Delegations, reader: Reader) -> list[str]:
    """Write each meeting in two lines: which, when and where; who hosted, how many came."""
    return [_history_line(meeting, delegations, reader) for meeting in meetings]


def _history_line(meeting: Meeting, delegations: Delegations, reader: Reader) -> str:
    first = [f"**{escaped(heading(meeting, reader))}**", days(meeting, reader)]
    first.append(escaped(sentences.place(meeting, delegations, reader)))
    second = [hosts(meeting, delegations, reader)] if meeting.hosts or meeting.partners else []
    countries = countries_line(meeting, reader)
    second += [countries] if countries else []
    second += [reader.say(t("meeting cancelled"))] if meeting.cancelled_at is not None else []
    if meeting.source:
        second.append(f"[{reader.say(t('source'))}](<{meeting.source}>)")
    return " · ".join(first) + ("\n" + " · ".join(second) if second else "")


def no_record(meetings: Sequence[Meeting], reader: Reader) -> list[str]:
    """Say plainly of which meetings no record was found: of each kind and region by itself."""
    said: list[str] = []
    for series in sorted({meeting.series for meeting in meetings}, key=lambda one: (one[0], one[1] or "")):
        counted = [meeting for meeting in meetings if meeting.series == series]
        missing = missing_numbers(counted)
        if series[0] == "annual" and missing:
            named = Markdown(reader.listing([reader.ordinal(number) for number in missing]))
            said.append(reader.say(_no_annual(len(missing), named)))
        elif missing:
            named_ones = [title(replace(counted[0], number=number), reader) for number in missing]
            said += [reader.say(t("No record of the {meeting} was found.", meeting=name)) for name in named_ones]
    return said


def _no_annual(count: int, named: Markdown) -> Text:
    return nt(
        "No record of the {named} annual meeting was found.",
        "No record of these annual meetings was found: {named}.",
        count,
        named=named,
    )
