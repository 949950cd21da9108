"""What a resource may say of itself: every cell of it checked, whether it came by command, form or file."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from babel import Locale

from bot.errors import UserError
from bot.languages import LANGUAGES
from bot.search.folding import cleaned
from bot.shelf.addresses import normalised
from bot.texts import Text, t
from storage.resources.models import CATEGORIES, RESOURCE_VISIBILITIES, NewResource

LONGEST_TITLE: Final = 256
LONGEST_DESCRIPTION: Final = 500
_LONGEST_NOTE: Final = 200
_LONGEST_ITEM: Final = 80
_MOST_ITEMS: Final = 12
_EARLIEST_YEAR: Final = 1900
_LATEST_YEAR: Final = 2100
_DOI: Final = re.compile(r"10\.\d{4,9}/\S+")
DESCRIPTION: Final = "description_"

CATEGORY_NAMES: Final[Mapping[str, Text]] = {
    "norm": t("Norm"),
    "manual": t("Manual"),
    "practice": t("Practice"),
    "research": t("Research"),
    "meeting": t("Meeting"),
    "statement": t("Statement"),
    "decision": t("Decision"),
    "network": t("Network"),
    "training": t("Training"),
}


def parsed(cells: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Text]]:
    """Return the fields of :class:`NewResource` that ``cells`` give, and what is wrong with each other cell.

    Lists inside a cell are parted by ``;``; descriptions are the cells ``description_en``, ``_fr`` and ``_es``.
    """
    found: dict[str, Any] = {}
    wrong: dict[str, Text] = {}
    for column, cell in cells.items():
        field = "descriptions" if column.startswith(DESCRIPTION) else column
        try:
            value = CELLS[column](cleaned(cell))
        except UserError as error:
            wrong[column] = error.text
            continue
        if field != "descriptions":
            found[field] = value
        elif value:
            found["descriptions"] = {**found.get("descriptions", {}), column.removeprefix(DESCRIPTION): value}
    return found, wrong


def entry(cells: Mapping[str, str]) -> NewResource:
    """Return the resource that ``cells`` make. Raises UserError with the first thing that is wrong."""
    found, wrong = parsed(cells)
    for problem in wrong.values():
        raise UserError(problem)
    return NewResource(**found)


def cells_of(resource: NewResource) -> dict[str, str]:
    """Return the cells that :func:`parsed` reads back as ``resource``, in the order of ``COLUMNS``."""
    cells = {
        "url": resource.url,
        "title": resource.title,
        "authors": "; ".join(resource.authors),
        "category": resource.category,
        "language": resource.language or "",
        "year": str(resource.year or ""),
        "published": resource.published,
        "doi": resource.doi,
        "tags": "; ".join(resource.tags),
        "visibility": resource.visibility,
        **{f"{DESCRIPTION}{code}": resource.descriptions.get(code, "") for code in LANGUAGES},
    }
    return {column: cells[column] for column in COLUMNS}


def _line(cell: str, longest: int) -> str:
    line = " ".join(cell.split())
    if len(line) > longest:
        raise UserError(
            t(
                "This has {length} characters, and {limit} at most can be kept: shorten it.",
                length=len(line),
                limit=longest,
            )
        )
    return line


def _title(cell: str) -> str:
    if not any(c.isalnum() for c in cell):
        raise UserError(t("A resource needs its title: write it as the publication has it."))
    return _line(cell, LONGEST_TITLE)


def _category(cell: str) -> str:
    if cell not in CATEGORIES:
        raise UserError(
            t("“{cell}” is not a kind of document: write one of {known}.", cell=cell[:80], known=", ".join(CATEGORIES))
        )
    return cell


def _visibility(cell: str) -> str:
    if cell and cell not in RESOURCE_VISIBILITIES:
        raise UserError(t("“{cell}” cannot be used here: write public or members.", cell=cell[:80]))
    return cell or "public"


def _language(cell: str) -> str | None:
    code = cell.lower()
    if code and code not in cast(dict[str, str], Locale("en").languages):
        raise UserError(t("“{cell}” is not a language code: write one such as en, fr, es or ar.", cell=cell[:80]))
    return code or None


def _year(cell: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and len(cell) == len("2005")):
        raise UserError(t("“{cell}” is not a year: write four figures, such as 2005.", cell=cell[:80]))
    if not _EARLIEST_YEAR <= int(cell) <= _LATEST_YEAR:
        raise UserError(
            t(
                "The year {year} cannot be right: write one from {first} to {last}.",
                year=cell,
                first=str(_EARLIEST_YEAR),
                last=str(_LATEST_YEAR),
            )
        )
    return int(cell)


def _doi(cell: str) -> str:
    doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", cell, flags=re.IGNORECASE)
    if doi and not _DOI.fullmatch(doi):
        raise UserError(t("“{cell}” is not a DOI: a DOI begins with 10. and contains a slash.", cell=cell[:80]))
    return _line(doi, _LONGEST_NOTE)


def _items(cell: str) -> tuple[str, ...]:
    items = tuple(dict.fromkeys(" ".join(item.split()) for item in cell.split(";") if item.strip()))
    if len(items) > _MOST_ITEMS:
        raise UserError(t("At most {limit} can be kept here: leave some out.", limit=_MOST_ITEMS))
    return tuple(_line(item, _LONGEST_ITEM) for item in items)


CELLS: Final[Mapping[str, Callable[[str], Any]]] = {
    "url": normalised,
    "title": _title,
    "authors": _items,
    "category": _category,
    "language": _language,
    "year": _year,
    "published": lambda cell: _line(cell, _LONGEST_NOTE),
    "doi": _doi,
    "tags": _items,
    "visibility": _visibility,
    **{f"{DESCRIPTION}{code}": lambda cell: _line(cell, LONGEST_DESCRIPTION) for code in LANGUAGES},
}
"""How each cell is read, by its column in the order of the file."""

COLUMNS: Final = tuple(CELLS)
"""The columns of the shelf as a file, in order."""
