"""The only place that asks what time it is: Beijing time, or the one that was given."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Now:
    """The moment of this run."""

    at: datetime
    """In +08:00, whole seconds."""
    given: bool
    """Whether `GONGKAI_NOW` supplied it (demonstrations, tests)."""


class BadClock(Exception):
    """`GONGKAI_NOW` is no moment."""


def now() -> Now:
    """The Beijing moment; raises BadClock."""
    given = os.environ.get("GONGKAI_NOW")
    if not given:
        return Now(datetime.now(BEIJING).replace(microsecond=0), False)
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise BadClock(f"环境变量 GONGKAI_NOW 是 `{given}`，不是时间") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=BEIJING)
    return Now(moment.astimezone(BEIJING).replace(microsecond=0), True)
