"""What an inequality asks of the norm calculus: a measure of an expression, and the closed form that it is to meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import sympy as sp

from derive.bounds.bound import FROM_BELOW, Bound
from derive.bounds.closed_form import closed
from derive.bounds.derivation import Derivation
from derive.bounds.hypotheses import Facts, facts, signs
from derive.bounds.order import at_most
from derive.bounds.parameters import Parameters, canonical
from derive.language.arrays import Eye, Norm, Spectral
from derive.language.derivatives import Definition, Substitution
from derive.language.plain import plain
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Multiply, Negative, Tensor
from derive.obligation import Obligation


@dataclass(frozen=True)
class Goal:
    """``measure(subject) <= claimed`` (``>=`` for measures from below), and the facts to use."""

    measure: str
    subject: Tensor
    claimed: sp.Expr
    facts: Facts


def goals(obligation: Obligation) -> Iterator[Goal]:
    """The readings of an obligation, the most specific first; any one of them, reached, proves it."""
    yield from (replace(goal, subject=closed(goal.subject)) for goal in _goals(obligation))


def _goals(obligation: Obligation) -> Iterator[Goal]:
    if obligation.sign == "<<":
        yield from _loewner(obligation)
    elif obligation.sign == "<=":
        yield from _moved(obligation)
        yield from _below(obligation)


def _parameters(given: Sequence[Relation]) -> Parameters:
    positive, nonnegative = signs(given)
    return Parameters(positive=positive, nonnegative=nonnegative)


def _below(obligation: Obligation) -> Iterator[Goal]:
    """``norm(T) <= C``, ``abs(t) <= C``, ``t <= C`` and ``c <= t``."""
    known = facts(obligation.given, _parameters(obligation.given), {})
    left, right = known.parameters.scalar(obligation.left), known.parameters.scalar(obligation.right)
    if right is not None:
        for measure, subject in _measures(obligation.left):
            yield Goal(measure, subject, right.expression, known)
        yield Goal("upper", obligation.left, right.expression, known)
    if left is not None:
        yield Goal("lower", obligation.right, left.expression, known)


def _measures(side: Tensor) -> Iterator[tuple[str, Tensor]]:
    match side:
        case Norm(operand=operand, order=order):
            yield canonical(order, operand.ndim), operand
        case Spectral(kind="opnorm", operand=operand):
            yield "op", operand
        case Spectral(kind="lambda_max", operand=operand):
            yield "lambda_max", operand
        case Apply(function="abs", arguments=(argument,)):
            yield "inf", argument


def _loewner(obligation: Obligation) -> Iterator[Goal]:
    """``M << c I``, ``c I << M``, and ``S << T`` as the smallest eigenvalue of their difference."""
    known = facts(obligation.given, _parameters(obligation.given), {})
    left, right = _multiple_of_identity(obligation.left), _multiple_of_identity(obligation.right)
    if right is not None and (value := known.parameters.scalar(right)) is not None:
        yield Goal("lambda_max", obligation.left, value.expression, known)
    if left is not None and (value := known.parameters.scalar(left)) is not None:
        yield Goal("lambda_min", obligation.right, value.expression, known)
    if obligation.left.ndim == obligation.right.ndim == 2:
        difference = Add.of(obligation.right, Negative.of(obligation.left))
        yield Goal("lambda_min", difference, sp.S.Zero, known)


def _multiple_of_identity(side: Tensor) -> Tensor | None:
    """``c`` where the side is c or c times the identity."""
    if not side.ndim:
        return side
    if isinstance(side, Multiply):
        for scalar, array in ((side.left, side.right), (side.right, side.left)):
            if isinstance(array, Eye) and not scalar.ndim:
                return scalar
    return None


def _moved(obligation: Obligation) -> Iterator[Goal]:
    """``||T(x) - T(y)|| <= C ||x - y||``: a Lipschitz constant."""
    for measure, difference in _measures(obligation.left):
        if not (isinstance(difference, Add) and isinstance(difference.right, Negative)):
            continue
        pairs = two_points(difference.left, difference.right.operand)
        if not pairs or measure not in ("1", "2", "inf", "op", "fro"):
            continue
        given = symmetric(obligation.given, pairs)
        parameters = _parameters(given)
        constant = _constant(obligation.right, pairs, parameters)
        if constant is not None:
            claimed, orders = constant
            yield Goal(f"lipschitz {measure}", difference.left, claimed, facts(given, parameters, orders))


def two_points(first: Tensor, second: Tensor) -> dict[str, Symbol] | None:
    """The symbols of ``first`` in whose place ``second`` has others, and which: None where they differ otherwise."""
    pairs: dict[str, Symbol] = {}
    return pairs if _matched(first, second, pairs) and pairs else None


def _matched(first: Tensor, second: Tensor, pairs: dict[str, Symbol]) -> bool:
    if isinstance(second, Substitution) and plain(second.operand) == plain(first):
        return isinstance(second.value, Symbol) and _paired(second.symbol, second.value, pairs)
    if isinstance(first, Definition) and not isinstance(second, Definition):
        return _matched(first.operand, second, pairs)
    if isinstance(first, Symbol) and isinstance(second, Symbol):
        return _paired(first, second, pairs)
    if type(first) is not type(second) or first.shape != second.shape:
        return False
    below, others = list(first.children()), list(second.children())
    if not below:
        return plain(first) == plain(second)
    if len(below) != len(others) or _frame(first) != _frame(second):
        return False
    return all(_matched(a, b, pairs) for a, b in zip(below, others, strict=True))


def _frame(node: Tensor) -> list[str]:
    """What a node is, apart from its operands."""
    fields = ((name, getattr(node, name)) for name in node.__dataclass_fields__)
    return [f"{name}={value!r}" for name, value in fields if isinstance(value, (str, int)) and name != "name"]


def _paired(first: Symbol, second: Symbol, pairs: dict[str, Symbol]) -> bool:
    if first.shape != second.shape or first.properties != second.properties:
        return False
    if first.name == second.name:
        return first.name not in pairs
    return pairs.setdefault(first.name, second).name == second.name


def symmetric(given: Sequence[Relation], pairs: Mapping[str, Symbol]) -> tuple[Relation, ...]:
    """The hypotheses that say the same of both points, and those that speak of neither."""
    texts = {repr(relation) for relation in given}
    others = {symbol.name: name for name, symbol in pairs.items()}
    kept = []
    for relation in given:
        names = {
            leaf.name for side in (relation.left, relation.right) for leaf in side.walk() if isinstance(leaf, Symbol)
        }
        moving = bool(names & (pairs.keys() | others.keys()))
        if not moving or (not names & others.keys() and _renamed(relation, pairs) in texts):
            kept.append(relation)
    return tuple(kept)


def _renamed(relation: Relation, pairs: Mapping[str, Symbol]) -> str:
    """The text of the relation with each symbol replaced by its partner."""
    from derive.language.rebuild import with_operands

    def renamed(node: Tensor) -> Tensor:
        if isinstance(node, Symbol):
            return pairs.get(node.name, node)
        below = list(node.children())
        return with_operands(node, [renamed(child) for child in below]) if below else node

    return repr(Relation(relation.sign, renamed(relation.left), renamed(relation.right)))


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
        found = _move(node, pairs)
        if found is not None:
            moves[found[0]] = symbol, found[1]
    if moves.keys() != pairs.keys():
        return None
    constants = [sp.expand(value.expression).coeff(symbol) for symbol, _ in moves.values()]
    rest = sp.expand(value.expression - sum(c * s for c, (s, _) in zip(constants, moves.values(), strict=True)))
    if rest != 0 or any(c.has(symbol) for c in constants for symbol, _ in moves.values()) or len(set(constants)) != 1:
        return None
    return constants[0], {name: order for name, (_, order) in moves.items()}


def _move(node: Tensor, pairs: Mapping[str, Symbol]) -> tuple[str, str] | None:
    """The symbol and the order where the node is ``||x - y||`` for one of the pairs."""
    measures = list(_measures(node))
    if not measures:
        return None
    order, difference = measures[0]
    if isinstance(difference, Add) and isinstance(difference.right, Negative):
        names = [side.name for side in (difference.left, difference.right.operand) if isinstance(side, Symbol)]
        for name, partner in pairs.items():
            if sorted(names) == sorted([name, partner.name]):
                return name, order
    return None


def prove(goal: Goal) -> tuple[Bound | None, tuple[Bound, ...]]:
    """A bound that proves the goal, if there is one, and the best bounds that were derived."""
    derivation = Derivation(goal.facts)
    found = derivation.bounds(goal.measure, goal.subject)
    for bound in found:
        small, large = bound.value.expression, goal.claimed
        if goal.measure in FROM_BELOW:
            small, large = large, small
        if at_most(small, large, goal.facts.relations):
            return bound, found
    return None, found
