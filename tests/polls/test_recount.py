"""The published file, recounted as a voter would: by another process, without the bot."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cogs.polls.counting import Ballot
from cogs.polls.methods import METHODS
from cogs.polls.published import Entry, digest, poll_file, read_receipt, written_receipt
from tests.patience import PROGRAM

ROOT = Path(__file__).parents[2]
RECEIPTS = [written_receipt(bytes([n]) * 10) for n in range(1, 4)]


def published(method: str, ballots: list[Ballot], *, with_ballots: bool, seats: int | None = None) -> bytes:
    poll = {"question": "Which?", "method": method, "options": ["Peace", "Law", "Côte d’Ivoire"], "seats": seats}
    entries = [Entry(r, b) for r, b in zip(RECEIPTS, ballots, strict=True)] if with_ballots else None
    return poll_file(poll, METHODS[method].count(3, ballots, seats), RECEIPTS, entries)


def run_recount(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cogs.polls.recount", str(path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PROGRAM)


def changed(content: bytes, change: Any) -> bytes:
    file = json.loads(content)
    change(file)
    return json.dumps(file).encode()


@pytest.mark.parametrize(
    ("method", "ballots", "with_ballots", "seats"),
    [
        ("single", [(1,), (1,), (3,)], True, None),
        ("approval", [(1, 2), (1,), (3,)], True, 2),
        ("approval", [(1, 2), (1,), (3,)], False, None),
        ("ranked", [(1, 2, 3), (1, 3), (2,)], False, None),
        ("date", [(2, 1, 0), (2, 2, 1), (0, 0, 2)], True, None),
    ],
)
def test_a_published_file_is_found_right(
    tmp_path: Path, method: str, ballots: list[Ballot], with_ballots: bool, seats: int | None
) -> None:
    content = published(method, ballots, with_ballots=with_ballots, seats=seats)
    path = tmp_path / "poll.json"
    path.write_bytes(content)
    result = run_recount(path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert digest(content) in result.stdout
    assert "The result is right." in result.stdout
    assert "1. Peace" in result.stdout or "seat 1: Peace" in result.stdout


def _wrong_places(file: dict[str, Any]) -> None:
    file["count"]["places"] = [[3], [1], [2]]


def _a_ballot_more(file: dict[str, Any]) -> None:
    file["ballots"].append({"receipt": "AAAA-AAAA-AAAA-AAAA", "choice": [3]})


def _an_invalid_ballot(file: dict[str, Any]) -> None:
    file["ballots"][0]["choice"] = [9]


def _a_receipt_less(file: dict[str, Any]) -> None:
    file["receipts"].pop()


@pytest.mark.parametrize("change", [_wrong_places, _a_ballot_more, _an_invalid_ballot, _a_receipt_less])
def test_a_file_that_was_tampered_with_is_found_out(tmp_path: Path, change: Any) -> None:
    path = tmp_path / "poll.json"
    path.write_bytes(changed(published("single", [(1,), (1,), (3,)], with_ballots=True), change))
    result = run_recount(path)
    assert result.returncode == 1
    assert "NOT RIGHT" in result.stdout


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": "other"}', b"\xff\xfe"])
def test_what_is_no_published_poll_is_refused_in_a_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "poll.json"
    path.write_bytes(content)
    result = run_recount(path)
    assert result.returncode == 2
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert line.startswith(f"{path} is not a poll's published file")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run_recount(tmp_path / "poll.json")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"{tmp_path / 'poll.json'} cannot be read: No such file or directory\n"


def test_the_recount_runs_without_the_bot() -> None:
    code = "import sys, cogs.polls.recount; sys.exit(any(m in sys.modules for m in ('discord', 'bot', 'storage')))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=PROGRAM).returncode == 0


def test_a_receipt_is_read_as_people_copy_it() -> None:
    receipt = bytes(range(10))
    text = written_receipt(receipt)
    assert len(text.replace("-", "")) == 16
    for typed in (text, text.lower(), text.replace("-", " "), f" {text.replace('-', '')} ", f"`{text}`"):
        assert read_receipt(typed) == receipt
    assert read_receipt("AAAA-AAAA") is None
    assert read_receipt("") is None
    assert read_receipt("é" * 16) is None


def test_abstentions_and_the_majority_are_recounted(tmp_path: Path) -> None:
    ballots: list[Ballot] = [(1,), (1,), ()]
    poll = {"question": "Adopt?", "method": "single", "options": ["Yes", "No"], "seats": None}
    entries = [Entry(r, b) for r, b in zip(RECEIPTS, ballots, strict=True)]
    counted = METHODS["single"].count(2, ballots)
    about = {**poll, "abstain": True, "majority": "two_thirds"}
    path = tmp_path / "poll.json"
    path.write_bytes(poll_file(about, counted, RECEIPTS, entries))
    result = run_recount(path)
    assert result.returncode == 0, result.stdout
    assert "1 abstained" in result.stdout
    assert "adopted, by the majority asked for: two_thirds" in result.stdout
    # In a poll that takes none, an empty ballot is not valid.
    path.write_bytes(poll_file(poll, counted, RECEIPTS, entries))
    assert "is not valid" in run_recount(path).stdout
