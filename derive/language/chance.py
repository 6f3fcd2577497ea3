"""Chance: random symbols with their laws, events, expectations and probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.language.dimensions import Shape, shape_text
from derive.language.errors import InputError, ShapeError, shorten
from derive.language.relations import Relation
from derive.language.symbols import Symbol, check_name
from derive.language.tensor import Add, Negative, Number, Operand, Power, Tensor, dimension, tensor

WRITE_A_RELATION = "an event is a relation, or a list of relations: probability(norm(g) <= R)"


@dataclass(frozen=True, eq=False)
class Law:
    """How the entries of a random symbol are distributed.

    Attributes:
        kind: ``gaussian`` (independent N(0, 1)), ``rademacher`` (independent, -1 or 1 with probability 1/2 each),
            ``uniform`` (independent on an interval), ``bernoulli`` (independent, 1 with a probability, else 0),
            ``sphere`` (rows independent, uniform on the unit sphere) or ``one_hot`` (rows independent, each a unit
            vector e_i with probability p_i).
        parameters: of ``uniform`` its ends, of ``bernoulli`` the probability, of ``one_hot`` the vector p, if not
            uniform.
    """

    kind: str
    parameters: tuple[Tensor, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class RandomSymbol(Symbol):
    """A symbol with a law, see ``Law``; different random symbols are independent. The parameters are its operands."""

    kind: str = "gaussian"
    parameters: tuple[Tensor, ...] = ()

    @property
    def law(self) -> Law:
        return Law(self.kind, self.parameters)


class Occurrence(Tensor):
    """What may happen or not. As a scalar it is its indicator, 1 or 0."""


@dataclass(frozen=True, eq=False, repr=False)
class Event(Occurrence):
    """That a relation holds in every entry."""

    sign: str
    left: Tensor
    right: Tensor
    shape: tuple[()] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Every(Occurrence):
    """That all of several events happen."""

    events: tuple[Tensor, ...]
    shape: tuple[()] = ()


class OverOutcomes(Tensor):
    """What is said of all outcomes together: the random symbols in it are bound."""


@dataclass(frozen=True, eq=False, repr=False)
class Expectation(OverOutcomes):
    """The mean of ``operand`` over all random symbols in it, under the condition ``event`` where there is one."""

    operand: Tensor
    event: Tensor | None
    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class Probability(OverOutcomes):
    """The probability of ``event`` over all random symbols in it, under the condition ``given`` where there is one."""

    event: Tensor
    given: Tensor | None = None
    shape: tuple[()] = ()


def unbound(expression: Tensor) -> list[RandomSymbol]:
    """The random symbols that stand in ``expression`` outside of all that binds them, each once."""
    found: dict[Tensor, None] = {}
    stack = [expression]
    while stack:
        node = stack.pop()
        if node not in found and not isinstance(node, OverOutcomes):
            found[node] = None
            stack.extend(node.children())
    return [node for node in found if isinstance(node, RandomSymbol)]


def as_variance(node: Tensor) -> Tensor | None:
    """The X of ``E[X^2] - E[X]^2``, where ``node`` is written so as ``variance`` writes it."""
    match node:
        case Add(
            left=Expectation(operand=Power(base=x, exponent=Number(value=two)), event=None),
            right=Negative(operand=Power(base=Expectation(operand=y, event=None), exponent=Number(value=other))),
        ) if x is y and two == other == 2:
            return x
    return None


def _random(name: str, shape: tuple[Operand, ...], kind: str, tex: str | None, *parameters: Tensor) -> Tensor:
    for parameter in parameters:
        for random in unbound(parameter):
            raise InputError(
                f"{random.name} is random, and stands in the law of {name}", hint="the numbers of a law are not random"
            )
    axes = tuple(dimension(size) for size in shape)
    return RandomSymbol(check_name(name), axes, frozenset(), tex, kind, parameters)


def gaussian(name: str, *shape: Operand, tex: str | None = None) -> Tensor:
    """An array of independent standard Gaussians, N(0, 1); ``mu + s * g`` has another mean and variance."""
    return _random(name, shape, "gaussian", tex)


def rademacher(name: str, *shape: Operand, tex: str | None = None) -> Tensor:
    """An array of independent signs, -1 or 1 with probability 1/2 each."""
    return _random(name, shape, "rademacher", tex)


def uniform(name: str, *shape: Operand, low: Operand = 0, high: Operand = 1, tex: str | None = None) -> Tensor:
    """An array of independent numbers, uniform between the scalars ``low`` and ``high``.

    Raises:
        InputError: two numbers that are no interval.
    """
    ends = _scalar(low, "low"), _scalar(high, "high")
    match ends:
        case Number(value=a), Number(value=b) if a >= b:
            raise InputError(f"{name} has no interval: low is {ends[0]!r} and high is {ends[1]!r}", hint="low < high")
    return _random(name, shape, "uniform", tex, *ends)


def bernoulli(name: str, *shape: Operand, p: Operand, tex: str | None = None) -> Tensor:
    """An array of independent numbers, each 1 with probability ``p`` and else 0.

    Raises:
        InputError: ``p`` is a number outside 0 to 1.
    """
    chance = _scalar(p, "p")
    if isinstance(chance, Number) and not 0 <= chance.value <= 1:
        raise InputError(f"{name} has the probability {chance!r}", hint="p is between 0 and 1")
    return _random(name, shape, "bernoulli", tex, chance)


def sphere(name: str, *shape: Operand, tex: str | None = None) -> Tensor:
    """A unit vector, or a matrix with independent unit rows, uniform on the sphere."""
    if not shape:
        raise ShapeError(f"{name} is a scalar, and a point of a sphere is a vector", hint='write sphere("x", d)')
    return _random(name, shape, "sphere", tex)


def one_hot(name: str, rows: Operand, size: Operand, *, p: Operand | None = None, tex: str | None = None) -> Tensor:
    """A matrix whose rows are independent unit vectors, e_i with probability ``p[i]`` (1/size where p is not given).

    ``one_hot("P", m, n) @ A`` has m rows drawn from A with replacement.
    """
    parameters = () if p is None else (tensor(p),)
    expected = (dimension(size),)
    if parameters and parameters[0].shape != expected:
        raise ShapeError(f"p of {name} has shape {shape_text(parameters[0].shape)}, not {shape_text(expected)}")
    return _random(name, (rows, size), "one_hot", tex, *parameters)


def _scalar(value: Operand, name: str) -> Tensor:
    found = tensor(value)
    if found.shape:
        raise ShapeError(f"{name} has to be a scalar, found the shape {shape_text(found.shape)}")
    return found


def event_of(relations: Relation | Tensor | Sequence[Relation | Tensor]) -> Tensor:
    """The event that all ``relations`` (or events) hold.

    Raises:
        InputError: one of them is no relation.
    """
    items = list(relations) if isinstance(relations, (list, tuple)) else [relations]
    events = tuple(_event(item) for item in items)
    if not events:
        raise InputError("an event needs a relation", hint=WRITE_A_RELATION)
    return events[0] if len(events) == 1 else Every(events)


def _event(item: object) -> Tensor:
    if isinstance(item, Relation):
        return Event(item.sign, item.left, item.right)
    if isinstance(item, Occurrence):
        return item
    raise InputError(f"{shorten(repr(item))} is no event", hint=WRITE_A_RELATION)


def expectation(operand: Operand, given: Relation | Sequence[Relation] | None = None) -> Expectation:
    """E[operand] over all random symbols in it, entrywise; ``given`` is an event on which it is conditioned."""
    found = tensor(operand)
    return Expectation(found, None if given is None else event_of(given), found.shape)


def variance(operand: Operand) -> Tensor:
    """E[operand^2] - E[operand]^2 over all random symbols in it, entrywise."""
    found = tensor(operand)
    return expectation(found**2) - expectation(found) ** 2


def probability(
    event: Relation | Sequence[Relation], given: Relation | Sequence[Relation] | None = None
) -> Probability:
    """Pr[event] over all random symbols in it; of several relations that all of them hold.

    Raises:
        InputError: the event is no relation.
    """
    return Probability(event_of(event), None if given is None else event_of(given))


def indicator(event: Relation | Sequence[Relation]) -> Tensor:
    """1 where ``event`` happens and 0 where it does not; of several relations where all of them hold.

    Raises:
        InputError: the event is no relation.
    """
    return event_of(event)
