"""What an inequality asks of the norm calculus: a measure of an expression, and the closed form that it is to meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce

import sympy as sp

from derive.bounds.approximations import with_approximations
from derive.bounds.bound import FROM_BELOW, Bound
from derive.bounds.closed_form import by_identities, closed
from derive.bounds.derivation import STEPS, Derivation, is_symmetric
from derive.bounds.goal import Goal, measures, move_of, moving, parameters_of
from derive.bounds.hypotheses import facts
from derive.bounds.named import named_by_hypotheses
from derive.bounds.order import at_most
from derive.bounds.parameters import Parameters
from derive.bounds.relations import multiple_of_identity
from derive.bounds.rules.softmax import unnamed
from derive.bounds.segments import segments
from derive.bounds.spectral_functions import are_products
from derive.bounds.two_points import convex, symmetric, two_points
from derive.bounds.value import smallest
from derive.language.arrays import Spectral
from derive.language.binding import names_read
from derive.language.derivatives import Derivative, Substitution, flattened
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tangents import Generic
from derive.language.tensor import Add, Apply, Negative, Tensor
from derive.obligation import Obligation


def goals(obligation: Obligation) -> Iterator[Goal]:
    """The readings of an obligation, the most specific first; any one of them, reached, proves it."""
    sides = [by_identities(side, obligation.given) for side in (obligation.left, obligation.right)]
    if sides[0] is not obligation.left or sides[1] is not obligation.right:
        for goal in _goals(replace(obligation, left=sides[0], right=sides[1])):
            open_ended = any(isinstance(node, (Derivative, Substitution)) for node in goal.subject.walk())
            yield replace(goal, subject=closed(goal.subject)) if open_ended else goal
    for goal in _goals(obligation):
        if goal.measure == "rank":  # of a derivative it is read off the normal form
            yield goal
        else:
            known = replace(goal, subject=closed(goal.subject))
            yield with_approximations(known, obligation.given, obligation.right)


def _goals(obligation: Obligation) -> Iterator[Goal]:
    if obligation.sign == "<<":
        yield from _curvature(obligation)
        yield from _loewner(obligation)
    elif obligation.sign == "<":
        yield from (replace(goal, strict=True) for goal in _below(obligation))
    elif obligation.sign == "<=":
        yield from _derivative(obligation)
        yield from _moved(obligation)
        yield from segments(obligation)
        yield from _below(obligation)
        yield from _generic(obligation)
        yield from _differences(obligation)


def _below(obligation: Obligation) -> Iterator[Goal]:
    """``norm(T) <= C``, ``abs(t) <= C``, ``t <= C`` and ``c <= t``."""
    for side, other in ((obligation.right, obligation.left), (obligation.left, obligation.right)):
        parameters = parameters_of(obligation.given)
        claimed = parameters.scalar(side)
        if claimed is None:
            continue
        known = facts(obligation.given, parameters, {})
        if side is obligation.left:
            yield Goal("lower", other, claimed.expression, known, value=other)
            return
        for measure, subject in measures(other):
            yield Goal(measure, subject, claimed.expression, known, value=other)
        yield Goal("upper", other, claimed.expression, known, value=other)


def _generic(obligation: Obligation) -> Iterator[Goal]:
    """A rank for generic values of a symbol is at most what it is for all; hypotheses do not speak of these values."""
    side = unnamed(obligation.left)
    if isinstance(side, Generic) and side.variable.name not in names_read(obligation.right):
        given = tuple(r for r in obligation.given if side.variable.name not in names_read(r.left) | names_read(r.right))
        yield from _below(replace(obligation, left=side.operand, given=given))


def _differences(obligation: Obligation) -> Iterator[Goal]:
    """``s <= t`` as the largest entry of ``s - t``; of products over a spectrum that of ``log s - log t``."""
    left, right = obligation.left, obligation.right
    if left.shape != right.shape or not any(leaf.ndim for leaf in right.walk()):
        return
    gaps = [Add.of(left, Negative.of(right))]
    if are_products(left, right):
        gaps.append(Add.of(Apply.of("log", left), Negative.of(Apply.of("log", right))))
    for gap in gaps:
        known = facts(obligation.given, parameters_of(obligation.given), {})
        yield Goal("upper", gap, sp.S.Zero, known, value=gap)


def _loewner(obligation: Obligation) -> Iterator[Goal]:
    """``M << c I``, ``c I << M``, and ``S << T`` as the smallest eigenvalue of their difference."""
    sides = (("lambda_max", obligation.left, obligation.right), ("lambda_min", obligation.right, obligation.left))
    for measure, subject, other in sides:
        parameters, multiple = parameters_of(obligation.given), multiple_of_identity(other)
        claimed = None if multiple is None else parameters.scalar(multiple)
        if claimed is not None:
            known = facts(obligation.given, parameters, {})
            yield Goal(measure, subject, claimed.expression, known, loewner=True, value=Spectral(measure, subject))
    if obligation.left.ndim == obligation.right.ndim == 2:
        gap = Add.of(obligation.right, Negative.of(obligation.left))
        known = facts(obligation.given, parameters_of(obligation.given), {})
        yield Goal("lambda_min", gap, sp.S.Zero, known, loewner=True, value=Spectral("lambda_min", gap))


def _derivative(obligation: Obligation) -> Iterator[Goal]:
    """``norm(grad(L, x)) <= C``, ``opnorm(hessian(L, x)) <= C``: the norm of a derivative at one point."""
    for measure, subject in measures(obligation.left):
        found = _differentiated(subject, measure)
        if found is not None:
            operand, variable, k = found
            parameters = parameters_of(obligation.given)
            claimed = parameters.scalar(obligation.right)
            if claimed is not None:
                known = facts(obligation.given, parameters, moving(variable), at_one_point=True)
                yield Goal(f"D{k}", operand, claimed.expression, known, value=obligation.left)


def _curvature(obligation: Obligation) -> Iterator[Goal]:
    """``hessian(L, x) << c I`` and ``-c I << hessian(L, x)``."""
    for side, other, sign in ((obligation.left, obligation.right, 1), (obligation.right, obligation.left, -1)):
        found, bound = _differentiated(side, "op"), multiple_of_identity(other)
        if found is None or bound is None or found[2] != 2:
            continue
        parameters = parameters_of(obligation.given)
        claimed = parameters.scalar(bound)
        if claimed is not None:
            known = facts(obligation.given, parameters, moving(found[1]), at_one_point=True)
            measure, extreme = ("smoothness", "lambda_max") if sign > 0 else ("convexity", "lambda_min")
            yield Goal(measure, found[0], claimed.expression, known, value=Spectral(extreme, side))


def _differentiated(subject: Tensor, measure: str) -> tuple[Tensor, Symbol, int] | None:
    """What is differentiated, in what, how often, where ``measure`` is the norm of that derivative as a linear map."""
    node = unnamed(subject)
    if not isinstance(node, Derivative):
        return None
    operand, variables = flattened(node)
    variable, k = variables[0], len(variables)
    if not isinstance(variable, Symbol) or any(other is not variable for other in variables):
        return None
    axes = (operand.ndim, variable.ndim, k)
    vectors = {(0, 1, 1): ("2",), (1, 1, 1): ("op", "fro"), (0, 1, 2): ("op",), (0, 2, 1): ("fro",), (1, 0, 1): ("2",)}
    scalars = {(0, 0, 1): ("inf",), (0, 0, 2): ("inf",)}
    fitting = {**vectors, **scalars}.get(axes, ())
    return (operand, variable, k) if (measure in fitting and measure != "fro") or axes == (0, 2, 1) else None


def _moved(obligation: Obligation) -> Iterator[Goal]:
    """``||T(x) - T(y)|| <= C ||x - y||``: a Lipschitz constant."""
    for measure, gap in measures(obligation.left):
        if not (isinstance(gap, Add) and isinstance(gap.right, Negative)):
            continue
        pairs = two_points(gap.left, gap.right.operand)
        if not pairs or measure not in ("1", "2", "inf", "op", "fro"):
            continue
        given = symmetric(obligation.given, pairs)
        yield from _smooth(obligation, measure, gap.left, pairs, given)
        parameters = parameters_of(given)
        constant = _constant(obligation.right, pairs, parameters)
        if constant is not None:
            claimed, orders = constant
            yield Goal(f"lipschitz {measure}", gap.left, claimed, facts(given, parameters, orders))


def _smooth(
    obligation: Obligation, measure: str, subject: Tensor, pairs: Mapping[str, Symbol], given: Sequence[Relation]
) -> Iterator[Goal]:
    """A derivative at two points: the norm of the next one, over a convex set that has both."""
    found = _differentiated(subject, measure)
    if found is None or found[1].name not in pairs or len(pairs) > 1:
        return
    operand, variable, k = found
    parameters = parameters_of(given)
    constant = _constant(obligation.right, pairs, parameters)
    if constant is not None and constant[1] == moving(variable):
        between = [relation for relation in given if convex(relation, constant[1])]
        yield Goal(f"D{k + 1}", operand, constant[0], facts(between, parameters, constant[1]))


def _constant(
    right: Tensor, pairs: Mapping[str, Symbol], parameters: Parameters
) -> tuple[sp.Expr, dict[str, str]] | None:
    """C and the norm of each difference, where the right side is C times the sum of ``||x - y||`` over all pairs."""
    value = parameters.scalar(right)
    if value is None:
        return None
    moves: dict[str, tuple[sp.Symbol, str]] = {}
    for symbol in value.expression.free_symbols:
        node = parameters.nodes[symbol]
        found = move_of(node, pairs)
        if found is not None:
            moves[found[0]] = symbol, found[1]
    if moves.keys() != pairs.keys():
        return None
    constants = [sp.expand(value.expression).coeff(symbol) for symbol, _ in moves.values()]
    rest = sp.expand(value.expression - sum(c * s for c, (s, _) in zip(constants, moves.values(), strict=True)))
    if rest != 0 or any(c.has(symbol) for c in constants for symbol, _ in moves.values()) or len(set(constants)) != 1:
        return None
    return constants[0], {name: order for name, (_, order) in moves.items()}


def prove(goal: Goal, limit: int = STEPS) -> tuple[Bound | None, tuple[Bound, ...]]:
    """A bound that proves the goal, if there is one, and the best bounds that were derived, the tightest first.

    It is looked for in the parameters of the claimed bound, then in those that hypotheses name as well.

    ``limit``: combinations of premises after which the derivation ends with what it has.
    """
    proof, found = _proved(goal, limit)
    if proof is None and (named := named_by_hypotheses(goal.facts)):
        proof, _ = _proved(replace(goal, facts=replace(goal.facts, named=goal.facts.named | named)), limit)
    return proof, found


def _proved(goal: Goal, limit: int) -> tuple[Bound | None, tuple[Bound, ...]]:
    derivation = Derivation(goal.facts, limit=limit)
    found = derivation.tightest_first(goal.measure, goal.subject)
    for bound in found:
        small, large = bound.value.expression, goal.claimed
        if goal.measure in FROM_BELOW:
            small, large = large, small
        if at_most(small, large, goal.facts.relations) and (not goal.strict or (large - small).is_positive):
            return (bound if not goal.loewner or is_symmetric(goal.subject, derivation) else None), found
    return (_of_several(goal, limit) if isinstance(goal.claimed, sp.Min) else None), found


def _of_several(goal: Goal, limit: int) -> Bound | None:
    """A bound for each of the numbers of which the claimed one is the smallest."""
    proofs: list[Bound] = []
    for part in goal.claimed.args:
        known = replace(goal.facts, named=frozenset(symbol.name for symbol in part.free_symbols))
        proof, _ = prove(replace(goal, claimed=part, facts=known), limit)
        if proof is None:
            return None
        proofs.append(proof)
    value = reduce(smallest, (proof.value for proof in proofs))
    return Bound(goal.measure, goal.subject, value, "the smallest of several bounds", tuple(proofs))
