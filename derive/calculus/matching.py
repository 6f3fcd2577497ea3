"""Finding a pattern monomial inside a monomial, its dummies and ports bound to labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from derive.calculus.form import Factor, Label, Number, is_dummy

Binding = dict[Label, Label]


def is_hole(label: Label) -> bool:
    """A dummy of a pattern."""
    return isinstance(label, str) and label.startswith("?")


def is_port(label: Label) -> bool:
    """A free label of a pattern, which any label may take."""
    return isinstance(label, str) and label.startswith("!")


def match(pattern: Sequence[Factor], factors: Sequence[Factor]) -> Iterator[tuple[Binding, list[Factor]]]:
    """Every way in which ``pattern`` divides ``factors``: the binding of its labels, and the cofactor.

    A hole is bound to a dummy that occurs nowhere else: not in the cofactor, at no port, and not as a label of the
    pattern. A port is bound to any label; other labels stand for themselves.
    """
    literal = {label for _, labels, _ in pattern for label in labels if is_dummy(label)}
    for binding, rest in _match(pattern, list(factors), {}):
        bound = {value for key, value in binding.items() if is_hole(key)}
        outside = {label for _, labels, _ in rest for label in labels}
        outside.update(value for key, value in binding.items() if is_port(key))
        outside.update(literal)
        if not bound & outside:
            yield binding, rest


def _match(
    pattern: Sequence[Factor], factors: list[Factor], binding: Binding
) -> Iterator[tuple[Binding, list[Factor]]]:
    if not pattern:
        yield binding, factors
        return
    head, labels, wanted = pattern[0]
    for position, (other, found, exponent) in enumerate(factors):
        if other != head or not _divides(wanted, exponent):
            continue
        rest = factors[:position] + factors[position + 1 :]
        if exponent != wanted:
            rest.append((other, found, exponent - wanted))
        for permutation, sign in head.symmetries:
            if sign == 1:
                extended = _bind(labels, tuple(found[k] for k in permutation), binding)
                if extended is not None:
                    yield from _match(pattern[1:], rest, extended)


def _divides(wanted: Number, exponent: Number) -> bool:
    return 0 < wanted <= exponent or exponent <= wanted < 0


def _bind(labels: tuple[Label, ...], found: tuple[Label, ...], binding: Mapping[Label, Label]) -> Binding | None:
    extended = dict(binding)
    for label, value in zip(labels, found, strict=True):
        if is_hole(label):
            if label not in extended and any(v == value for k, v in extended.items() if is_hole(k)):
                return None
            if not is_dummy(value) or extended.setdefault(label, value) != value:
                return None
        elif is_port(label):
            if extended.setdefault(label, value) != value:
                return None
        elif label != value:
            return None
    return extended
