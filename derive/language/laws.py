"""Laws in text: ``gaussian``, ``uniform(low=-1, high=1)``, ``bernoulli(p=q)``."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from derive.language.chance import RandomSymbol, bernoulli, gaussian, one_hot, rademacher, sphere, uniform
from derive.language.errors import InputError, shorten
from derive.language.grammar import LONGEST_TEXT, parse_syntax, source
from derive.language.plain import plain
from derive.language.tensor import Operand, Tensor
from derive.language.text import free_names, parse_tensor

LAWS: dict[str, Callable[..., Tensor]] = {
    law.__name__: law for law in (bernoulli, gaussian, one_hot, rademacher, sphere, uniform)
}
PARAMETERS: dict[str, tuple[str, ...]] = {"uniform": ("low", "high"), "bernoulli": ("p",), "one_hot": ("p",)}
"""The parameters of each law in the order of ``Law.parameters``; the other laws have none."""

REQUIRED = ("bernoulli",)
"""The laws whose parameters have no usual values."""


@dataclass(frozen=True)
class LawText:
    """A law as it is declared: its name, and its parameters as text."""

    name: str
    parameters: Mapping[str, str]

    def names(self) -> frozenset[str]:
        """The names in the parameters."""
        return frozenset(name for text in self.parameters.values() for name in free_names(text))


def read_law(text: str) -> LawText:
    """The law that ``text`` names.

    Raises:
        InputError: it is no name and no call with named parameters.
    """
    line, tree = parse_syntax(text)
    match tree:
        case ast.Name(id=name):
            return LawText(name, {})
        case ast.Call(func=ast.Name(id=name), args=[], keywords=keywords) if all(word.arg for word in keywords):
            return LawText(name, {word.arg or "": source(line, word.value) for word in keywords})
    raise InputError(f"{shorten(text)!r} is no law", hint="write gaussian, or uniform(low=-1, high=1)")


def law_text(symbol: RandomSymbol) -> str:
    """The law of a random symbol, as ``read_law`` reads it."""
    named = zip(PARAMETERS.get(symbol.kind, ()), symbol.parameters, strict=False)
    written = ", ".join(f"{name}={plain(value, LONGEST_TEXT)}" for name, value in named)
    return f"{symbol.kind}({written})" if written else symbol.kind


def random_symbol(
    name: str, shape: Sequence[Operand], law: LawText, names: Mapping[str, Tensor], tex: str | None = None
) -> Tensor:
    """The random symbol of the given law, where ``names`` says what the names in its parameters stand for.

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
            hint = (
                f"its parameters: {', '.join(known)}" if known else "it has none; scale it where it stands: mu + s * g"
            )
            raise InputError(f"{name}: the law {law.name} has no parameter {shorten(parameter, 40)}", hint=hint)
    missing = [parameter for parameter in known if law.name in REQUIRED and parameter not in law.parameters]
    if missing:
        raise InputError(f"{name}: the law {law.name} needs {missing[0]}", hint=f"give {missing[0]} a value")
    if law.name == "one_hot" and len(shape) != 2:
        raise InputError(f"{name} has {len(shape)} axes, and one_hot is a matrix", hint='write shape = ["m", "n"]')
    parameters = {key: parse_tensor(text, names) for key, text in law.parameters.items()}
    return LAWS[law.name](name, *shape, tex=tex, **parameters)
