"""Upper bounds of expectations: closed forms from the normal form, bounded by the norm calculus."""

from __future__ import annotations

from collections.abc import Iterator

from derive.bounds.bound import Bound
from derive.bounds.hypotheses import NOTATION
from derive.concentration.affine import told
from derive.concentration.events import unnamed
from derive.concentration.randomness import exchanged
from derive.concentration.setting import Setting
from derive.language.arrays import Norm
from derive.language.chance import Expectation
from derive.language.entries import entry
from derive.language.tensor import Number, Power, Sum, Tensor

CLOSED_FORM = "expectation in closed form"
LINEARITY = "linearity of the expectation"


def means(subject: Expectation, setting: Setting) -> tuple[Bound, ...]:
    """``E[Z] <= value``, the best found."""
    return setting.derivation.best("upper", [*_closed(subject, setting), *_entry_by_entry(subject, setting)])


def _closed(subject: Expectation, setting: Setting) -> Iterator[Bound]:
    """The bound of the expectation's closed form."""
    closed = told(subject)
    if closed is not None:
        value = setting.parameters.scalar(exchanged(closed, _joined))
        itself = () if value is None else (Bound("upper", closed, value, NOTATION),)
        for bound in (*itself, *setting.derivation.tightest_first("upper", closed)):
            yield Bound("upper", subject, bound.value, CLOSED_FORM, (bound,))


def _joined(node: Tensor) -> Tensor | None:
    """A sum of all row sums as the sum of all entries."""
    match node:
        case Sum(shape=(), operand=Sum(operand=inner, keepdims=False)):
            return Sum.of(inner)
    return None


def _entry_by_entry(subject: Expectation, setting: Setting) -> Iterator[Bound]:
    """``E ||M||_F^2`` as the number of entries times what bounds the second moment of every one of them."""
    match unnamed(subject.operand):
        case Power(base=base, exponent=Number(value=two) as exponent) if two == 2:
            norm = unnamed(base)
            if isinstance(norm, Norm) and norm.order in ("2", "fro"):
                indices = setting.indices(norm.operand, norm.operand.shape)
                square = Power.of(entry(norm.operand, indices), exponent)
                number = setting.parameters.entries(norm.operand.shape)
                for bound in _closed(Expectation(square, None, ()), setting):
                    if not any(setting.parameters.depends(bound.value, index) for index in indices):
                        yield Bound("upper", subject, number * bound.value, LINEARITY, (bound,))
