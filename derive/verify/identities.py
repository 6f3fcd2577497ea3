"""Identities that were proved, tested again: modulo a prime at random points, else in balls at rational ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from derive.language.relations import Relation
from derive.verify.affine import solved
from derive.verify.arithmetic import Unknown
from derive.verify.elementary import Elementary
from derive.verify.level import Finding, Level
from derive.verify.points import Point, drawn, fractions, key_of, places, positions_at, sizes_of, styles_of
from derive.verify.relations import At
from derive.verify.residues import Residue, Residues, random
from derive.verify.scope import Scope, scope
from derive.verify.statement import Statement
from derive.verify.values import Evaluation

EQUALITIES = ("==", "!=")
"""The hypotheses that matter modulo a prime: an identity that holds where inequalities do holds beyond them, too."""

DRAWS = 24
"""Points drawn modulo the prime at the same sizes: at some of them a root does not exist."""

SOLVED = 4
"""Of them those at which an equality is solved."""

ATTEMPTS = 120
"""Rational points drawn, and the number of those under the hypotheses that are enough."""

ENOUGH = 8


def check(statement: Statement, name: str) -> Finding:
    """Whether an identity holds: exactly modulo a prime at several sizes, or as far as balls tell."""
    (relation,) = statement.relations
    try:
        sizes, differs = _modulo_prime(statement, relation, name)
        if not sizes and not differs:
            agreed, differs = _modulo_prime(statement, relation, name, solving=True)
            if agreed and not differs:
                where = f"points of {len(agreed)} sizes, at which a hypothesis was solved for one symbol"
                return Finding(Level.CHECKED, f"equal modulo a prime of 127 bits at {where}")
    except Unknown as reason:
        return _in_balls(statement, relation, name, f"{reason}")
    if differs:
        return _in_balls(statement, relation, name, f"the sides differ modulo a prime at {differs}")
    if not sizes:
        return _in_balls(statement, relation, name, "no point modulo a prime satisfies the hypotheses")
    return Finding(Level.VERIFIED, f"equal modulo a prime of 127 bits at random points of {len(sizes)} sizes")


def _modulo_prime(
    statement: Statement, relation: Relation, name: str, *, solving: bool = False
) -> tuple[list[str], str]:
    """Where the sides agree, and the first place where they differ.

    ``solving``: points at which an equality among the hypotheses is solved for a symbol, which are not general ones.

    Raises:
        Unknown: the identity has no value modulo a prime.
    """
    agreed: list[str] = []
    for number, sizes in enumerate(sizes_of(statement)):
        evaluation = Evaluation(Residues(), sizes)
        shown = ", ".join(f"{key} = {size}" for key, size in sizes.items()) or "numbers"
        found = _equal_at_one(statement, relation, evaluation, f"{name} {number}", solving=solving)
        if found is False:
            return agreed, shown
        agreed += [shown] * bool(found)
    return agreed, ""


def _equal_at_one(
    statement: Statement, relation: Relation, evaluation: Evaluation, key: str, *, solving: bool
) -> bool | None:
    """Whether the sides agree at a point where both have a value; None where no point satisfies the hypotheses."""
    problem: Unknown | None = None
    equalities = tuple(hypothesis for hypothesis in statement.given if hypothesis.sign == "==")
    for values, indices in islice(_residues(statement, evaluation, key), SOLVED if solving else DRAWS):
        for point in solved(equalities, evaluation, values) if solving else [values]:
            try:
                if _admitted(statement, evaluation, point, indices):
                    return _equal(relation, evaluation, point)
            except Unknown as reason:
                problem = reason
    if problem is not None:
        raise problem
    return None


def _residues(statement: Statement, evaluation: Evaluation, key: str) -> Iterator[tuple[Scope, dict[str, int]]]:
    """Points modulo the prime, and the positions of index symbols there."""
    functions = Elementary(evaluation.arithmetic)
    choices = list(styles_of(statement))
    for attempt in range(DRAWS):
        count = iter(range(10**9))
        indices = positions_at(statement, evaluation.sizes, key_of(key, attempt))

        def draw(attempt: int = attempt, count: Iterator[int] = count) -> Residue:
            return random(f"{key} {attempt} {next(count)}")

        yield (
            scope(drawn(statement, evaluation.sizes, choices[attempt % len(choices)], functions, draw), indices),
            indices,
        )


def _admitted(statement: Statement, evaluation: Evaluation, values: Scope, indices: dict[str, int]) -> bool:
    """Whether the hypotheses hold that matter modulo a prime, at all positions of their index symbols."""
    point = Point(evaluation.sizes, indices, {})
    return all(
        _equal(hypothesis, evaluation, values.at(at)) == (hypothesis.sign == "==")
        for hypothesis in statement.given
        if hypothesis.sign in EQUALITIES
        for at in places(hypothesis, statement, point)
    )


def _equal(relation: Relation, evaluation: Evaluation, values: Scope) -> bool:
    left, right = evaluation.value(relation.left, values), evaluation.value(relation.right, values)
    for a, b in zip(*_broadcast(left.entries, right.entries), strict=True):
        gap = a - b
        if gap.value is None:
            raise Unknown("a logarithm has no value modulo a prime")
        if gap.value:
            return False
    return True


def _broadcast(
    left: tuple[Residue, ...], right: tuple[Residue, ...]
) -> tuple[tuple[Residue, ...], tuple[Residue, ...]]:
    """In an identity only a scalar is repeated."""
    count = max(len(left), len(right))
    return left if len(left) == count else left * count, right if len(right) == count else right * count


def _in_balls(statement: Statement, relation: Relation, name: str, reason: str) -> Finding:
    kept = 0
    for point in fractions(statement, name, ATTEMPTS):
        at = At(point)
        if not at.admitted(statement):
            continue
        found = at.holds(relation)
        if found is False:
            return Finding(Level.FALLEN, f"the sides differ in balls at {dict(point.sizes)} ({reason})")
        kept += agrees(at, relation)
        if kept >= ENOUGH:
            return Finding(Level.CHECKED, f"agrees in balls at {kept} rational points ({reason})")
    if kept:
        return Finding(Level.CHECKED, f"agrees in balls at {kept} rational points ({reason})")
    return Finding(Level.OPEN, f"{reason}; no rational point under the hypotheses gave both sides a value")


def agrees(at: At, relation: Relation) -> bool:
    """Do both sides have values that are not told apart?"""
    return at.holds(relation) is not False and at.defined(relation)
