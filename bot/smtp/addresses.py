"""What is an e-mail address. Pure."""

import re
from typing import Final

_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_LONGEST: Final = 254
"""Characters (RFC 5321, 4.5.3.1.3, with its erratum 1690)."""


def is_address(typed: str) -> bool:
    """Tell whether ``typed`` is one plain e-mail address, such as RFC 5321 has them, without quotes or names."""
    return len(typed) <= _LONGEST and _ADDRESS.fullmatch(typed) is not None
