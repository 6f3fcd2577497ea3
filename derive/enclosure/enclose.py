"""An inequality enclosed: at every stated size, every case searched until it is certified or the budget is spent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import inf

from derive.enclosure import definite, leaf, simplex
from derive.enclosure.cases import Case, cases
from derive.enclosure.descent import descend
from derive.enclosure.extreme import Gap, attained, point_of
from derive.enclosure.goals import Reading
from derive.enclosure.problem import Problem, problem
from derive.enclosure.readings import reading
from derive.enclosure.search import MEAN_VALUE, Budget, Search, Searched
from derive.enclosure.simplex import on_the_simplex
from derive.enclosure.sizes import positions, stated_sizes
from derive.evaluate.errors import EvaluationError
from derive.evaluate.point import Point
from derive.instances.patterns import symbols
from derive.instances.sizes import Shapes, Sizes
from derive.language.black_box import BlackBox
from derive.language.errors import InputError
from derive.obligation import Obligation

WORK = 100_000_000
"""Steps of recorded code that one inequality may take, over all sizes and cases."""

FIRST = 3_000_000
"""Steps that one case may take before it is seen whether the inequality is attained, so that none would suffice."""

SUFFICIENT = dict.fromkeys(("lipschitz", "hessian-lipschitz"), "the derivative seems to be larger")
"""What a violation means for readings that are more than the inequality asks."""

MOST_PARAMETERS = 12
"""Dimensions of a box beyond which bisection is hopeless."""

ATTAINED = 1e-9
"""The part of the largest gap seen below which a gap ends the search, which would go on for ever where it is zero."""


@dataclass(frozen=True)
class Certified:
    """A case with its finished tree; ``goal`` counts the reading's goals from 0."""

    goal: int
    case: Case
    tree: str
    leaves: int


@dataclass
class Enclosure:
    """What is known of an inequality on its domain.

    Attributes:
        reading: what was shown, of the claim with ``replaced`` symbols in the place of softmaxes.
        sizes: those at which the inequality holds; ``certified`` are their cases, all finished.
        reductions: the named steps that were used, in order.
        reason: why not more sizes were certified; empty where all that were to be are.
        tried: the sizes that were begun; ``gap`` is what is known there of the smallest value of ``right - left``.
        suspect: a point that seems to violate the inequality, and satisfies the hypotheses as far as doubles tell.
        boxes: how many were examined.
        complete: are the sizes to be tried all that the hypotheses seem to allow?
    """

    reading: Reading
    replaced: Mapping[str, str]
    sizes: list[Sizes] = field(default_factory=list)
    certified: list[Certified] = field(default_factory=list)
    reductions: dict[str, None] = field(default_factory=dict)
    reason: str = ""
    tried: list[Sizes] = field(default_factory=list)
    gap: Gap = field(default_factory=Gap)
    suspect: Point | None = None
    boxes: int = 0
    complete: bool = False

    @property
    def leaves(self) -> int:
        return sum(found.leaves for found in self.certified)


class NotEnclosed(Exception):
    """The method has nothing to say of an inequality; the message says why."""


def enclose(obligation: Obligation, work: int = WORK) -> Enclosure:
    """Enclose an inequality.

    Raises:
        NotEnclosed: nothing bounds a symbol, the sizes are too large, or the expression holds what has no enclosure.
    """
    if any(isinstance(node, BlackBox) for side in obligation.expressions for node in side.walk()):
        raise NotEnclosed("a function is given as code")
    reduced = on_the_simplex([obligation.left, obligation.right], obligation.given)
    left, right = reduced.expressions
    subject = Obligation(obligation.id, obligation.sign, left, right, reduced.given)
    found = Enclosure(reading(subject), reduced.points)
    found.reductions |= dict.fromkeys([*([simplex.NAME] if reduced.points else []), *found.reading.reductions])
    shapes = Shapes(subject)
    sizes, found.complete = stated_sizes(shapes)
    if not sizes:
        raise NotEnclosed("the hypotheses allow none of the sizes up to 5")
    budget = Budget(work)
    for chosen in sizes:
        found.reason = _at_size(found, shapes, chosen, budget)
        if found.reason:
            return found
    if not found.sizes:
        raise NotEnclosed("no point of the box that the hypotheses give satisfies them all")
    return found


