"""Values along runs of iterations, stepped in the checker's own arithmetic."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import arb

from derive.language.iteration import AtTime, Run
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array
from derive.verify.scope import Scope

if TYPE_CHECKING:
    from derive.verify.values import Evaluation

LONGEST = 1_000
"""Steps that are taken."""


def at_time(evaluation: Evaluation, node: AtTime, scope: Scope) -> Array:
    """The operand at the state after so many steps.

    Raises:
        Unknown: the number of steps is none that is known, or too large, or a step is chosen.
    """
    steps = whole(evaluation.value(node.time, scope).scalar)
    if steps > LONGEST:
        raise Unknown(f"a run of {steps} steps")
    return evaluation.value(node.operand, _states(evaluation, node.run, steps, scope))


def _states(evaluation: Evaluation, run: Run, steps: int, scope: Scope) -> Scope:
    """The scope in which the states have their values after so many steps; all before it are kept."""
    if run.choices:
        raise Unknown("what is chosen at each step has no value")
    known = evaluation.runs.setdefault((run, scope.versions(evaluation.names.of(run))), [])
    if not known:
        known.append(_bound(run, [evaluation.value(start, scope) for start in run.starts], scope))
    while len(known) <= steps:
        known.append(_bound(run, [evaluation.value(update, known[-1]) for update in run.updates], known[-1]))
    return known[steps]


def _bound(run: Run, values: list[Array], scope: Scope) -> Scope:
    for name, value in zip(run.state_names, values, strict=True):
        scope = scope.binding(name, value)
    return scope


def whole(number: Any) -> int:
    """A number of steps.

    Raises:
        Unknown: it is not certainly 0, 1, 2, ...
    """
    if isinstance(number, arb):
        exact = number.unique_fmpz()
        found = None if exact is None or not number.is_exact() else int(exact)
    else:
        found = int(number) if isinstance(number, (int, Fraction)) and Fraction(number).denominator == 1 else None
    if found is None or found < 0:
        raise Unknown("the number of steps is not known")
    return found
