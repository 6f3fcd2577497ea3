"""What is wrong with the edges that authors state: claims that do not exist, and circular arguments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from derive.chain.edges import edges
from derive.language.errors import InputError
from derive.record import ClaimRecord

MOST = 12
"""Ids that a hint lists."""


def faults(claims: Sequence[ClaimRecord], known: Mapping[str, Sequence[str]]) -> Iterator[InputError]:
    """The errors of authors, each about one claim.

    Args:
        known: each paper that the run has whole to the ids of its claims; of other papers nothing is said.
    """
    for claim in claims:
        for used in claim.uses:
            paper, _, name = used.partition("/")
            if paper in known and used not in known[paper]:
                message = f"using: the paper {paper} has no claim {name!r}"
                yield _error(claim, message, _nearest(name, [other.partition("/")[2] for other in known[paper]]))
    yield from _circular(claims)


def _nearest(name: str, names: Sequence[str]) -> str:
    from derive.language.reader import nearest  # imports the mathematics, which a run without errors does not need

    more = ", ..." if len(names) > MOST else ""
    return nearest(name, names) or f"its claims are {', '.join(names[:MOST])}{more}"


def _circular(claims: Sequence[ClaimRecord]) -> Iterator[InputError]:
    """The circular arguments, each an error of the claim of it that is stated first."""
    by_id = {claim.id: claim for claim in claims}
    for circle in edges(claims).circles:
        first, *others = [_placed(by_id[name]) for name in circle]
        told = f"{first} uses {', which uses '.join([*others, circle[0]])}"
        yield _error(by_id[circle[0]], f"the argument is circular: {told}", "take one of these claims out of using")


def _placed(claim: ClaimRecord) -> str:
    return f"{claim.id} ({claim.where})" if claim.where else claim.id


def _error(claim: ClaimRecord, message: str, hint: str) -> InputError:
    file, line = (claim.where.file, claim.where.line) if claim.where else (None, None)
    return InputError(message, hint=hint, file=file, line=line, claim=claim.id)
