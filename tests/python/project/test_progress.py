import logging
from collections.abc import Callable

import pytest

from python_udfs import progress
from python_udfs.progress import Progress, duration


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    return clock


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    monkeypatch.setattr(progress.logger, "propagate", True)
    caplog.set_level(logging.INFO, logger="customer_segments")
    # dbt's log, which repeats them once a plugin has been made in this process, isn't asked.
    return lambda: [record.getMessage() for record in caplog.records if record.name == progress.logger.name]


def test_the_rate_is_that_of_the_work_without_what_came_before_it(clock: Clock, told: Callable[[], list[str]]) -> None:
    encoded = Progress(total=10_000, what="texts encoded")
    for seconds in (60, 2, 2, 2):
        clock.now += seconds
        encoded.advance(2_000)
    assert told() == [
        "2,000 of 10,000 texts encoded",
        "8,000 of 10,000 texts encoded (1,000/s, 2 s left)",
    ]


def test_without_a_total_there_is_a_rate_and_no_time_left(clock: Clock, told: Callable[[], list[str]]) -> None:
    encoded = Progress(total=None, what="texts encoded")
    for _ in range(2):
        clock.now += 4
        encoded.advance(2_000)
    assert told() == ["4,000 texts encoded (500/s)"]


@pytest.mark.parametrize(("seconds", "said"), [(0.4, "0 s"), (99, "99 s"), (1_000, "17 min"), (9_000, "2.5 h")])
def test_a_time_to_wait_is_said_as_people_would(seconds: float, said: str) -> None:
    assert duration(seconds) == said
