"""Experiments: what runs with independent seeds show at given sizes, and how it grows with a size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from derive.language.chance import Event, OverOutcomes, RandomSymbol, event_of
from derive.language.derivatives import Definition
from derive.language.dimensions import Dimension
from derive.language.errors import InputError, ShapeError
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Number, Operand, Size, Tensor, dimension, tensor

MOST_SEEDS = 10_000
LARGEST_GROWN = 10**7
"""Limits of an experiment: its seeds, and a size in it."""


class Experiment(OverOutcomes):
    """A number that is measured with independent draws of all random symbols, a seed for each draw.

    ``at`` are equations that fix sizes.
    """

    seeds: int
    at: tuple[Event, ...]

    @property
    def sizes(self) -> dict[str, int]:
        """The sizes that the experiment fixes."""
        return dict(_fixed_size(event) for event in self.at)


@dataclass(frozen=True, eq=False, repr=False)
class Frequency(Experiment):
    """The part of the seeds with which ``event`` happens."""

    event: Tensor
    seeds: int
    at: tuple[Event, ...] = ()
    shape: tuple[()] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Exponent(Experiment):
    """The least-squares slope of the logarithm of ``operand``, a geometric mean over seeds, against that of ``size``.

    ``over`` are the values of ``size``. The random symbols ``fixed`` are drawn once for all seeds.
    """

    operand: Tensor
    size: Tensor
    over: tuple[int, ...]
    seeds: int
    fixed: tuple[Tensor, ...] = ()
    at: tuple[Event, ...] = ()
    shape: tuple[()] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Least(Tensor):
    """The least of ``over`` for ``size`` with which ``event`` happens, the other draws being the same."""

    size: Tensor
    event: Tensor
    over: tuple[int, ...]
    shape: tuple[()] = ()


def frequency(
    event: Relation | Tensor | Sequence[Relation | Tensor], *, seeds: int = 10, at: Relation | Sequence[Relation] = ()
) -> Tensor:
    """The part of ``seeds`` independent draws of all random symbols with which ``event`` happens.

    ``at=[n == 4, m == 60]`` fixes sizes: ``frequency(run.first(norm(e) <= 0.05) <= 500, seeds=10) >= 0.9``.

    Raises:
        InputError: the event is none, or something in it has no value.
    """
    return Frequency(event_of(event), _seeds(seeds), _at(at))


def exponent(
    operand: Operand,
    size: Operand,
    over: Sequence[int],
    *,
    seeds: int = 10,
    fixed: Tensor | Sequence[Tensor] = (),
    at: Relation | Sequence[Relation] = (),
) -> Tensor:
    """The exponent p with which ``operand`` grows like ``size**p``, as measured.

    It is the slope of the least-squares line through the logarithms of the geometric means of ``operand`` over
    ``seeds`` independent draws of all random symbols, at the sizes ``over``, against the logarithm of the size. The
    random symbols ``fixed`` are drawn once.

    Raises:
        ShapeError: the operand is no scalar.
        InputError: ``size`` is no size such as ``m`` or ``2*p``, or fewer than two sizes are given.
    """
    found, axis = tensor(operand), tensor(size)
    if found.shape:
        raise ShapeError(f"exponent() needs a scalar: {found!r} has {len(found.shape)} axes")
    fixed_symbols = tuple(tensor(item) for item in (fixed if isinstance(fixed, (list, tuple)) else [fixed]))
    for symbol in fixed_symbols:
        if not isinstance(symbol, RandomSymbol):
            raise InputError(f"{symbol!r} is not random: there is nothing to fix", hint="fix random symbols")
    sizes = _grid(axis, over)
    if len(sizes) < 2:
        raise InputError("an exponent needs two sizes at least", hint="write over=[1000, 4000, 16000]")
    return Exponent(found, axis, sizes, _seeds(seeds), fixed_symbols, _at(at))


def least(size: Operand, event: Relation | Tensor | Sequence[Relation | Tensor], over: Sequence[int]) -> Tensor:
    """The least of the sizes ``over`` with which ``event`` happens, all other draws being the same.

    It stands in an experiment: ``exponent(least(m, run.first(norm(e) <= 0.1) <= 100, over=[16, 32, 64]), n, [4, 8])``.

    Raises:
        InputError: ``size`` is no size, or the event is none.
    """
    return Least(tensor(size), event_of(event), _grid(tensor(size), over))


def size_for(size: Tensor, value: int) -> Mapping[str, int]:
    """Which named size makes ``size``, such as ``m`` or ``2*p``, that value.

    Raises:
        InputError: ``size`` is no multiple of a named size, or the value is none of such a multiple.
    """
    while isinstance(size, Definition):
        size = size.operand
    found = size.dimension if isinstance(size, Size) else _product(size)
    if found is None or len(found.terms) != 1 or len(found.terms[0][0]) != 1:
        raise InputError(f"{size!r} is no size that can grow", hint="write a size such as m, or 2*p")
    ((name,), factor) = found.terms[0]
    if value < 1 or value > LARGEST_GROWN or value % factor:
        raise InputError(f"{size!r} cannot be {value}", hint=f"sizes are from {factor} to {LARGEST_GROWN}")
    return {name: value // factor}


def _product(size: Tensor) -> Dimension | None:
    try:
        return dimension(size)
    except InputError:
        return None


def _grid(size: Tensor, over: Sequence[int]) -> tuple[int, ...]:
    values = tuple(_whole(value) for value in over)
    if list(values) != sorted(set(values)):
        raise InputError(f"the sizes {list(values)} do not increase", hint="write over=[1000, 4000, 16000]")
    for value in values:
        size_for(size, value)
    return values


def _whole(value: Operand) -> int:
    number = tensor(value)
    if not isinstance(number, Number) or number.value.denominator != 1:
        raise InputError(f"{value!r} is no whole number", hint="sizes and numbers of seeds are 1, 2, 3, ...")
    return int(number.value)


def _seeds(count: Operand) -> int:
    found = _whole(count)
    if not 1 <= found <= MOST_SEEDS:
        raise InputError(f"{found} seeds", hint=f"an experiment has from 1 to {MOST_SEEDS} seeds")
    return found


def _at(relations: Relation | Sequence[Relation]) -> tuple[Event, ...]:
    found = []
    for relation in relations if isinstance(relations, (list, tuple)) else [relations]:
        event = event_of(relation)
        if not isinstance(event, Event):
            raise InputError(f"{relation!r} fixes no size", hint="write at=[n == 4, m == 60]")
        _fixed_size(event)
        found.append(event)
    return tuple(found)


def _fixed_size(event: Event) -> tuple[str, int]:
    if event.sign != "==" or not isinstance(event.right, Number):
        raise InputError(f"{event!r} fixes no size", hint="write at=[n == 4, m == 60]")
    ((name, value),) = size_for(event.left, _whole(event.right)).items()
    return name, value


def least_sizes(expression: Tensor) -> list[Least]:
    """The least sizes that stand in an expression, each once; none inside of another."""
    found: dict[Tensor, None] = {}
    stack = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, Least):
            found[node] = None
        else:
            stack.extend(node.children())
    return [node for node in found if isinstance(node, Least)]


def is_measured(*sides: Tensor) -> bool:
    """Does an experiment stand in one of the expressions?"""
    return any(isinstance(node, Experiment) for side in sides for node in side.walk())


def experiments(*sides: Tensor) -> list[Experiment]:
    """The experiments in the expressions, each once."""
    return list(dict.fromkeys(node for side in sides for node in side.walk() if isinstance(node, Experiment)))


def sizes_without_value(experiment: Experiment) -> list[str]:
    """The names of the sizes in an experiment that it does not fix."""
    names: set[str] = set()
    given = set(experiment.sizes)
    for node in experiment.walk():
        if isinstance(node, Symbol):
            names |= {name for axis in node.shape for name in axis.names}
        elif isinstance(node, Size):
            names |= node.dimension.names
        elif isinstance(node, (Exponent, Least)):
            given |= set(size_for(node.size, node.over[0]))
    return sorted(names - given)
