"""Statements as an author gives them: relations, or text that parses to them."""

from __future__ import annotations

from typing import Any

from derive.language.errors import InputError, shorten
from derive.language.plain import plain_relation
from derive.language.relations import Relation

Statement = Relation | str
Where = tuple[str, int]
"""A file and a line of it."""


class IllPosed(Exception):
    """A statement says nothing as typed, where ``origin`` is the definition at fault if it is another's."""

    def __init__(self, reason: str, origin: str = "") -> None:
        super().__init__(reason)
        self.origin = origin


def text_of(item: Statement) -> str:
    """The statement as one line of text."""
    return item if isinstance(item, str) else plain_relation(item)


def reason_of(error: InputError) -> str:
    """Why a statement is ill-posed, where reading it raised ``error``."""
    return f"{error.message} ({error.hint})" if error.hint else error.message


def listed(items: Any, claim: str, where: Where) -> list[Statement]:
    """The relations and texts in ``items``, which may be one of them or several.

    Raises:
        InputError: something else is among them.
    """
    several = items if isinstance(items, (list, tuple)) else [items]
    for item in several:
        if not isinstance(item, (Relation, str)):
            raise no_relation(item, claim, where)
    return list(several)


def no_relation(item: object, claim: str, where: Where) -> InputError:
    """The error of a claim whose statement or hypothesis is ``item``."""
    return refusal(
        f"expected a relation, found {shorten(repr(item), 120)} ({type(item).__name__})",
        "state it with ==, <=, >=, << or >> between tensors",
        claim,
        where,
    )


def refusal(message: str, hint: str, claim: str | None, where: Where) -> InputError:
    """The error of a claim that cannot be taken."""
    return InputError(message, hint=hint, claim=claim, file=where[0], line=where[1])