def _at_size(found: Enclosure, shapes: Shapes, sizes: Sizes, budget: Budget) -> str:
    """Enclose the inequality at one size; why it was not certified there, or nothing."""
    found.tried.append(sizes)
    finished: list[Certified] = []
    gaps: list[tuple[Problem, Searched]] = []
    open_reason = ""
    for problem_of, goal in _problems(found, shapes, sizes):
        result = _searched(problem_of, budget)
        found.boxes += result.boxes
        gaps.append((problem_of, result))
        if result.tree is None:
            open_reason = open_reason or _unfinished(found, problem_of, result, budget)
        else:
            found.reductions |= dict.fromkeys(_forms(problem_of, result.tree))
            finished.append(Certified(goal, problem_of.case, result.tree, result.inside))
    found.gap = found.gap.beside(_gap(found.reading, gaps))
    if open_reason:
        return open_reason
    if any(case.leaves for case in finished):  # elsewhere nothing satisfies the hypotheses at this size
        found.certified += finished
        found.sizes.append(sizes)
    return ""


def _forms(problem_of: Problem, tree: str) -> Iterator[str]:
    """What the leaves of a tree rest on, beside evaluation."""
    if problem_of.size:
        yield definite.NAME
    if MEAN_VALUE in tree:
        yield leaf.NAME


def _searched(problem_of: Problem, budget: Budget) -> Searched:
    """A case searched; with a part of the budget first, and no further where the inequality is attained or fails."""
    search = Search(problem_of)
    result = search.run(budget.part(FIRST))
    if result.tree is not None or result.lowest is None:
        return result if result.tree is not None else search.run(budget)
    lowest = descend(problem_of, result.lowest)
    if lowest[0] > ATTAINED * result.size:
        result = search.run(budget)
    return replace(result, lowest=lowest)


def _gap(reading: Reading, results: list[tuple[Problem, Searched]]) -> Gap:
    """What the cases say of the smallest value of ``right - left``; where the goals are squares, nothing."""
    if reading.extreme is None:
        return Gap()
    parts = [(p, r) for p, r in results if r.inside or r.tree is None]
    least = min((r.least if r.tree is None else max(r.least, 0.0) for _, r in parts), default=inf)
    seen = [(r.lowest, p) for p, r in parts if r.lowest is not None]
    if not seen:
        return Gap(least)
    lowest, problem_of = min(seen, key=lambda item: item[0][0])
    return Gap(least, attained(reading, problem_of, descend(problem_of, lowest)[1]))


def _problems(found: Enclosure, shapes: Shapes, sizes: Sizes) -> Iterator[tuple[Problem, int]]:
    """The code of every case of every goal at one size."""
    subject, watched, given = found.reading.subject, found.reading.watched, found.reading.given
    for place in positions(shapes, sizes, *subject):
        for number, goal in enumerate(found.reading.goals):
            these = cases(goal, subject, watched, given, sizes, place)
            if these.unbounded:
                raise NotEnclosed(f"nothing bounds {these.unbounded[0]}; a hypothesis has to, by a number")
            found.reductions |= dict.fromkeys(these.reductions)
            for case in these.cases:
                if len(case.parameters) > MOST_PARAMETERS:
                    raise NotEnclosed(
                        f"the domain has {len(case.parameters)} dimensions, too many to be cut into boxes"
                    )
                try:
                    yield problem(goal, watched, given, symbols(*subject), case), number
                except (EvaluationError, InputError) as error:
                    raise NotEnclosed(str(error)) from error


def _unfinished(found: Enclosure, problem_of: Problem, result: Searched, budget: Budget) -> str:
    """Why a case is left open; a point that seems to violate the inequality is kept."""
    where = ", ".join(f"{name} = {size}" for name, size in problem_of.case.sizes.items())
    at = f" at {where}" if where else ""
    if result.lowest is not None and result.lowest[0] < 0:
        found.suspect = point_of(problem_of, result.lowest[1])
    if result.lowest is not None and result.lowest[0] < -ATTAINED * result.size:
        return f"{SUFFICIENT.get(found.reading.name, 'it seems to fail')}{at}"
    if result.lowest is not None and result.lowest[0] <= ATTAINED * result.size:
        return f"both sides meet{at}, and an enclosure needs room between them"
    return f"the budget of boxes was spent{at}" if budget.left < 0 else f"some boxes could not be decided{at}"
