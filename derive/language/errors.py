"""The one family of errors that a user's input may raise."""

from __future__ import annotations


def shorten(text: str, limit: int = 80) -> str:
    """``text``, or where it is longer than ``limit`` its beginning and an ellipsis."""
    return text if len(text) <= limit else f"{text[:limit]}..."


class InputError(Exception):
    """A mistake in what the user wrote: one message, its place, and the next step to take.

    ``message`` says what was expected and what was found, in the author's symbols; ``hint`` is the next step.
    The place (``file``, ``line``, ``claim``) is filled in where it is known: by the loader or by ``Paper``.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        file: str | None = None,
        line: int | None = None,
        claim: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.file = file
        self.line = line
        self.claim = claim

    def __str__(self) -> str:
        place = self.file or ""
        if self.line is not None:
            place = f"{place}:{self.line}" if place else f"line {self.line}"
        parts = [part for part in (place, f"claim {self.claim}" if self.claim else "", self.message) if part]
        text = ": ".join(parts)
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class ShapeError(InputError):
    """Shapes that do not conform, named in the author's symbols."""


class UndefinedName(InputError):
    """A name that nothing defines."""
