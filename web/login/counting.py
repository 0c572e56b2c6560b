"""Counts requests in the memory of this process, for Flask-Limiter and limits."""

import threading
import time

from limits.storage import Storage

SCHEME = "probity"
# So many are remembered before those that count no more are looked for and dropped.
MOST = 50_000


class Tally(Storage):
    """Counters that start again when their time is up.

    The one that comes with limits starts a thread for each hundredth of a second with a
    request in it, and looks through all counters then.
    """

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012  limits says so

    def __init__(
        self,
        uri: str | None = None,
        wrap_exceptions: bool = False,  # noqa: FBT001, FBT002  limits says so
        **options: float | str | bool,
    ) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self.lock = threading.Lock()
        self.counts: dict[str, tuple[int, float]] = {}

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """Return what can go wrong with it: nothing."""
        return ()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count, and return how many there were within `expiry` seconds."""
        now = time.time()
        with self.lock:
            if len(self.counts) >= MOST:
                self.drop(now)
            count, until = self.counts.get(key, (0, 0.0))
            if until <= now:
                count, until = 0, now + expiry
            self.counts[key] = (count + amount, until)
            return count + amount

    def drop(self, now: float) -> None:
        """Drop what counts no more; all of it where a flood left nothing to drop."""
        left = {key: kept for key, kept in self.counts.items() if kept[1] > now}
        self.counts = left if len(left) < MOST else {}

    def get(self, key: str) -> int:
        count, until = self.counts.get(key, (0, 0.0))
        return count if until > time.time() else 0

    def get_expiry(self, key: str) -> float:
        return self.counts.get(key, (0, time.time()))[1]

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        """Start afresh; return how many counters there were."""
        with self.lock:
            dropped, self.counts = len(self.counts), {}
        return dropped

    def clear(self, key: str) -> None:
        with self.lock:
            self.counts.pop(key, None)
