"""Random symbols declared in text: a law by its name, and its parameters by theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from derive.language.chance import bernoulli, gaussian, one_hot, rademacher, sphere, uniform
from derive.language.errors import InputError, shorten
from derive.language.tensor import Operand, Tensor

LAWS: dict[str, Callable[..., Tensor]] = {
    law.__name__: law for law in (bernoulli, gaussian, one_hot, rademacher, sphere, uniform)
}
PARAMETERS: dict[str, tuple[str, ...]] = {"uniform": ("low", "high"), "bernoulli": ("p",), "one_hot": ("p",)}
"""The parameters of each law in the order of ``Law.parameters``; the other laws have none."""

REQUIRED = ("bernoulli",)
"""The laws whose parameters have no usual values."""


class LawText(NamedTuple):
    """A law as it is declared: its name, and what each of its parameters is."""

    name: str
    parameters: Mapping[str, Operand]


def random_symbol(name: str, shape: Sequence[Operand], law: LawText, tex: str | None = None) -> Tensor:
    """The random symbol of the given law.

    Raises:
        InputError: there is no such law, or it has no such parameter.
        ShapeError: the law is none of arrays of this shape.
    """
    if law.name not in LAWS:
        raise InputError(
            f"{name} has the unknown law {shorten(repr(law.name), 40)}", hint=f"known laws: {', '.join(LAWS)}"
        )
    known = PARAMETERS.get(law.name, ())
    for parameter in law.parameters:
        if parameter not in known:
            hint = f"its parameters: {', '.join(known)}" if known else "it has no parameters; scale it: mu + s * g"
            raise InputError(f"{name}: the law {law.name} has no {shorten(parameter, 40)}", hint=hint)
    missing = [parameter for parameter in known if law.name in REQUIRED and parameter not in law.parameters]
    if missing:
        raise InputError(f"{name}: the law {law.name} needs {missing[0]}", hint=f"write {missing[0]} = 0.5")
    if law.name == "one_hot" and len(shape) != 2:
        raise InputError(f"{name} has {len(shape)} axes, and one_hot is a matrix", hint='write shape = ["m", "n"]')
    return LAWS[law.name](name, *shape, tex=tex, **law.parameters)
