from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that ``focalbot doctor`` has looked at: what it is like and, unless all is well, what to do."""

    well: bool
    what: str
