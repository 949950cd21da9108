import os
import subprocess
import sys
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tzdata
from typer.testing import CliRunner

from bot.__main__ import app
from bot.timezones import data as zone_data
from bot.timezones.data import ZoneData, newest, of_package, of_system
from tests.zone_data import altered, zone_data_kept

PACKAGE = tzdata.IANA_VERSION
NOON = datetime(2026, 10, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def kept() -> Iterator[None]:
    with zone_data_kept():
        yield


@pytest.mark.parametrize(
    ("system", "wins"),
    [("2025b", "package"), (PACKAGE, "package"), ("2099a", "system"), ("no version", "package")],
)
def test_the_newer_data_win(tmp_path: Path, system: str, wins: str) -> None:
    altered(tmp_path, system)
    assert newest((str(tmp_path),)).source == wins


def test_without_data_of_the_system_the_package_serves(tmp_path: Path) -> None:
    assert of_system((str(tmp_path),)) is None
    assert newest((str(tmp_path),)) == of_package()


@pytest.mark.parametrize(
    ("older", "newer"), [("2025b", "2025c"), ("2025z", "2025za"), ("2025za", "2026a"), ("", "1996l")]
)
def test_versions_are_compared_as_iana_counts_them(older: str, newer: str) -> None:
    assert ZoneData("system", older).age < ZoneData("system", newer).age


@pytest.mark.parametrize("name", ["+VERSION", "version"])
def test_other_systems_name_their_version_elsewhere(tmp_path: Path, name: str) -> None:
    altered(tmp_path, "2099a")
    (tmp_path / "tzdata.zi").unlink()
    (tmp_path / name).write_text("2098b\n")
    assert (of_system((str(tmp_path),)) or of_package()).version == "2098b"


def test_a_folder_without_zones_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    altered(tmp_path / "zones", "2099a")
    assert newest((str(tmp_path / "empty"), str(tmp_path / "zones"))).version == "2099a"


def test_what_is_in_force_is_what_zones_are_read_from(tmp_path: Path) -> None:
    zone_data.put_in_force(altered(tmp_path, "2099a", Africa__Casablanca="Asia/Tokyo"))
    assert ZoneInfo("Africa/Casablanca").utcoffset(NOON) == timedelta(hours=9)
    assert ZoneInfo("Asia/Seoul").utcoffset(NOON) == timedelta(hours=9)
    zone_data.put_in_force(of_package())
    assert ZoneInfo("Africa/Casablanca").utcoffset(NOON) != timedelta(hours=9)
    assert zone_data.in_force() == of_package()


def test_a_process_starts_with_the_newest(tmp_path: Path) -> None:
    altered(tmp_path, "2001a", Africa__Casablanca="Asia/Tokyo")
    shown = "import bot, zoneinfo; print(bot.zone_data.in_force().version, zoneinfo.TZPATH)"
    done = subprocess.run(
        [sys.executable, "-c", shown],
        env=os.environ | {"PYTHONTZPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [PACKAGE, "()"]


def test_the_doctor_says_which_are_in_force(tmp_path: Path) -> None:
    zone_data.put_in_force(altered(tmp_path, "2099a"))
    said = CliRunner().invoke(app, ["doctor"], env={"DATABASE_PATH": str(tmp_path / "db")}).output
    (line,) = [line for line in said.splitlines() if "time zones" in line]
    assert "2099a of the system" in line
    assert f"package: {PACKAGE}" in line
    assert (str(tmp_path),) == zoneinfo.TZPATH
