"""Why a value cannot be given: outside the domain, at a kink, or beyond a number system."""

from __future__ import annotations

from derive.language.tensor import Tensor


class EvaluationError(Exception):
    """A value that does not exist at a point, or that a number system cannot give.

    ``subject`` is the subexpression, ``step`` the number of steps after which an iteration has no next one; the
    evaluator fills them in.
    """

    def __init__(self, what: str, subject: Tensor | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.subject = subject
        self.step: int | None = None

    def __str__(self) -> str:
        text = self.what if self.subject is None else f"{self.what}: {self.subject!r}"
        return text if self.step is None else f"{text} after {self.step} steps"


class OutsideDomain(EvaluationError):
    """A function at an argument outside its domain, such as the logarithm of a negative number.

    ``certain`` is False where a ball only touches the boundary, so that more precision may help.
    """

    def __init__(self, function: str, subject: Tensor | None = None, *, certain: bool = True) -> None:
        super().__init__(f"{function} outside its domain", subject)
        self.function = function
        self.certain = certain


class AtKink(EvaluationError):
    """A derivative at a point where the function has a kink, or a value at a jump."""

    def __init__(self, function: str, subject: Tensor | None = None) -> None:
        super().__init__(f"{function} at a kink", subject)
        self.function = function


class Unavailable(EvaluationError):
    """An operation that a number system does not have."""


class NotRational(Unavailable):
    """A value that is no rational number, asked of exact rational arithmetic."""
