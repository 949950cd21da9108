"""The guard against statements that read a table which grows: it finds them, and only them."""

import pytest

from storage.database import Database
from storage.settings import SettingsRepository
from tests.query_plans import Plans

NETWORKS = "SELECT guild_id FROM network ORDER BY guild_id"
NETWORK = "SELECT 1 FROM {table} WHERE guild_id = 1"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 FROM webinar AS w WHERE w.title = ?",
        "SELECT count(*) FROM person",
        "DELETE FROM draft WHERE payload = ?",
        "SELECT 1 FROM network AS n JOIN claim_attempt AS c ON c.failures = n.timezone",
        NETWORK.format(table="outbox"),
        "SELECT 1 FROM audit AS a WHERE a.guild_id = ? AND a.action = ?",
        "SELECT b.key FROM ballot AS b WHERE b.guild_id = ? AND b.poll_id = ? ORDER BY b.receipt",
    ],
)
def test_a_statement_that_reads_what_grows_is_found(plans: Plans, sql: str) -> None:
    assert plans.costly(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT guild_id FROM network",
        NETWORK.format(table="webinar"),
        "SELECT DISTINCT guild_id, target FROM outbox WHERE state = 'notice'",
        "SELECT 1 FROM audit AS a WHERE a.guild_id = ? AND a.at > ?",
        "SELECT value FROM json_each(?)",
        "SELECT 1 FROM a_table_of_before",
    ],
)
def test_others_are_not(plans: Plans, sql: str) -> None:
    assert plans.costly(sql) == []


async def test_what_the_bot_says_to_its_database_is_noted_and_what_a_test_says_is_not(tmp_path, statements) -> None:
    database = await Database.open(tmp_path / "focalbot.sqlite3")
    try:
        before = set(statements)
        await database.fetch("SELECT 'by a test'")
        assert statements == before
        statements.discard(NETWORKS)
        await SettingsRepository(database).guild_ids()
        assert NETWORKS in statements
    finally:
        await database.close()
