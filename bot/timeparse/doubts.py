"""The sentences with which a doubtful date, time or duration is asked back; each names what was typed."""

from datetime import date, datetime, timedelta

from bot.errors import UserError
from bot.texts import t
from bot.timeparse.typed_text import TypedText, quotable

_MINUTE = "%Y-%m-%d %H:%M"


def unreadable_instant(said: TypedText) -> UserError:
    """Nothing that is a date and a time."""
    if not said.typed.strip():
        return UserError(t("Type a date and a time, such as {example} or “tomorrow 14:00”.", example=_example(said)))
    return UserError(
        t(
            "“{typed}” was not understood; type a date and a time, such as {example} or “tomorrow 14:00”.",
            typed=said.quoted,
            example=_example(said),
        )
    )


def unreadable_day(said: TypedText) -> UserError:
    """Nothing that is a date."""
    example = _tomorrow(said)
    if not said.typed.strip():
        return UserError(t("Type a date, such as {example}.", example=example))
    return UserError(
        t("“{typed}” was not understood; type a date, such as {example}.", typed=said.quoted, example=example)
    )


def no_time(said: TypedText, day: date) -> UserError:
    """A date alone, where an instant is needed."""
    return UserError(
        t(
            "“{typed}” has no time of day; add it, such as {example}.",
            typed=said.quoted,
            example=f"{day.isoformat()} 15:00",
        )
    )


def no_date(said: TypedText) -> UserError:
    """A time of day alone."""
    return UserError(
        t(
            "“{typed}” has no date; put it before the time, such as {example}.",
            typed=said.quoted,
            example=_example(said),
        )
    )


def not_a_day(said: TypedText, day: date) -> UserError:
    """A time of day beside the date, where a whole day is needed."""
    return UserError(
        t(
            "Only a date is needed here, without a time: type {day} instead of “{typed}”.",
            typed=said.quoted,
            day=day.isoformat(),
        )
    )


def several_times(said: TypedText) -> UserError:
    """Two times of day, such as a beginning and an end."""
    return UserError(t("“{typed}” has more than one time in it; type only one.", typed=said.quoted))


def span_or_offset(said: TypedText) -> UserError:
    """10:00-05:00: from one time to another, or a time and its offset from UTC."""
    return UserError(
        t(
            "“{typed}” can be two times or a time with its offset from UTC; "
            "type the first time alone, or put a space before the offset.",
            typed=said.quoted,
        )
    )


def no_such_time(said: TypedText) -> UserError:
    """25:00, 15:60, 13 pm."""
    return UserError(
        t(
            "“{typed}” has a time that no clock shows; type it from 00:00 to 23:59, such as 15:00 or 3pm.",
            typed=said.quoted,
        )
    )


def midnight(said: TypedText) -> UserError:
    """Midnight begins a day and ends one."""
    return UserError(
        t(
            "Midnight in “{typed}” can begin the day or end it; type 00:00 for its beginning or 23:59 for its end.",
            typed=said.quoted,
        )
    )


def which_hour(said: TypedText, hour: int, minute: int) -> UserError:
    """An hour of a twelve-hour clock without its half of the day."""
    early, late = (f"{h:02}:{minute:02}" for h in (hour % 12, hour % 12 + 12))
    return UserError(
        t(
            "“{typed}” can mean {early} or {late}; type one of them.",
            typed=said.quoted,
            early=early,
            late=late,
        )
    )


def no_such_offset(said: TypedText) -> UserError:
    """An offset from UTC that no place on Earth has."""
    return UserError(
        t(
            "“{typed}” has an offset from UTC that no place uses; type one from -12:00 to +14:00, or leave it out.",
            typed=said.quoted,
        )
    )


def which_day(said: TypedText, first: date, second: date) -> UserError:
    """Two days that the same words can mean."""
    first, second = sorted((first, second))
    return UserError(
        t(
            "“{typed}” can mean {first} or {second}; type {first_typed} or {second_typed} for the day.",
            typed=said.quoted,
            first=said.reader.day(first, weekday=True),
            second=said.reader.day(second, weekday=True),
            first_typed=first.isoformat(),
            second_typed=second.isoformat(),
        )
    )


def no_year(said: TypedText, month: int, day: int) -> UserError:
    """A day and a month alone; the next such year is the example."""
    passed = (month, day) < (said.today.month, said.today.day)
    return UserError(
        t(
            "“{typed}” has no year; add it in four digits, such as {year}.",
            typed=said.quoted,
            year=str(said.today.year + passed),
        )
    )


