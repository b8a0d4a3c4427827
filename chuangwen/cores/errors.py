"""What can go wrong, told by a code and its parameters.

    ChuangwenError
    ├── Hidden           it is not there, or not for this person to know of   (404 on a page)
    ├── Denied           seen, but not to be changed by this person           (403)
    ├── NotAllowedNow    the state it is in does not permit the move          (409)
    ├── Stale            changed by somebody else since it was shown          (409)
    └── BadInput         what was given cannot be taken                       (422, exit code 2)

The words for a code are found where it is shown.
"""

from __future__ import annotations

from typing import ClassVar


class ChuangwenError(Exception):
    """An expected refusal: `code` is stable ("reading.empty_file"), `params` fill the sentence for it."""

    default_code: ClassVar[str] = "error"

    def __init__(self, code: str | None = None, /, **params: object) -> None:
        self.code = self.default_code if code is None else code
        self.params = params
        super().__init__(self.code, params)

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value!r}" for name, value in self.params.items())])

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (type(self), self.code, self.params)


def _rebuilt(kind: type[ChuangwenError], code: str, params: dict[str, object]) -> ChuangwenError:
    return kind(code, **params)


class Hidden(ChuangwenError):
    """There is no such thing for this person; never tells whether it exists for others."""

    default_code = "hidden"


class Denied(ChuangwenError):
    """This person may see it but not do this to it."""

    default_code = "denied"


class NotAllowedNow(ChuangwenError):
    """The state that the thing is in does not permit this move."""

    default_code = "not_allowed_now"


class Stale(ChuangwenError):
    """It was changed since the version that the change was based on; nothing was written."""

    default_code = "stale"


class BadInput(ChuangwenError):
    """What was given cannot be taken; nothing was stored."""

    default_code = "bad_input"
