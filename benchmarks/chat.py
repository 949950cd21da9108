"""How well the bot understands: right, wrong and asked back on sentences that nothing was tuned on.

`python -m benchmarks.chat` prints the tables by language and by intent; `--seen` prints those of the sentences that
were looked at while the bot was taught, with each that was not right.
"""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from cogs.chat.understanding import Asked, Outcome, Understood, names_with, read

_TESTS = Path(__file__).parent.parent / "tests" / "chat"
UNSEEN = _TESTS / "unseen"
SEEN = _TESTS / "seen"
PEOPLE = ("Ana Ruiz", "Luc Refuse", "Dora Two Posts", "Maria Vella")
VERDICTS = ("right", "wrong", "asked back")


@dataclass(frozen=True)
class Turn:
    """One message, with the intents that it may be understood as, the likeliest first, and what its slots should be.

    ``*`` for an intent is a message that only leads to the next one, and is not counted.
    """

    set: str
    language: str
    text: str
    intents: tuple[str, ...]
    slots: dict[str, str]

    @property
    def intent(self) -> str:
        return self.intents[0]

    @classmethod
    def of(cls, file: Path, expected: str, text: str) -> "Turn":
        intents, *pairs = expected.split()
        slots = dict(pair.split("=", 1) for pair in pairs)
        return cls(file.parent.name, file.stem, text.strip().replace("\\n", "\n"), tuple(intents.split("/")), slots)


def conversations(folder: Path = UNSEEN) -> Iterator[list[Turn]]:
    """Read the sets: a line is `what is expected | what is written`; turns of a conversation by `;` and `>>`."""
    for file in sorted(folder.rglob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                expected, _, written = line.partition("|")
                pairs = zip(expected.split(";"), written.split(">>"), strict=True)
                yield [Turn.of(file, one, text) for one, text in pairs]


def verdict(turn: Turn, understood: Understood) -> str:
    """Say what an understanding is worth: a confident answer to something else is wrong, a question back is not."""
    if turn.intent == "none":
        return "wrong" if understood.outcome is Outcome.UNDERSTOOD else "right"
    if understood.outcome is not Outcome.UNDERSTOOD:
        return "asked back"
    (first, *more) = understood.asked
    return "right" if not more and first.intent in turn.intents and _fits(turn, first) else "wrong"


def _fits(turn: Turn, asked: Asked) -> bool:
    for slot, value in turn.slots.items():
        if slot in {"who", "skill", "query"}:
            # These are searched for in the words, by the same search as the command's.
            if slot == "who" and value not in (asked.slots.get("person", "") or asked.slots.get("words", "")):
                return False
        elif asked.slots.get(slot) != value:
            return False
    return True


def measured(folder: Path = UNSEEN) -> tuple[list[tuple[Turn, Understood, str]], list[float]]:
    """Read every message of the sets, and return each with its verdict, and the processor seconds that each took."""
    found: list[tuple[Turn, Understood, str]] = []
    took: list[float] = []
    known = names_with(PEOPLE)
    read("warm up", known)
    for turns in conversations(folder):
        previous: Asked | None = None
        for turn in turns:
            begun = time.process_time()
            understood = read(turn.text, known, previous)
            took.append(time.process_time() - begun)
            if turn.intent != "*":
                found.append((turn, understood, verdict(turn, understood)))
            previous = understood.asked[0] if understood.asked else None
    return found, took


def table(found: Sequence[tuple[Turn, Understood, str]], by: str) -> list[str]:
    """Return the lines of a table: how many of each verdict, by language or by intent."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for turn, _, one in found:
        for row in (getattr(turn, by), "all"):
            counted[row][one] += 1
    lines = [f"| {by} | messages | " + " | ".join(VERDICTS) + " |", "| --- | ---: | ---: | ---: | ---: |"]
    for row, counts in sorted(counted.items(), key=lambda item: (item[0] == "all", item[0])):
        whole = sum(counts.values())
        shares = " | ".join(f"{counts[one]} ({counts[one] / whole:.0%})" for one in VERDICTS)
        lines.append(f"| {row} | {whole} | {shares} |")
    return lines


def main() -> None:
    found, took = measured(SEEN if "--seen" in sys.argv else UNSEEN)
    for one in sorted({turn.set for turn, *_ in found}):
        print(f"{one}\n\n" + "\n".join(table([row for row in found if row[0].set == one], "language")) + "\n")
    print("\n".join(table(found, "intent")))
    cuts = quantiles(took, n=100)
    print(f"\nprocessor milliseconds a message: p50 {cuts[49] * 1000:.2f}, p99 {cuts[98] * 1000:.2f}")
    if "--seen" in sys.argv:
        for turn, understood, one in found:
            if one != "right":
                print(one, "|", turn.intent, turn.slots, "|", turn.text, "|", understood)


if __name__ == "__main__":
    main()
