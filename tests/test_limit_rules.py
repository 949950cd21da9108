"""Each limit on what may be sent, at its edge."""

from collections.abc import Callable

import pytest

from bot.errors import UserError
from bot.limits import (
    PASSED_ON_A_DAY,
    TOPICS_A_DAY,
    require_below_limit,
    require_few_passed_on,
    require_few_topics,
)


@pytest.mark.parametrize(
    ("require", "limit"),
    [
        (lambda count: require_below_limit(count, 5), 5),
        (require_few_topics, TOPICS_A_DAY),
        (require_few_passed_on, PASSED_ON_A_DAY),
    ],
)
def test_one_below_the_limit_is_let_through_and_the_limit_is_refused(
    require: Callable[[int], None], limit: int
) -> None:
    require(limit - 1)
    for count in (limit, limit + 1):
        with pytest.raises(UserError) as refused:
            require(count)
        assert refused.value.text.values == {"count": count}
