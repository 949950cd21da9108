import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from storage.backups.export import WITHHELD, export_network
from tests.world import World


@pytest.fixture
def database(world: World, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATABASE_PATH", str(world.settings.database_path))
    return world.settings.database_path


async def test_a_network_is_exported_whole_and_no_other(world: World, database: Path) -> None:
    exported = export_network(database, world.server.id)
    assert len(exported["delegation"]) == world.server.delegations
    assert len(exported["appointment"]) == world.server.terms
    assert {row["guild_id"] for rows in exported.values() for row in rows} == {world.server.id}
    assert not exported.keys() & WITHHELD.keys()


async def test_drafts_stay_with_their_owner(world: World, database: Path) -> None:
    server = world.server
    await server.secretariat.slash(server.channels["secretariat"], "member steering", delegation="DK")
    asked = {"delegation": "DK", "ends_on": "2026-12-31"}
    await server.secretariat.slash(server.channels["secretariat"], "member steering", **asked)
    assert "draft" not in export_network(database, server.id)


async def test_the_command_asks_which_network_is_meant(world: World, database: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    asked = run(app, ["export", str(tmp_path / "a.json")])
    assert asked.exit_code == 1
    assert str(world.server.id) in asked.stderr
    target = tmp_path / "b.json"
    done = run(app, ["export", str(target), "--network", str(world.server.id)])
    assert done.exit_code == 0
    assert len(json.loads(target.read_text("utf-8"))["tables"]["delegation"]) == world.server.delegations
    again = run(app, ["export", str(target), "--network", str(world.server.id)])
    assert "exists already" in again.stderr
