"""Who comes, who does not, and who has not answered."""

from collections.abc import Sequence
from typing import Final

from bot.texts import Reader, Text, escaped, t
from cogs.meetings import sentences
from cogs.meetings.sentences import Delegations
from storage.meetings.models import ATTENDANCES, Registration

_PAGE: Final = 3600


def registration_pages(
    answers: Sequence[Registration], unanswered: Sequence[str] | None, delegations: Delegations, reader: Reader
) -> list[str]:
    """Cut who comes, who does not and who has not answered (None: not for this reader) into pages that fit a card."""
    by_code = {answer.code: answer for answer in answers}
    sections: list[tuple[str, list[str]]] = []
    for attendance in ATTENDANCES:
        codes = [code for code, answer in by_code.items() if answer.attendance == attendance]
        ordered = delegations.in_order(codes, reader.language)
        lines = [_line(by_code[code], delegations, reader) for code in ordered]
        sections.append((_heading(sentences.ATTENDANCE[attendance], lines, reader), lines))
    if unanswered is not None:
        ordered = delegations.in_order(unanswered, reader.language)
        lines = [str(escaped(delegations.with_flag(code, reader.language))) for code in ordered]
        sections.append((_heading(t("Not answered"), lines, reader), lines))
    return _paged(sections)


def _heading(name: Text, lines: Sequence[str], reader: Reader) -> str:
    return f"**{reader.say(name)} · {reader.number(len(lines))}**"


def _line(answer: Registration, delegations: Delegations, reader: Reader) -> str:
    parts: list[str] = [escaped(delegations.with_flag(answer.code, reader.language))]
    if answer.attends and answer.representative is not None:
        parts.append(reader.say(sentences.REPRESENTATIVE[answer.representative]))
    if answer.source == "note_verbale":
        parts.append(sentences.recorded_from(answer, reader))
    if answer.by_predecessor:
        parts.append(reader.say(sentences.BY_PREDECESSOR))
    return sentences.with_who(" · ".join(parts), answer)


def _paged(sections: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Cut sections into pages, each of which names the section that it goes on with."""
    pages: list[str] = []
    for heading, lines in sections:
        headed = False
        for line in lines:
            fits = bool(pages) and len(pages[-1]) + len(heading) + len(line) < _PAGE
            block = line if fits and headed else f"{heading}\n{line}"
            if fits:
                pages[-1] = f"{pages[-1]}{'' if headed else chr(10)}\n{block}"
            else:
                pages.append(block)
            headed = True
    return pages
