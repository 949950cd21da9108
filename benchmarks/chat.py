"""How well the bot understands: right, wrong and asked back on sentences that nothing was tuned on.

`python -m benchmarks.chat` prints the table by language and by intent; `--missed` prints what was not right.
"""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from cogs.chat.understanding import Asked, Outcome, Understood, read

UNSEEN = Path(__file__).parent.parent / "tests" / "chat" / "unseen"
PEOPLE = ("Ana Ruiz", "Luc Refuse", "Dora Two Posts", "Maria Vella")
VERDICTS = ("right", "wrong", "asked back")


@dataclass(frozen=True)
class Turn:
    """One message, with the intent that it should be understood as and what its slots should be."""

    language: str
    text: str
    intent: str
    slots: dict[str, str]
    number: int = 0

    @classmethod
    def of(cls, language: str, expected: str, text: str, number: int) -> "Turn":
        intent, *pairs = expected.split()
        return cls(language, text.replace("\\n", "\n"), intent, dict(pair.split("=", 1) for pair in pairs), number)


def conversations(folder: Path = UNSEEN) -> Iterator[list[Turn]]:
    """Read the sets: a line is `what is expected | what is written`; turns of a conversation by `;` and `>>`."""
    for file in sorted(folder.glob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                expected, _, written = line.partition("|")
                pairs = zip(expected.split(";"), written.split(">>"), strict=True)
                yield [Turn.of(file.stem[:2], one, text.strip(), n) for n, (one, text) in enumerate(pairs)]


def verdict(turn: Turn, understood: Understood) -> str:
    """Say what an understanding is worth: a confident answer to something else is wrong, a question back is not."""
    if turn.intent == "none":
        return "wrong" if understood.outcome is Outcome.UNDERSTOOD else "right"
    if understood.outcome is not Outcome.UNDERSTOOD:
        return "asked back"
    (first, *more) = understood.asked
    return "right" if not more and first.intent == turn.intent and _fits(turn, first) else "wrong"


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
    read("warm up", PEOPLE)
    for turns in conversations(folder):
        previous: Asked | None = None
        for turn in turns:
            begun = time.process_time()
            understood = read(turn.text, PEOPLE, previous)
            took.append(time.process_time() - begun)
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
    found, took = measured(Path(sys.argv[sys.argv.index("--set") + 1]) if "--set" in sys.argv else UNSEEN)
    print("\n".join([*table(found, "language"), "", *table(found, "intent")]))
    cuts = quantiles(took, n=100)
    print(f"\nprocessor milliseconds a message: p50 {cuts[49] * 1000:.2f}, p99 {cuts[98] * 1000:.2f}")
    if "--missed" in sys.argv:
        for turn, understood, one in found:
            if one != "right":
                print(one, "|", turn.intent, turn.slots, "|", turn.text, "|", understood)


if __name__ == "__main__":
    main()
