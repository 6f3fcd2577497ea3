"""A claim about any function of a class, said of functions in closed form that the class has.

Such a claim falls with one function. So every abstract function is taken to be one of a family whose derivatives, and
their Lipschitz constants, are known exactly; its parameters are symbols that are drawn and attacked as all others are:

    L(z) = z^T P z / 2 + k^T z + (a^T z)^3 / 6,   Hessian P + (a^T z) a a^T,   Lipschitz constant of the Hessian |a|^3.

Up to terms of higher order every function with a Hessian P is such, but that its third derivative is of rank one: where
a bound of it is attained, by the norm of a symmetric tensor (Banach 1938), it is. With a = 0 it is a quadratic, the one
family here whose gradient is Lipschitz too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from derive.language.abstract import AbstractValue, Convexity, abstract_values
from derive.language.arrays import lambda_min, norm, opnorm, outer
from derive.language.claims import Claim
from derive.language.derivatives import Definition, Derivative, Lipschitz, Substitution, flattened
from derive.language.dimensions import Shape
from derive.language.errors import InputError
from derive.language.rebuild import renamed
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, Tensor, tensor

AtPoint = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class Member:
    """A function in closed form: its value and derivatives at a point, their Lipschitz constants, its convexity."""

    derivatives: tuple[AtPoint, ...]
    constants: Mapping[int, Tensor]
    convexity: Tensor | None = None


def cubic(name: str, shape: Shape, taken: frozenset[str]) -> Member:
    """A quadratic, and the cube of a linear form."""
    P, k, a = _parameters(name, shape, taken)
    if not shape:
        return Member(
            (
                lambda z: P * z**2 / 2 + k * z + a**3 * z**3 / 6,
                lambda z: P * z + k + a**3 * z**2 / 2,
                lambda z: P + a**3 * z,
            ),
            {2: Apply.of("abs", a) ** 3},
        )
    return Member(
        (
            lambda z: z @ P @ z / 2 + k @ z + (a @ z) ** 3 / 6,
            lambda z: P @ z + k + (a @ z) ** 2 / 2 * a,
            lambda z: P + (a @ z) * outer(a, a),
        ),
        {2: norm(a) ** 3},
    )


def quadratic(name: str, shape: Shape, taken: frozenset[str]) -> Member:
    P, k, _ = _parameters(name, shape, taken)
    if not shape:
        bend: tuple[AtPoint, ...] = (lambda z: P * z**2 / 2 + k * z, lambda z: P * z + k, lambda z: P)
        return Member(bend, {1: Apply.of("abs", P), 2: tensor(0)}, P)
    derivatives: tuple[AtPoint, ...] = (lambda z: z @ P @ z / 2 + k @ z, lambda z: P @ z + k, lambda z: P)
    return Member(derivatives, {1: opnorm(P), 2: tensor(0)}, lambda_min(P))


FAMILIES = (cubic, quadratic)
"""The first in which all that the claim speaks of is known is taken."""


def _parameters(name: str, shape: Shape, taken: frozenset[str]) -> tuple[Tensor, Tensor, Tensor]:
    names = [f"{name}_{letter}" for letter in "Pka"]
    while taken & set(names):
        names = [f"{text}_" for text in names]
    P = Symbol(names[0], shape * 2, frozenset({"symmetric"} if shape else ()), f"P_{{{name}}}")
    return P, Symbol(names[1], shape, tex=f"k_{{{name}}}"), Symbol(names[2], shape, tex=f"a_{{{name}}}")


class Unknown(Exception):
    """A derivative or a Lipschitz constant that is not known of a family."""


def about_members(claim: Claim) -> Claim:
    """The claim, said of members of its class; a claim without an abstract function comes back as it is.

    Raises:
        InputError: it speaks of more than is known of any family.
    """
    relations = (*claim.relations, *claim.given)
    functions = abstract_values(*(side for relation in relations for side in (relation.left, relation.right)))
    if not functions:
        return claim
    nodes = [node for relation in relations for side in (relation.left, relation.right) for node in side.walk()]
    taken = frozenset(node.name for node in nodes if isinstance(node, Symbol))
    for family in FAMILIES:
        members = {name: family(name, value.arguments[0].shape, taken) for name, value in functions.items()}
        try:
            put = tuple(_relation(relation, members) for relation in relations)
        except Unknown:
            continue
        count = len(claim.relations)
        formulas = tuple(_formula(name, members[name], value) for name, value in functions.items())
        known = tuple(d for d in claim.definitions if not abstract_values(d))
        return replace(
            claim, relations=put[:count], given=put[count:], definitions=known, stated=claim, members=formulas
        )
    raise InputError(f"{claim.id}: no function is known of which all is known that the claim speaks of")


def _formula(name: str, member: Member, value: AbstractValue) -> str:
    point = Symbol("z", value.arguments[0].shape)
    return f"{name}(z) = {member.derivatives[0](point)!r}"


def _relation(relation: Relation, members: Mapping[str, Member]) -> Relation:
    return Relation(relation.sign, _put(relation.left, members), _put(relation.right, members))


def _put(node: Tensor, members: Mapping[str, Member]) -> Tensor:
    """The expression with members in the place of abstract functions; points are put in at once."""
    if not abstract_values(node):
        return node
    match node:
        case AbstractValue(name=name, arguments=(argument,)):
            return members[name].derivatives[0](_put(argument, members))
        case Derivative():
            found = _derivative(node, members)
            if found is not None:
                return found
        case Lipschitz(operand=operand):
            return _constant(operand, members)
        case Convexity(operand=AbstractValue(name=name)):
            return _known(members[name].convexity)
        case Substitution(operand=operand, symbol=symbol, value=value):
            return renamed(_put(operand, members), {symbol.name: _put(value, members)})
    return replace(node, **{part.name: _field(getattr(node, part.name), members) for part in fields(node)})


def _field(value: Any, members: Mapping[str, Member]) -> Any:
    if isinstance(value, Tensor):
        return _put(value, members)
    return tuple(_field(item, members) for item in value) if isinstance(value, tuple) else value


def _derivative(node: Derivative, members: Mapping[str, Member]) -> Tensor | None:
    """A derivative of a function in its argument; None where another is asked for, which the rules of chains give."""
    operand, variables = flattened(node)
    operand = _within(operand)
    if not isinstance(operand, AbstractValue) or any(variable is not operand.arguments[0] for variable in variables):
        return None
    derivatives = members[operand.name].derivatives
    if len(variables) >= len(derivatives):
        raise Unknown
    return derivatives[len(variables)](operand.arguments[0])


def _within(operand: Tensor) -> Tensor:
    """What a definition names."""
    while isinstance(operand, Definition):
        operand = operand.operand
    return operand


def _constant(operand: Tensor, members: Mapping[str, Member]) -> Tensor:
    """The Lipschitz constant of a derivative of a function."""
    operand = _within(operand)
    variables: Sequence[Tensor] = ()
    if isinstance(operand, Derivative):
        operand, variables = flattened(operand)
        operand = _within(operand)
    return _known(members[operand.name].constants.get(len(variables)) if isinstance(operand, AbstractValue) else None)


def _known(constant: Tensor | None) -> Tensor:
    if constant is None:
        raise Unknown
    return constant
