from collections import OrderedDict, deque


class Attempts:
    """Tries at something, counted by key over a sliding window; the key unused for longest makes room for a new one."""

    def __init__(self, most: int, window: int, keys: int) -> None:
        self._most = most
        self._window = window
        self._keys = keys
        self._tries: OrderedDict[str, deque[int]] = OrderedDict()

    def take(self, keys: list[str], now: int) -> int:
        """Count a try under each key; or, where one is used up, count nothing and return how long to wait."""
        wait = max(self._wait(key, now) for key in keys)
        if not wait:
            for key in keys:
                self._add(key, now)
        return wait

    def forgive(self, keys: list[str]) -> None:
        """Take back each key's newest try: it was no guess."""
        for key in keys:
            if tries := self._tries.get(key):
                tries.pop()

    def __len__(self) -> int:
        return len(self._tries)

    def _wait(self, key: str, now: int) -> int:
        tries = self._tries.get(key, deque())
        while tries and now - tries[0] >= self._window:
            tries.popleft()
        return tries[0] + self._window - now if len(tries) >= self._most else 0

    def _add(self, key: str, now: int) -> None:
        self._tries.setdefault(key, deque()).append(now)
        self._tries.move_to_end(key)
        if len(self._tries) > self._keys:
            self._tries.popitem(last=False)
