"""Progress of long work, told through dbt's own logger."""

import logging
import time

logger = logging.getLogger("customer_segments")


class Progress:
    """Counts finished rows and logs rows done, rate and time left, at most every `interval` seconds.

    total: rows to do, or None when it isn't known beforehand. The rate is that of the rows after the first ones, which
    wait for models to be loaded. Only the log sees the clock: no result does.
    """

    def __init__(self, total: int | None, what: str, interval: float = 5.0) -> None:
        self.total = total
        self.what = what
        self.interval = interval
        self.done = 0
        self.first: tuple[int, float] | None = None
        self.last_logged = time.monotonic()

    def advance(self, rows: int) -> None:
        """Add `rows` finished rows; logs when it's time."""
        self.done += rows
        now = time.monotonic()
        if now - self.last_logged >= self.interval:
            self.last_logged = now
            logger.info(self._message(now))
        self.first = self.first or (self.done, now)

    def _message(self, now: float) -> str:
        done = f"{self.done:,} {self.what}" if self.total is None else f"{self.done:,} of {self.total:,} {self.what}"
        first_rows, first_moment = self.first or (self.done, now)
        if first_rows == self.done or first_moment == now:
            return done
        rate = (self.done - first_rows) / (now - first_moment)
        per_second = f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s"
        if self.total is None:
            return f"{done} ({per_second})"
        return f"{done} ({per_second}, {duration(max(self.total - self.done, 0) / rate)} left)"


def duration(seconds: float) -> str:
    """A time to wait, in the unit that people would say it in."""
    if seconds < 100:
        return f"{seconds:,.0f} s"
    return f"{seconds / 60:,.0f} min" if seconds < 100 * 60 else f"{seconds / 3600:,.1f} h"
