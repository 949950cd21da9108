"""A poll by points, from its opening to its recount: run by test_new_method.py where the method was added."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from tests.patience import PROGRAM
from tests.polls.booth import Booth
from tests.world import embed_text

BALLOTS = {"DK": ((1,), (2,)), "GH": ((2,), (3,)), "CR": ((2,), ()), "AU": ((1,), (2,)), "SN": ((2,), (1,))}
"""By delegation: the options with three points, and those with one."""


async def test_a_poll_of_the_new_method_is_opened_voted_counted_and_published(booth: Booth, tmp_path: Path) -> None:
    poll = await booth.open(method="score", publish="ballots")
    assert poll.plan.method == "score"
    for code, (best, good) in BALLOTS.items():
        voter = booth.server.members[code]
        shown = await booth.ballot(voter, poll)
        await booth.mark(voter, shown, *best, which="best")
        await booth.mark(voter, shown, *good, which="good")
        await booth.cast(voter, shown)
    await booth.pass_time(timedelta(hours=73))
    closed = await booth.poll(poll)
    assert closed.result is not None
    assert closed.result["totals"] == [[7], [11], [1]]
    message = booth.public()[-1]
    assert "Law has the most points" in message.content
    assert "Law** · 11 points" in embed_text(message.embeds[0])
    assert [attachment.filename.rpartition(".")[2] for attachment in message.attachments] == ["json", "png"]
    file = await booth.file_of(message)
    assert sorted(entry["choice"] for entry in file["ballots"]) == [
        [0, 3, 0],
        [0, 3, 1],
        [1, 3, 0],
        [3, 1, 0],
        [3, 1, 0],
    ]
    assert recounted(tmp_path, file) == 0
    file["ballots"][0]["choice"] = [0, 0, 3]
    assert recounted(tmp_path, file) == 1


def recounted(folder: Path, file: object) -> int:
    """Return how the recount, without the bot, ends on a published file."""
    path = folder / "poll.json"
    path.write_text(json.dumps(file), "utf-8")
    command = [sys.executable, "-m", "cogs.polls.recount", str(path)]
    return subprocess.run(command, check=False, timeout=PROGRAM, capture_output=True).returncode
