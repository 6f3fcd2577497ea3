"""The product and the chain rule for norms of symmetric multilinear derivatives, orders 1 to 3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import comb

from derive.bounds.bound import Premise, Scheme
from derive.bounds.value import Value
from derive.language.tensor import Tensor


def degree(measure: str) -> int:
    """The k of ``Dk``."""
    return int(measure.removeprefix("D"))


def euclidean(node: Tensor) -> str:
    return {0: "inf", 1: "2"}.get(node.ndim, "fro")


def jet(node: Tensor, k: int) -> tuple[Premise, ...]:
    """The derivatives of orders 1 to k, as premises."""
    return tuple((f"D{j}", node) for j in range(1, k + 1))


def leibniz(first: Tensor, second: Tensor, k: int, norms: Sequence[str]) -> Scheme:
    """``||D^k (S T)|| <= sum_j binomial(k, j) ||D^j S|| ||D^(k-j) T||``; ``norms`` are those of S and T themselves."""

    def formula(*values: Value) -> Value:
        s, t = values[: k + 1], values[k + 1 :]
        terms = [times(comb(k, j), s[j] * t[k - j]) for j in range(k + 1)]
        return total(terms)

    return formula, ((norms[0], first), *jet(first, k), (norms[1], second), *jet(second, k))


def bilinear(first: Tensor, second: Tensor, measure: str, norms: Sequence[str]) -> Iterator[Scheme]:
    """Leibniz' rule, and the linear map where one factor does not move."""
    yield leibniz(first, second, degree(measure), norms)
    for still, norm, moved in ((first, norms[0], second), (second, norms[1], first)):
        wanted = (("D1", still), (norm, still), (measure, moved))
        yield (lambda zero, s, dt: s * dt if zero.is_zero else None), wanted


def times(number: int, value: Value) -> Value:
    return total([value] * number)


def total(values: Sequence[Value]) -> Value:
    result = values[0]
    for value in values[1:]:
        result = result + value
    return result


def chain(outer: Sequence[Value], inner: Sequence[Value]) -> Value:
    """Faa di Bruno's formula for orders 1 to 3: ``outer[j-1]`` and ``inner[j-1]`` bound the j-th derivatives."""
    match len(inner):
        case 1:
            return outer[0] * inner[0]
        case 2:
            return outer[0] * inner[1] + outer[1] * inner[0] * inner[0]
    first, second, third = inner
    return outer[0] * third + times(3, outer[1] * first * second) + outer[2] * first * first * first
