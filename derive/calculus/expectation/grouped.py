"""Products of functions of Gaussian vectors that stand at open indices of an axis: columns of a matrix, for one.

An axis along which each function stands at one index is not summed over. Along it entries at different indices are
independent, and those at equal ones are of one vector; partitions of the functions tell the indices apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import number
from derive.calculus.axes import Axis
from derive.calculus.expectation.laws import RandomEntries, same
from derive.calculus.expectation.partitions import Block, cumulants, joint_moment
from derive.calculus.form import Form, Label, is_dummy

Place = tuple[Label, ...]

Mean = Callable[[Mapping[int, Label], "Group"], Form]
"""The mean of a group whose entries stand at fixed labels of some ports."""


@dataclass
class Group:
    """Factors of one vector: entries at ``places``, ``exp(exponent)``, and unit steps of other forms."""

    places: list[Place] = field(default_factory=list)
    exponent: Form = field(default_factory=lambda: number(0))
    steps: list[Form] = field(default_factory=list)

    def take(self, algebra: Algebra, other: Group, names: Mapping[Label, Label]) -> None:
        """Take the factors of another group, with labels renamed."""
        self.places += [tuple(names.get(label, label) for label in place) for place in other.places]
        self.exponent = algebra.add(self.exponent, algebra.rename(other.exponent, names))
        self.steps += [algebra.rename(step, names) for step in other.steps]


def grouped_moment(
    algebra: Algebra,
    entries: RandomEntries,
    places: Sequence[Place],
    exponents: Sequence[Form],
    steps: Sequence[Form],
    mean: Mean,
) -> Form:
    """``E[prod_j w[places_j] * prod_k exp(exponents_k) * prod_l step(steps_l)]`` from the means of single groups."""
    kept = _single(entries, [*exponents, *steps])
    groups: dict[Place, Group] = {}

    def group(place: Place) -> Group:
        return groups.setdefault(tuple(place[k] for k in kept), Group())

    for exponent in exponents:
        own = group(_places(entries, exponent)[0])
        own.exponent = algebra.add(own.exponent, exponent)
    for step in steps:
        group(_places(entries, step)[0]).steps.append(step)
    for place in places:
        group(place).places.append(place)
    keys = list(groups)
    dims = tuple(entries.head.dims[k] for k in kept)

    def together(block: Block) -> Form:
        """The mean of groups whose indices are equal."""
        first = keys[block[0]]
        joined = Group()
        for k in block:
            joined.take(algebra, groups[keys[k]], dict(zip(keys[k], first, strict=True)))
        return mean(dict(zip(kept, first, strict=True)), joined)

    inner = cumulants(algebra, together)

    def joint(block: Block) -> Form:
        value = inner(block)
        for other in block[1:]:
            value = algebra.multiply(same(algebra, keys[block[0]], keys[other], dims), value)
        return value

    return joint_moment(algebra, tuple(range(len(keys))), joint)


def _places(entries: RandomEntries, form: Form) -> list[Place]:
    """The places of all entries in a form.

    Raises:
        Undecidable: they stand inside other functions.
    """
    found = [labels for monomial in form.terms for head, labels, _ in monomial if head == entries.head]
    if not found:
        raise Undecidable(f"no closed form of the mean of a function of {entries.name}")
    return found


def _single(entries: RandomEntries, functions: Sequence[Form]) -> list[int]:
    """The ports at which every function has one label that is not summed over."""
    ports = range(len(entries.head.dims))
    found = [[{at[k] for at in _places(entries, function)} for k in ports] for function in functions]
    return [k for k in ports if all(len(at[k]) == 1 and not any(map(is_dummy, at[k])) for at in found)]


def place_in(algebra: Algebra, entries: RandomEntries, fixed: Mapping[int, Label]) -> tuple[Place, Axis]:
    """A place with new labels at the ports that are not fixed, and those labels."""
    dims = entries.head.dims
    labels = {k: algebra.fresh() for k in range(len(dims)) if k not in fixed}
    return tuple(fixed.get(k, labels.get(k, 0)) for k in range(len(dims))), tuple(
        (x, dims[k]) for k, x in labels.items()
    )


def within(place: Place, fixed: Mapping[int, Label]) -> list[Label]:
    """The labels at the ports that are not fixed."""
    return [label for k, label in enumerate(place) if k not in fixed]


def summed(algebra: Algebra, form: Form, axis: Axis) -> Form:
    """The sum over all labels of an axis."""
    for label, dimension in axis:
        form = algebra.contract(form, label, dimension)
    return form
