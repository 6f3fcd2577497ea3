"""Chance: random symbols with their laws, events, expectations and probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.language.dimensions import Shape, shape_text
from derive.language.errors import InputError, ShapeError
from derive.language.relations import Relation
from derive.language.symbols import Symbol, check_name
from derive.language.tensor import Operand, Tensor, dimension, tensor


@dataclass(frozen=True)
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
    """A symbol with a law; different random symbols are independent."""

    law: Law = Law("gaussian")


@dataclass(frozen=True, eq=False, repr=False)
class Event(Tensor):
    """What may happen: a relation that holds in every entry. As a scalar it is its indicator, 1 or 0."""

    sign: str
    left: Tensor
    right: Tensor
    shape: tuple[()] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Every(Tensor):
    """All of several events."""

    events: tuple[Tensor, ...]
    shape: tuple[()] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Expectation(Tensor):
    """The mean of ``operand`` over all random symbols in it, under the condition ``event`` where there is one."""

    operand: Tensor
    event: Tensor | None
    shape: Shape


@dataclass(frozen=True, eq=False, repr=False)
class Probability(Tensor):
    """The probability of ``event`` over all random symbols in it, under the condition ``given`` where there is one."""

    event: Tensor
    given: Tensor | None = None
    shape: tuple[()] = ()


def _random(name: str, shape: tuple[Operand, ...], law: Law, tex: str | None) -> Tensor:
    return RandomSymbol(check_name(name), tuple(dimension(size) for size in shape), frozenset(), tex, law)


def gaussian(name: str, *shape: Operand, tex: str | None = None) -> Tensor:
    """An array of independent standard Gaussians, N(0, 1); ``mu + s * g`` has another mean and variance."""
    return _random(name, shape, Law("gaussian"), tex)


def rademacher(name: str, *shape: Operand, tex: str | None = None) -> Tensor:
    """An array of independent signs, -1 or 1 with probability 1/2 each."""
    return _random(name, shape, Law("rademacher"), tex)


def uniform(name: str, *shape: Operand, low: Operand = 0, high: Operand = 1, tex: str | None = None) -> Tensor:
    """An array of independent numbers, uniform between the scalars ``low`` and ``high``."""
    return _random(name, shape, Law("uniform", (_scalar(low, "low"), _scalar(high, "high"))), tex)


def bernoulli(name: str, *shape: Operand, p: Operand, tex: str | None = None) -> Tensor:
    """An array of independent numbers, each 1 with probability ``p`` and else 0."""
    return _random(name, shape, Law("bernoulli", (_scalar(p, "p"),)), tex)


def sphere(name: str, *shape: Operand, tex: str | None = None) -> Tensor:
    """A unit vector, or a matrix with independent unit rows, uniform on the sphere."""
    if not shape:
        raise ShapeError(f"{name} is a scalar, and a point of a sphere is a vector", hint='write sphere("x", d)')
    return _random(name, shape, Law("sphere"), tex)


def one_hot(name: str, rows: Operand, size: Operand, *, p: Operand | None = None, tex: str | None = None) -> Tensor:
    """A matrix whose rows are independent unit vectors, e_i with probability ``p[i]`` (1/size where p is not given).

    ``one_hot("P", m, n) @ A`` has m rows drawn from A with replacement.
    """
    parameters = () if p is None else (tensor(p),)
    if parameters and parameters[0].shape != (dimension(size),):
        raise ShapeError(f"p of {name} has shape {shape_text(parameters[0].shape)}, not {(dimension(size),)}")
    return _random(name, (rows, size), Law("one_hot", parameters), tex)


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
        raise InputError("an event needs a relation", hint="write probability(norm(g) <= R)")
    return events[0] if len(events) == 1 else Every(events)


def _event(item: object) -> Tensor:
    if isinstance(item, Relation):
        return Event(item.sign, item.left, item.right)
    if isinstance(item, (Event, Every)):
        return item
    raise InputError(f"{item!r} is no event", hint="write a relation, such as probability(norm(g) <= R)")


def expectation(operand: Operand, given: Relation | Sequence[Relation] | None = None) -> Tensor:
    """E[operand] over all random symbols in it, entrywise; ``given`` is an event on which it is conditioned."""
    found = tensor(operand)
    return Expectation(found, None if given is None else event_of(given), found.shape)


def variance(operand: Operand) -> Tensor:
    """E[operand^2] - E[operand]^2 over all random symbols in it, entrywise."""
    found = tensor(operand)
    return expectation(found**2) - expectation(found) ** 2


def probability(event: Relation | Sequence[Relation], given: Relation | Sequence[Relation] | None = None) -> Tensor:
    """Pr[event] over all random symbols in it; of several relations that all of them hold.

    Raises:
        InputError: the event is no relation.
    """
    return Probability(event_of(event), None if given is None else event_of(given))
