"""Every delegation's answer as CSV."""

from collections.abc import Sequence

from bot import names
from bot.csvfiles import file_of
from bot.texts import Reader
from cogs.meetings.sentences import Delegations
from storage.meetings.models import Registration


def registrations_file(
    answers: Sequence[Registration], unanswered: Sequence[str], delegations: Delegations, reader: Reader
) -> bytes:
    """Return every delegation's answer as CSV."""
    by_code = {answer.code: answer for answer in answers}
    columns = ("delegation", "name", "regional_group", "attendance", "representative", "who", "source", "reference")
    rows: list[tuple[str, ...]] = []
    for code in delegations.in_order({*by_code, *unanswered}, reader.language):
        answer = by_code.get(code)
        coming = answer if answer is not None and answer.attends else None
        rows.append(
            (
                code,
                delegations.called(code, reader.language),
                names.regional_group(code) or "",
                answer.attendance if answer else "",
                (coming.representative or "") if coming else "",
                coming.comes if coming else "",
                _source(answer) if answer else "",
                answer.reference if answer else "",
            )
        )
    return file_of(rows, columns)


def _source(answer: Registration) -> str:
    return "predecessor" if answer.by_predecessor else answer.source
