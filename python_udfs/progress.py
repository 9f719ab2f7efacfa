"""Progress of long work, told through dbt's own logger."""

import logging
import time

logger = logging.getLogger("customer_segments")


class Progress:
    """Counts finished rows and logs rows done, rate and time left, at most every `interval` seconds.

    total: rows to do, or None when it isn't known beforehand. Only the log sees the clock: no result does.
    """

    def __init__(self, total: int | None, what: str, interval: float = 5.0) -> None:
        self.total = total
        self.what = what
        self.interval = interval
        self.done = 0
        self.started = time.monotonic()
        self.last_logged = self.started

    def advance(self, rows: int) -> None:
        """Add `rows` finished rows; logs when it's time, and at the end of long work."""
        self.done += rows
        now = time.monotonic()
        if now - self.last_logged >= self.interval:
            self.last_logged = now
            logger.info(self._message(now - self.started))

    def _message(self, seconds: float) -> str:
        rate = self.done / seconds if seconds > 0 else 0.0
        if self.total is None or rate == 0:
            return f"{self.done:,} {self.what} ({rate:,.0f}/s)"
        left = max(self.total - self.done, 0) / rate
        return f"{self.done:,} of {self.total:,} {self.what} ({rate:,.0f}/s, {left:,.0f} s left)"
