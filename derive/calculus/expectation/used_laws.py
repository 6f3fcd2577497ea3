"""By which laws an expectation is taken, in the words of the field."""

from __future__ import annotations

from collections.abc import Sequence

from derive.calculus.expectation.laws import RandomEntries
from derive.calculus.expectation.waves import WAVES
from derive.calculus.form import Form
from derive.calculus.structure import depends

MOMENTS = {
    "gaussian": "Isserlis' theorem",
    "rademacher": "moments of independent signs",
    "bernoulli": "moments of independent indicators",
    "uniform": "moments of the uniform law",
    "sphere": "moments of the uniform law on a sphere",
    "one_hot": "moments of unit vectors drawn independently",
}
EXPONENTIALS = {
    "gaussian": "moment generating function of a Gaussian",
    "rademacher": "moment generating function of signs",
    "bernoulli": "moment generating function of indicators",
    "uniform": "moment generating function of the uniform law",
}
QUADRATIC = "Gaussian integral of a quadratic form"
WAVE = "characteristic function of a Gaussian"
HALF_SPACE = "Gaussian integral over a half space"


def used_laws(form: Form, symbols: Sequence[RandomEntries]) -> str:
    """The laws, each with the symbols of which it is used: ``moments of independent signs (a)``."""
    names: dict[str, list[str]] = {}
    for entries in symbols:
        for law in _laws(form, entries):
            names.setdefault(law, []).append(entries.name)
    return ", ".join(f"{law} ({', '.join(found)})" for law, found in names.items())


def _laws(form: Form, entries: RandomEntries) -> list[str]:
    """What is used of one symbol: its moments where its entries are factors, the other where they are in exponents."""
    factors = [factor for monomial in form.terms for factor in monomial]
    exponents = [head.body for head, _, _ in factors if head.name == "exp" and head.body is not None]
    inside = [m for body in exponents if depends(body, entries.name) for m in body.terms]
    jumps = [head.body for head, _, _ in factors if head.kind == "step" and head.body is not None]
    degree = max((sum(e for head, _, e in m if head == entries.head) for m in inside), default=0)
    found = [MOMENTS[entries.kind]] if any(head == entries.head for head, _, _ in factors) else []
    if any(depends(body, entries.name) for body in jumps):
        return [HALF_SPACE]
    angles = [head.body for head, _, _ in factors if head.name in WAVES and head.body is not None]
    if any(depends(body, entries.name) for body in angles):
        return [WAVE]
    if degree > 1 and entries.kind == "gaussian":
        found.append(QUADRATIC)
    elif inside:
        found.append(EXPONENTIALS.get(entries.kind, MOMENTS[entries.kind]))
    return found or [MOMENTS[entries.kind]]
