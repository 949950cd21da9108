"""The package that is built runs from an empty folder, with nothing of the checkout."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source package, built and installed alone into a folder of its own."""
    folder = tmp_path_factory.mktemp("package")
    build = f"from setuptools.build_meta import build_sdist; build_sdist({str(folder)!r})"
    done = subprocess.run([sys.executable, "-c", build], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (package,) = folder.glob("focalbot-*.tar.gz")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run(
        [*pip, "--target", folder / "site", package], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "site"


def run(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(installed),
        "DISCORD_TOKEN": "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789",
    }
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_package_runs_alone(installed: Path, tmp_path: Path) -> None:
    where = run(installed, tmp_path, "-c", "import bot, cogs, storage; print(bot.__file__)")
    assert where.stdout.startswith(str(installed)), where.stderr
    doctor = run(installed, tmp_path, "-m", "bot", "doctor")
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr


def test_every_file_that_the_code_reads_is_in_it(installed: Path) -> None:
    """Texts, names, sentences, migrations, pages: whatever is not Python."""
    kept = {".po", ".sql", ".json", ".csv", ".tsv", ".txt", ".html", ".css", ".js", ".yaml", ".yml", ".toml"}
    for room in ("bot", "cogs", "storage"):
        files = {p.relative_to(ROOT) for p in (ROOT / room).rglob("*") if p.suffix in kept | {".py"} and p.is_file()}
        assert [str(path) for path in sorted(files) if not (installed / path).exists()] == []
