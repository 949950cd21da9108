from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storage.database import Database, Parameters
from storage.resources.models import Category, Resource, SearchTerm
from storage.resources.resources import COLUMNS, resource_of

# title, authors, tags, category, year, published, description, title_stems, stems
_WEIGHTS: Final = "10.0, 8.0, 5.0, 3.0, 6.0, 2.0, 1.0, 8.0, 2.0"
_WORDS: Final = "{title authors tags category year published description}"
_STEMS: Final = "{title_stems stems}"
_SHELF: Final = (
    "r.guild_id = ?1 AND r.state = 'shelved' AND (?2 OR r.visibility = 'public')"
    " AND (?3 IS NULL OR r.category = ?3) AND (?4 IS NULL OR r.language = ?4)"
)
# In the order of an index: no more are read than are shown. Those without a year come last.
_NEWEST: Final = (
    f"SELECT {COLUMNS} FROM resource AS r WHERE {_SHELF} ORDER BY r.year DESC, r.id DESC LIMIT ?5 OFFSET ?6"
)
# FTS5 ranks only in a query that sorts nothing.
_RANKED: Final = (
    f"SELECT rowid AS id, bm25(resource_text, {_WEIGHTS}) AS rank FROM resource_text WHERE resource_text MATCH ?7"
)
_LATEST_RANKED: Final = (
    f"SELECT r.id, bm25(resource_text, {_WEIGHTS}) AS rank FROM resource_text"
    " CROSS JOIN resource AS r ON r.id = resource_text.rowid"
    f" WHERE resource_text MATCH ?7 AND {_SHELF} ORDER BY resource_text.rowid DESC LIMIT ?8"
)
_BEST_FIRST: Final = "{0}fit, {0}dated DESC, {0}resource_id DESC"
_NEWEST_FIRST: Final = "{0}dated DESC, {0}fit, {0}resource_id DESC"


@dataclass(frozen=True, slots=True)
class Order:
    """What answers to a question (``every`` term of it, else any), and whether the newest or the best comes first."""

    every: bool = True
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose shelf is searched, for whom, and among what (None: everything)."""

    guild_id: int
    for_members: bool
    category: Category | None = None
    language: str | None = None

    @property
    def parameters(self) -> Parameters:
        """The parameters ?1 to ?4 of every search."""
        return (self.guild_id, self.for_members, self.category, self.language)


class ResourceSearch:
    """The shelf read as people look for things: by words, best first, or all of it, newest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def matching(
        self,
        scope: Scope,
        terms: Sequence[SearchTerm],
        order: Order,
        *,
        limit: int,
        offset: int = 0,
        among: int | None = None,
    ) -> tuple[list[Resource], int]:
        """Return a page of what answers to the terms, and the total.

        ``among``: only so many are looked at, those that were added last (None: all).
        """
        expression = (" AND " if order.every else " OR ").join(_expression(term) for term in terms)
        by = _NEWEST_FIRST if order.newest_first else _BEST_FIRST
        rows = await self._database.fetch(
            f"WITH hit AS MATERIALIZED ({_RANKED if among is None else _LATEST_RANKED}),"
            " page AS MATERIALIZED (SELECT r.id AS resource_id, round(hit.rank, 1) AS fit,"
            " coalesce(r.year, 0) AS dated, count(*) OVER () AS total"
            " FROM hit CROSS JOIN resource AS r ON r.id = hit.id"
            f" WHERE {_SHELF} ORDER BY {by.format('')} LIMIT ?5 OFFSET ?6)"
            f" SELECT {COLUMNS}, page.total FROM page CROSS JOIN resource AS r ON r.id = page.resource_id"
            f" ORDER BY {by.format('page.')}",
            (*scope.parameters, limit, offset, expression, *([among] if among is not None else [])),
        )
        return [resource_of(row) for row in rows], rows[0]["total"] if rows else 0

    async def newest(self, scope: Scope, *, limit: int, offset: int = 0) -> tuple[list[Resource], int]:
        """Return a page of all that is in ``scope``, newest first, and the total."""
        rows, [all_] = await self._database.fetch_each(
            (_NEWEST, (*scope.parameters, limit, offset)),
            (f"SELECT count(*) AS total FROM resource AS r WHERE {_SHELF}", scope.parameters),
        )
        return [resource_of(row) for row in rows], all_["total"] if rows else 0

    async def first(self, scope: Scope, limit: int) -> list[Resource]:
        """Return the newest of all that is in ``scope``, which are not counted."""
        rows = await self._database.fetch(_NEWEST, (*scope.parameters, limit, 0))
        return [resource_of(row) for row in rows]

    async def vocabulary(self, scope: Scope) -> set[str]:
        """Return the words of titles, authors, tags and categories in ``scope``: what a slip of the pen may mean."""
        rows = await self._database.fetch(
            "SELECT t.title || ' ' || t.authors || ' ' || t.tags || ' ' || t.category AS words"
            f" FROM resource AS r JOIN resource_text AS t ON t.rowid = r.id WHERE {_SHELF}",
            scope.parameters,
        )
        return {word for row in rows for word in row["words"].split()}

    async def known(self, scope: Scope, term: SearchTerm) -> bool:
        """Tell whether anything in ``scope`` answers to the term."""
        row = await self._database.fetch_one(
            # CROSS JOIN: from the words to the resources, never one search of the words for each resource.
            "SELECT 1 FROM resource_text CROSS JOIN resource AS r ON r.id = resource_text.rowid"
            f" WHERE resource_text MATCH ?5 AND {_SHELF} LIMIT 1",
            (*scope.parameters, _expression(term)),
        )
        return row is not None


def _expression(term: SearchTerm) -> str:
    # Whatever was typed stands between quotes: nothing of it is FTS5's language.
    alternatives = [
        *(f"{_WORDS} : {_quoted(word)} *" for word in term.beginnings),
        *(f"{_WORDS} : {_quoted(word)}" for word in term.exact),
        *(f"{_STEMS} : {_quoted(stem)}" for stem in term.stems),
    ]
    return f"({' OR '.join(alternatives)})"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""').replace("\0", "") + '"'
