"""So many tries in so many minutes, counted for all workers together in the shared cache."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True)
class Throttle:
    """`tries` slots for each key; a try takes one for `seconds`. Two tries never take the same slot."""

    name: str
    tries: int
    seconds: int

    def take(self, key: str) -> str:
        """The slot that one more try takes; "" if all are taken."""
        slots = self._slots(key)
        taken = cache.get_many(slots)
        free = (slot for slot in slots if slot not in taken and cache.add(slot, 1, self.seconds))
        return next(free, "")

    def give_back(self, slot: str) -> None:
        """Not count a try that succeeded."""
        cache.delete(slot)

    def forget(self, key: str) -> None:
        cache.delete_many(self._slots(key))

    def _slots(self, key: str) -> list[str]:
        digest = hashlib.sha256(key.encode()).hexdigest()
        return [f"{self.name}:{digest}:{number}" for number in range(self.tries)]
