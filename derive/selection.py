"""Which claims a run takes: the expression given with ``-k``, such as ``hessian and not attention``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from derive.language.errors import InputError

Selection = Callable[[str], bool]
"""Whether the claim with this id is taken."""

_TOKEN = re.compile(r"[()]|[^\s()]+")
_LARGEST = 200


def everything(claim_id: str) -> bool:
    """The selection that takes every claim."""
    return True


def parse_selection(expression: str) -> Selection:
    """The selection that ``expression`` denotes: parts of ids, in any case, joined by ``and``, ``or``, ``not``, ``()``.

    Raises:
        InputError: the expression does not parse.
    """
    tokens = _TOKEN.findall(expression)
    if not tokens:
        return everything
    if len(tokens) > _LARGEST:
        raise InputError(f"-k: the expression has more than {_LARGEST} words")
    stream = iter([*tokens, ""])
    selection, rest = _either(next(stream), stream)
    if rest:
        raise InputError(
            f"-k {expression!r}: {rest!r} was not expected", hint="write for example -k 'hessian and not attention'"
        )
    return selection


def _either(token: str, stream: Iterator[str]) -> tuple[Selection, str]:
    left, token = _both(token, stream)
    while token == "or":
        right, token = _both(next(stream), stream)
        left = _disjunction(left, right)
    return left, token


def _both(token: str, stream: Iterator[str]) -> tuple[Selection, str]:
    left, token = _one(token, stream)
    while token == "and":
        right, token = _one(next(stream), stream)
        left = _conjunction(left, right)
    return left, token


def _one(token: str, stream: Iterator[str]) -> tuple[Selection, str]:
    if token == "not":
        selection, token = _one(next(stream), stream)
        return (lambda claim_id: not selection(claim_id)), token
    if token == "(":
        selection, token = _either(next(stream), stream)
        if token != ")":
            raise InputError("-k: a parenthesis is not closed")
        return selection, next(stream)
    if token in ("", ")", "and", "or"):
        raise InputError(f"-k: a part of a claim's id was expected, {token or 'the end'!r} was found")
    return _contains(token.lower()), next(stream)


def _contains(part: str) -> Selection:
    return lambda claim_id: part in claim_id.lower()


def _disjunction(left: Selection, right: Selection) -> Selection:
    return lambda claim_id: left(claim_id) or right(claim_id)


def _conjunction(left: Selection, right: Selection) -> Selection:
    return lambda claim_id: left(claim_id) and right(claim_id)
