"""The delegations that have joined, as text to paste and as CSV: never one that has not."""

from collections.abc import Iterable, Mapping, Sequence

from bot.csvfiles import file_of
from bot.languages import LANGUAGES, Language
from bot.names.delegation_names import called
from bot.texts import Reader, Text, t
from cogs.statements.rules import in_protocol_order
from storage.documents.models import Document
from storage.members.models import Delegation
from storage.statements.models import Joining, Statement

JOINED_LATER = t("joined later")


def names_in_order(
    statement: Statement, delegations: Iterable[Delegation], joinings: Mapping[int, Joining], language: Language
) -> list[str]:
    """Return the names of those that have joined, in the protocol order of the ``language``, late ones marked."""
    reader = Reader(language, statement.timezone)
    found = [one for one in delegations if one.id in joinings]
    return [
        _marked(called(one, language), joinings[one.id], reader)
        for one in in_protocol_order(found, statement.penholders, language)
    ]


def _marked(name: str, joining: Joining, reader: Reader) -> str:
    return f"{name} ({reader.label(JOINED_LATER)})" if joining.is_late else name


def text_file(statement: Statement, delegations: Sequence[Delegation], joinings: Sequence[Joining]) -> bytes:
    """Return the list in each language, ready to paste: separated by commas, and below each other."""
    by_id = {one.delegation_id: one for one in joinings}
    blocks: list[str] = []
    for language in LANGUAGES:
        reader = Reader(language, statement.timezone)
        names = names_in_order(statement, delegations, by_id, language)
        heading = reader.language_name(language)
        blocks.append("\n".join([heading[:1].upper() + heading[1:], "", reader.listing(names), "", *names]))
    # Notepad and Word take a file for UTF-8 by its byte-order mark.
    return "\ufeff".encode() + "\n\n\n".join(blocks).encode() + b"\n"


def csv_file(
    statement: Statement, delegations: Sequence[Delegation], joinings: Sequence[Joining], documents: Sequence[Document]
) -> bytes:
    """Return the list as CSV: the place and the name in each language, and the fingerprint of the text joined."""
    by_id = {one.delegation_id: one for one in joinings}
    found = [one for one in delegations if one.id in by_id]
    orders = {
        language: [one.id for one in in_protocol_order(found, statement.penholders, language)] for language in LANGUAGES
    }
    fingerprint = next((one.fingerprint for one in documents if one.authoritative), "")
    columns = (
        "delegation",
        *(f"{what}_{language}" for language in LANGUAGES for what in ("place", "name")),
        "penholder",
        "joined_at",
        "joined_later",
        "recorded_by_secretariat",
        "reference",
        "version",
        "fingerprint_sha256",
    )
    rows: list[tuple[str, ...]] = []
    for one in in_protocol_order(found, statement.penholders, "en"):
        joining = by_id[one.id]
        named: list[str] = []
        for language in LANGUAGES:
            named += [str(orders[language].index(one.id) + 1), called(one, language)]
        rows.append(
            (
                one.code,
                *named,
                _yes(one.id in statement.penholders),
                joining.joined_at.isoformat(),
                _yes(joining.is_late),
                _yes(joining.by_secretariat),
                joining.reference,
                str(joining.version),
                fingerprint,
            )
        )
    return file_of(rows, columns)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def heading(statement: Statement, count: int) -> Text:
    """Say what the files are."""
    return t(
        "Those that have joined “{title}” so far ({count}), in the protocol order of each language, penholders first: a"
        " text to paste, and a table with the fingerprint of the text.",
        title=statement.title,
        count=count,
    )
