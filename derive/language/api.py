"""Every name that an author imports from ``derive``."""

from __future__ import annotations

from derive.language.calls import elementwise  # NumPy's names

inf = float("inf")

abs = elementwise["abs"]  # NumPy's name
arctan = elementwise["arctan"]
cos = elementwise["cos"]
cosh = elementwise["cosh"]
erf = elementwise["erf"]
exp = elementwise["exp"]
expm1 = elementwise["expm1"]
gelu = elementwise["gelu"]
heaviside = elementwise["heaviside"]
log = elementwise["log"]
log1p = elementwise["log1p"]
maximum = elementwise["maximum"]
minimum = elementwise["minimum"]
relu = elementwise["relu"]
sigmoid = elementwise["sigmoid"]
sign = elementwise["sign"]
silu = elementwise["silu"]
sin = elementwise["sin"]
sinh = elementwise["sinh"]
softplus = elementwise["softplus"]
sqrt = elementwise["sqrt"]
square = elementwise["square"]
tan = elementwise["tan"]
tanh = elementwise["tanh"]

__all__ = [name for name in dir() if not name.startswith("_") and name not in ("annotations", "elementwise")]
