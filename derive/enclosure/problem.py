"""A case as code: hypotheses and goals at the parameters of the case, ready to run on boxes and in balls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from derive.enclosure.cases import Case
from derive.enclosure.code import Code
from derive.enclosure.goals import Goal
from derive.enclosure.leaf_balls import LeafBalls
from derive.enclosure.recording import Recorded, Recording, Tape
from derive.enclosure.scope import MeanValueDuals, recorded_scope
from derive.evaluate.errors import EvaluationError, Unavailable
from derive.evaluate.program import Program
from derive.evaluate.system import Array, array_of
from derive.language.errors import InputError
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.obligation import TURNED


@dataclass(frozen=True)
class Test:
    """Outputs of which the hypothesis asks that all be nonnegative, or (``equal``) that all be zero."""

    count: int
    equal: bool = False


@dataclass(frozen=True)
class Problem:
    """The code of one goal in one case.

    Attributes:
        size: of the matrix of a definite goal; 0 where the goal is about entries.
        strict: must the entries be positive?
        values: the entries of the goal (row-major; of a definite one the symmetric part).
        watched: what must be continuous on every leaf.
        tests: the outputs of the hypotheses, in the order of ``hypotheses``.
        slopes: the partial derivatives of ``values``, parameter by parameter, then the steps that raise a doubt where
            a value jumps; None where a derivative is not available.
    """

    case: Case
    goal: Goal
    size: int
    entries: int
    values: Program
    watched: Program
    tests: Program
    hypotheses: tuple[Test, ...]
    slopes: Program | None

    @property
    def dimension(self) -> int:
        return len(self.case.parameters)

    @property
    def strict(self) -> bool:
        return self.goal.kind == "positive"

    @property
    def work(self) -> int:
        """The steps that it takes to examine one box."""
        slopes = len(self.slopes.steps) if self.slopes is not None else 0
        return len(self.tests.steps) + 2 * len(self.values.steps) + len(self.watched.steps) + slopes


def problem(
    goal: Goal,
    watched: Sequence[Tensor],
    given: Sequence[Relation],
    symbols_of: Mapping[str, Symbol],
    case: Case,
) -> Problem:
    """The code of a goal in a case.

    Raises:
        EvaluationError: the goal holds something that has no enclosure, such as a singular value inside a sum.
    """
    tape = Tape(len(case.parameters))
    arrays = point(case, symbols_of, tape.arguments, Recording(tape))
    scope = recorded_scope(tape, case.sizes, case.indices, arrays)
    gap = scope.value(goal.gap)
    definite = goal.kind == "definite"
    if definite:
        _check_symmetry(tape, gap)
    numbers = list(_symmetric(gap, Recording(tape)).flat if definite else gap.flat)
    watching = [x for side in watched for x in scope.value(side).flat]
    tests = list(_tests(given, scope.value)) + list(_orders(case, arrays))
    return Problem(
        case,
        goal,
        len(gap) if definite else 0,
        len(numbers),
        tape.program(numbers),
        tape.program(watching),
        tape.program([x for numbers, _ in tests for x in numbers]),
        tuple(Test(len(numbers), equal) for numbers, equal in tests),
        _slopes(goal, symbols_of, case),
    )


def point(case: Case, symbols_of: Mapping[str, Symbol], parameters: Sequence[Any], system: Any) -> dict[str, Array]:
    """The arrays of the symbols, given numbers of the system for the parameters."""
    moving = {(p.symbol, p.entry): (p, t) for p, t in zip(case.parameters, parameters, strict=True)}
    arrays = {}
    for name, symbol in symbols_of.items():
        shape = tuple(axis.size(case.sizes) for axis in symbol.shape)
        flat = [_entry(case, symbol, shape, entry, moving, system) for entry in range(int(np.prod(shape, dtype=int)))]
        if name in case.largest:
            top = case.largest[name]
            rest = system.rational(case.totals[name])
            for entry, x in enumerate(flat):
                rest = rest - x if entry != top else rest
            flat[top] = rest
        arrays[name] = array_of(flat, shape, object)
    return arrays


def _entry(
    case: Case, symbol: Symbol, shape: tuple[int, ...], entry: int, moving: Mapping[tuple[str, int], Any], system: Any
) -> Any:
    name = symbol.name
    if name in case.fixed:
        return system.rational(case.fixed[name][entry])
    below = len(shape) == 2 and entry // shape[1] > entry % shape[1]
    if below and (symbol.symmetric or "skew" in symbol.properties):
        mirrored = _entry(case, symbol, shape, entry % shape[1] * shape[1] + entry // shape[1], moving, system)
        return mirrored if symbol.symmetric else -mirrored
    if (name, entry) in moving:
        parameter, t = moving[name, entry]
        return system.rational(parameter.low) + system.rational(parameter.high - parameter.low) * t
    return system.rational(case.constants.get((name, entry), Fraction(0)))


def _symmetric(matrix: Array, system: Recording) -> Array:
    """The symmetric part: ``x^T M x`` depends on nothing else."""
    half = system.rational(Fraction(1, 2))
    n = len(matrix)
    entries = [
        matrix[i, i] if i == j else (matrix[min(i, j), max(i, j)] + matrix[max(i, j), min(i, j)]) * half
        for i in range(n)
        for j in range(n)
    ]
    return array_of(entries, (n, n), object)


def _check_symmetry(tape: Tape, matrix: Array) -> None:
    """Only symmetric matrices have a place in the Loewner order.

    Raises:
        Unavailable: at a point of the case the matrix certainly is not.
    """
    n, system = len(matrix), LeafBalls(strict=False)
    program = tape.program([matrix[i, j] - matrix[j, i] for i in range(n) for j in range(i)])
    count = len(tape.arguments)
    with system.context():
        here = [system.rational(Fraction(k + 1, count + 2)) for k in range(count)]
        skew = Code(program, system).run(here)
    if any(not x.contains(0) for x in skew):
        raise Unavailable("a matrix that is not symmetric has no place in the Loewner order")


def _tests(given: Iterable[Relation], value: Any) -> Iterable[tuple[list[Recorded], bool]]:
    """The hypotheses as numbers that are nonnegative or zero; those without a value here are left out, which only makes
    the domain larger. Of the Loewner order the diagonal is tested."""
    for relation in given:
        if relation.sign == "!=":
            continue
        small, large = (relation.right, relation.left) if relation.sign in TURNED else (relation.left, relation.right)
        try:
            gap = value(large + -small)
        except (EvaluationError, InputError):
            continue
        if relation.sign in ("<<", ">>"):
            if small.ndim != large.ndim:
                continue
            gap = np.diagonal(gap)
        yield list(gap.flat), relation.sign == "=="


def _orders(case: Case, arrays: Mapping[str, Array]) -> Iterable[tuple[list[Recorded], bool]]:
    for name, top in case.largest.items():
        flat = arrays[name].reshape(-1)
        yield [flat[top] - x for k, x in enumerate(flat) if k != top], False
    if case.ordered:
        flat = arrays[case.ordered_symbol].reshape(-1)
        yield [flat[i] - flat[j] for i, j in case.ordered], False


def _slopes(goal: Goal, symbols_of: Mapping[str, Symbol], case: Case) -> Program | None:
    tape = Tape(len(case.parameters))
    base = Recording(tape)
    system = MeanValueDuals(base)
    seeded = [system.seed(t, k) for k, t in enumerate(tape.arguments)]
    try:
        scope = recorded_scope(tape, case.sizes, case.indices, point(case, symbols_of, seeded, system), system)
        gap = scope.value(goal.gap)
    except EvaluationError:
        return None
    split = [system.split(x) for x in gap.flat]
    zero = base.rational(Fraction(0))
    parts = [[tangents.get(k, zero) for _, tangents in split] for k in range(len(case.parameters))]
    if goal.kind == "definite":
        parts = [list(_symmetric(array_of(part, gap.shape, object), base).flat) for part in parts]
    return tape.program([*(x for part in parts for x in part), *tape.results(["step"])])