def short_year(said: TypedText) -> UserError:
    """A year in two digits, which could as well be a day."""
    return UserError(
        t(
            "Type the year of “{typed}” in four digits, such as {year}.",
            typed=said.quoted,
            year=str(said.today.year),
        )
    )


def no_day(said: TypedText) -> UserError:
    """A month and a year alone."""
    return UserError(t("“{typed}” has no day of the month; add it before the month.", typed=said.quoted))


def no_such_day(said: TypedText, month: date, last: date) -> UserError:
    """31 February."""
    return UserError(
        t(
            "The day in “{typed}” does not exist: the last of {month} is {last}; type a day of that month.",
            typed=said.quoted,
            month=said.reader.month(month),
            last=last,
        )
    )


def wrong_weekday(said: TypedText, day: date) -> UserError:
    """Tuesday 12 March 2027, which is a Friday."""
    return UserError(
        t(
            "The weekday in “{typed}” is not that of its date, which is {day}; correct the one or the other.",
            typed=said.quoted,
            day=said.reader.day(day, weekday=True),
        )
    )


def out_of_reach(said: TypedText) -> UserError:
    """A year that nobody plans for."""
    return UserError(
        t("“{typed}” is more than ten years from today; check the year and type it again.", typed=said.quoted)
    )


def past(moment: str) -> UserError:
    """An instant that is over, where one to come is needed."""
    return UserError(t("{moment} is past; type a time that is still to come.", moment=moment))


def skipped(said: TypedText, wall: datetime, before: datetime, after: datetime) -> UserError:
    """A local time inside the gap where clocks jump from ``before`` to ``after``."""
    gap = after - before
    same_day = before.date() == after.date()
    return UserError(
        t(
            "On {day} the clocks in {place} go from {before} to {after}, so {time} does not exist; "
            "type {earlier} or {later}.",
            day=wall.date(),
            place=said.reader.place(said.zone),
            before=before.strftime("%H:%M" if same_day else _MINUTE),
            after=after.strftime("%H:%M" if same_day else _MINUTE),
            time=f"{wall:%H:%M}",
            earlier=(wall - gap).strftime(_MINUTE),
            later=(wall + gap).strftime(_MINUTE),
        )
    )


def repeated(said: TypedText, first: datetime, second: datetime) -> UserError:
    """A local time that clocks show twice, as they are put back."""
    return UserError(
        t(
            "On {day} the clocks in {place} go back and show {time} twice; "
            "type {first} for the first or {second} for the second.",
            day=first.date(),
            place=said.reader.place(said.zone),
            time=f"{first:%H:%M}",
            first=with_offset(first),
            second=with_offset(second),
        )
    )


def with_offset(local: datetime) -> str:
    """Return a local time as one types it with its offset: "2027-10-31 02:30 +02:00"."""
    offset = local.utcoffset() or timedelta()
    hours, minutes = divmod(round(abs(offset).total_seconds() / 60), 60)
    return f"{local.strftime(_MINUTE)} {'-' if offset < timedelta() else '+'}{hours:02}:{minutes:02}"


def unreadable_duration(typed: str) -> UserError:
    """Nothing that is a length of time."""
    if not typed.strip():
        return UserError(t("Type how long it lasts, such as 90 min or 1h30."))
    return UserError(
        t(
            "“{typed}” was not understood; type how long it lasts, such as 90 min or 1h30.",
            typed=quotable(typed),
        )
    )


def no_unit(typed: str, number: str) -> UserError:
    """A small bare number: hours or minutes."""
    return UserError(
        t(
            "“{typed}” can mean hours or minutes; type {hours} or {minutes}.",
            typed=quotable(typed),
            hours=f"{number}h",
            minutes=f"{number} min",
        )
    )


def too_short(typed: str, least: timedelta) -> UserError:
    """A length of zero, or below the least."""
    return UserError(t("“{typed}” is too short; type at least {least}.", typed=quotable(typed), least=written(least)))


def too_long(typed: str, most: timedelta) -> UserError:
    """A length above the most."""
    return UserError(t("“{typed}” is too long; type at most {most}.", typed=quotable(typed), most=written(most)))


def written(length: timedelta) -> str:
    """Return a length as one types it, alike in every language: "45 min", "24 h", "1 h 30 min"."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "") if part)


def _example(said: TypedText) -> str:
    return f"{_tomorrow(said)} 15:00"


def _tomorrow(said: TypedText) -> str:
    return (said.today + timedelta(days=1)).isoformat()
