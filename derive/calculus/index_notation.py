"""Forms in index notation, as LaTeX: where no expression in matrix notation exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import count

from derive.calculus.atoms import instantiate
from derive.calculus.axes import Axis
from derive.calculus.form import Factor, Form, Label, Monomial, Number, dummies, magnitude, rename, unused_label
from derive.language.latex import latex
from derive.language.tensor import IndexSymbol, Tensor

FREE = "ijklmn"
SUMMED = "pqrstuvwabcdefgh"
FUNCTION_TEX = {
    "exp": r"\exp",
    "log": r"\log",
    "sin": r"\sin",
    "cos": r"\cos",
    "atan": r"\arctan",
    "erf": r"\mathrm{erf}",
}


def index_notation(form: Form, axes: Sequence[Axis], vocabulary: Mapping[str, Tensor]) -> str:
    """The form with free indices i, j, k, ... for its axes in order, summed ones p, q, r, ..."""
    labels = [label for axis in axes for label, _ in axis]
    names = {label: _name(FREE, k) for k, label in enumerate(labels)}
    return _sum(form, names, vocabulary, 0)


def _name(letters: str, k: int) -> str:
    return letters[k] if k < len(letters) else f"{letters[0]}_{{{k}}}"


def _sum(form: Form, names: Mapping[Label, str], vocabulary: Mapping[str, Tensor], depth: int) -> str:
    parts: list[str] = []
    for monomial, c in sorted(form.ordered(), key=lambda item: item[1] < 0):
        text = _term(monomial, magnitude(c), names, vocabulary, depth)
        parts.append(f"{'-' if c < 0 else '+' if parts else ''}{text}")
    return " ".join(parts) or "0"


def _term(
    monomial: Monomial, c: Number, names: Mapping[Label, str], vocabulary: Mapping[str, Tensor], depth: int
) -> str:
    own = dummies(monomial)
    opened: dict[Label, Label] = dict(zip(own, count(unused_label(names)), strict=False))
    known = {**names, **{opened[name]: _name(SUMMED, depth + k) for k, name in enumerate(own)}}
    factors = [_factor(f, known, vocabulary, depth + len(own)) for f in rename(monomial, opened)]
    value = Fraction(c)
    number = (
        ""
        if value == 1 and factors
        else str(value.numerator)
        if value.denominator == 1
        else rf"\frac{{{value.numerator}}}{{{value.denominator}}}"
    )
    total = rf"\sum_{{{','.join(_name(SUMMED, depth + k) for k in range(len(own)))}}}" if own else ""
    return r"\,".join(part for part in (number, total, *factors) if part)


def _factor(factor: Factor, names: Mapping[Label, str], vocabulary: Mapping[str, Tensor], depth: int) -> str:
    head, labels, exponent = factor
    places = "".join(_place(label, names, vocabulary) for label in labels)
    if head.kind == "symbol":
        base = latex(vocabulary[head.name]) if head.name in vocabulary else head.name
        base = f"{_enclosed(base)}_{{{places}}}" if places else base
    elif head.kind == "delta":
        base = rf"\delta_{{{places}}}"
    elif head.body is None:
        base = {"pi": r"\pi"}.get(head.name, head.name)
    else:
        base = _composed(factor, names, vocabulary, depth, places)
    if exponent == 1:
        return base
    return rf"\left({base}\right)^{{{exponent}}}" if "_" in base or len(base) > 2 else f"{base}^{{{exponent}}}"


def _enclosed(name: str) -> str:
    """A name with scripts or arguments of its own in parentheses: A_1_{ij} is no LaTeX, (A_1)_{ij} is."""
    return f"({name})" if any(mark in name for mark in "_^(") else name


def _composed(
    factor: Factor, names: Mapping[Label, str], vocabulary: Mapping[str, Tensor], depth: int, places: str
) -> str:
    head, labels, _ = factor
    assert head.body is not None
    if head.kind in ("inverse", "power", "determinant", "max", "opaque"):
        first = unused_label(names)
        bound = range(first, first + (0 if head.has_ends else head.inner))
        known: dict[Label, str] = {**names, **{label: _name(SUMMED, depth + k) for k, label in enumerate(bound)}}
        inside = _sum(instantiate(head.body, [*bound, *labels]), known, vocabulary, depth + len(bound))
        word = {"inverse": "", "power": "", "determinant": r"\det"}.get(
            head.kind, rf"\mathrm{{{head.name}}}".replace("_", r"\_")
        )
        raised = "-1" if head.exponent is None else _sum(head.exponent, names, vocabulary, depth)
        suffix = rf"^{{{raised}}}_{{{places}}}" if head.has_ends else ""
        return rf"{word}\left[{inside}\right]{suffix}"
    inside = _sum(instantiate(head.body, labels), names, vocabulary, depth)
    if head.kind == "sum":
        return rf"\left({inside}\right)"
    if head.kind == "step":
        return rf"\mathbf{{1}}\{{{inside}>0\}}"
    if head.kind == "zero":
        return rf"\mathbf{{1}}\{{{inside}=0\}}"
    return rf"{FUNCTION_TEX[head.name]}\left({inside}\right)"


def _place(label: Label, names: Mapping[Label, str], vocabulary: Mapping[str, Tensor]) -> str:
    if isinstance(label, str):
        if label.startswith("#"):
            return str(int(label[1:]) + 1)
        found = vocabulary.get(label)
        return latex(found) if isinstance(found, IndexSymbol) else _part(label[1:])
    return names.get(label, str(label))


def _part(label: str) -> str:
    """``k.0`` is the first of the two indices that make up the index k of a Kronecker product or a vec."""
    name, _, part = label.partition(".")
    return f"{name}_{{{int(part) + 1}}}" if part.isdigit() else label
