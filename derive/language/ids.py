"""The ids of papers and claims: how they are written, and which claims a claim says that it uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from derive.language.errors import InputError, shorten
from derive.language.statements import Where, refusal

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def check_paper_id(name: Any) -> None:
    """Refuse what is no id of a paper.

    Raises:
        InputError: it is none.
    """
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise InputError(
            f"{shorten(repr(name))} is no paper id",
            hint='use letters, digits, dots and hyphens, such as "softmax-regression"',
        )


def new_claim_id(name: Any, paper: str, taken: Iterable[str], where: Where) -> str:
    """``paper/name``, where no claim of that id is among those ``taken``.

    Raises:
        InputError: it is no id, or taken.
    """
    if not isinstance(name, str) or not _ID.fullmatch(name):
        hint = 'use letters, digits, dots and hyphens, such as "5.9" or "gradient"'
        raise refusal(f"{shorten(repr(name))} is no claim id", hint, None, where)
    full = f"{paper}/{name}"
    if full in taken:
        raise refusal("there is already a claim of this id", "give each claim an id of its own", full, where)
    return full


def used_ids(using: Sequence[str] | str, paper: str, claim: str, where: Where) -> tuple[str, ...]:
    """The full ids of the claims that ``claim`` uses, each once; a name without a paper is one of its own paper.

    Whether there are such claims is known only once all files are read.

    Raises:
        InputError: something is no id, or is the claim's own.
    """
    names = [using] if isinstance(using, str) else using
    if not isinstance(names, (list, tuple)):
        raise _no_use(using, claim, where)
    found: dict[str, None] = {}
    for name in names:
        if not isinstance(name, str) or not all(map(_ID.fullmatch, parts := name.split("/"))) or len(parts) > 2:
            raise _no_use(name, claim, where)
        found[name if len(parts) == 2 else f"{paper}/{name}"] = None
    if claim in found:
        raise refusal("the claim uses itself", "take its own id out of using", claim, where)
    return tuple(found)


def _no_use(found: object, claim: str, where: Where) -> InputError:
    message = f"using: expected ids of claims, found {shorten(repr(found))}"
    return refusal(message, 'write using=["gram-mean"], or "paper/claim" for one of another paper', claim, where)
