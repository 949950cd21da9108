"""Recounts what a poll published: ``python -m cogs.polls.recount FILE``. No role of its own: it runs without the bot.

It needs this folder's ``counting.py``, ``published.py``, ``methods`` and Python, nothing else. Where the file has the
ballots it counts them; where it has only totals (or, for a ranked poll, the pairwise matrix) it works out the result
from those. It says whether the result in the file is right, and the file's SHA-256, to compare with the one in the
poll's result. Exit status: 0 when all agrees, 1 when something does not, 2 when the file cannot be read.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from cogs.polls.counting import ABSTENTION, Ballot, Count, ballot_of, is_adopted
from cogs.polls.methods import METHODS
from cogs.polls.published import FORMAT, digest

_AGREES, _DIFFERS, _UNREADABLE = 0, 1, 2


def recount(content: bytes) -> tuple[list[str], bool]:
    """Return what to say of a published file, line by line, and whether its result is right.

    Raises ValueError, KeyError or TypeError when the file is not a published poll.
    """
    file = cast(dict[str, Any], json.loads(content))
    if file["format"] != FORMAT:
        raise ValueError(f"not a file of the form {FORMAT}")
    poll, claimed = file["poll"], Count.from_json(file["count"])
    lines = [f"{poll['question']}", f"SHA-256 {digest(content)}"]
    receipts: list[str] = file["receipts"]
    ballots, problems = _ballots(file)
    if ballots is not None:
        found = METHODS[claimed.method].count(len(poll["options"]), ballots, poll["seats"])
        lines.append(f"{len(ballots)} ballots counted one by one")
    else:
        found, said = _from_totals(claimed)
        lines.append(said)
        if claimed.steps:
            lines.append("the seats cannot be recounted from totals")
    if len(set(receipts)) != found.ballots:
        problems.append(f"there are {len(set(receipts))} receipts for {found.ballots} ballots")
    if found != claimed:
        problems.append("the count in the file is wrong")
    lines += _said(found, poll["options"])
    if found.abstentions:
        lines.append(f"{found.abstentions} abstained")
    if found.totals and poll.get("majority"):
        not_ = "" if is_adopted(found, poll["majority"]) else "not "
        lines.append(f"{not_}adopted, by the majority asked for: {poll['majority']}")
    return lines + problems, not problems


def _from_totals(claimed: Count) -> tuple[Count, str]:
    if claimed.expressed and not claimed.totals and not claimed.matrix:
        kept = "who beats whom" if claimed.duels else "their number"
        return claimed, f"so few ballots ({claimed.ballots}) that only {kept} is published: nothing to recount"
    places = METHODS[claimed.method].places(claimed)
    return replace(claimed, places=places), f"result worked out from the totals of {claimed.ballots} ballots"


def _ballots(file: dict[str, Any]) -> tuple[list[Ballot] | None, list[str]]:
    if "ballots" not in file:
        return None, []
    method, options = METHODS[file["count"]["method"]], len(file["poll"]["options"])
    ballots = [ballot_of(entry["choice"]) for entry in file["ballots"]]
    problems = [
        f"the ballot {entry['receipt']} is not valid"
        for entry, ballot in zip(file["ballots"], ballots, strict=True)
        if not (method.is_ballot(options, ballot) or (ballot == ABSTENTION and file["poll"].get("abstain")))
    ]
    if sorted(entry["receipt"] for entry in file["ballots"]) != file["receipts"]:
        problems.append("the receipts are not those of the ballots")
    return ([] if problems else ballots), problems


def _said(found: Count, options: list[str]) -> list[str]:
    if found.steps:
        scores = [f" ({step.score})" if step.score else "" for step in found.steps]
        return [f"seat {n}: {options[s.option - 1]}{scores[n - 1]}" for n, s in enumerate(found.steps, 1)]
    lines: list[str] = []
    place = 1
    for tied in found.places:
        names = "  =  ".join(options[number - 1] + _total(found, number) for number in tied)
        lines.append(f"{place}. {names}")
        place += len(tied)
    return lines


def _total(found: Count, number: int) -> str:
    return f" ({', '.join(map(str, found.totals[number - 1]))})" if found.totals else ""


def main(arguments: list[str]) -> int:
    """Recount the one file named and return the exit status."""
    if len(arguments) != 1:
        sys.stderr.write((__doc__ or "") + "\n")
        return _UNREADABLE
    try:
        lines, right = recount(Path(arguments[0]).read_bytes())
    except OSError as error:
        sys.stderr.write(f"{arguments[0]} cannot be read: {error.strerror}\n")
        return _UNREADABLE
    except (ValueError, KeyError, TypeError):
        sys.stderr.write(
            f"{arguments[0]} is not a poll's published file, or one of another version: download it again from the"
            " message of the results.\n"
        )
        return _UNREADABLE
    sys.stdout.write("\n".join([*lines, "The result is right." if right else "THE RESULT IS NOT RIGHT."]) + "\n")
    return _AGREES if right else _DIFFERS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
