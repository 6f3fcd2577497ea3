"""Random expressions of the language, by shape, and points to evaluate them at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from derive.evaluate.point import Point, nest
from derive.language import api as dv
from derive.language.errors import InputError
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

N, D = dv.dims("n d")
SIZES = {"n": N, "d": D}
I, J, L = dv.index("i", N), dv.index("j", D), dv.index("l", N)
SYMBOLS: dict[str, Tensor] = {
    "a": dv.scalar("a"),
    "b": dv.scalar("b"),
    "p": dv.scalar("p", positive=True),
    "x": dv.vector("x", N),
    "y": dv.vector("y", N),
    "w": dv.vector("w", N, positive=True),
    "z": dv.vector("z", D),
    "A": dv.matrix("A", N, D),
    "C": dv.matrix("C", D, N),
    "B": dv.matrix("B", N, N),
    "S": dv.matrix("S", N, N, symmetric=True),
    "K": dv.matrix("K", N, N, skew=True),
    "Q": dv.vector("Q", N * D),
}
SMOOTH = (
    "exp",
    "log1p",
    "sin",
    "cos",
    "tanh",
    "sigmoid",
    "softplus",
    "arctan",
    "sinh",
    "cosh",
    "square",
    "erf",
    "silu",
)
PIECEWISE = ("relu", "abs", "sign", "heaviside")
PARTIAL = ("log", "sqrt")
SCALARS = ("a", "b", "p")
AXES = ("n", "d")


class Expressions:
    """A source of expressions; ``kinks`` says whether piecewise functions occur."""

    def __init__(self, rng: Random, *, kinks: bool = True, opaque: bool = True) -> None:
        self.rng = rng
        self.kinks = kinks
        self.opaque = opaque

    def any(self, depth: int) -> Tensor:
        shape = self.rng.choice([(), (), (), ("n",), ("n", "n"), ("n", "d"), ("d",)])
        return self.make(shape, depth)

    def make(self, shape: Sequence[str], depth: int) -> Tensor:
        """An expression of the given shape, the names of its dimensions."""
        if depth <= 0:
            return self.leaf(shape)
        rules: list[Callable[[Sequence[str], int], Tensor]] = [self.arithmetic] * 4 + [self.function] * 2
        rules += {0: [self.reduced] * 4 + [self.calculus] * 2, 1: [self.vector] * 4, 2: [self.matrix] * 4}[len(shape)]
        while True:
            try:
                return self.rng.choice(rules)(shape, depth - 1)
            except InputError:
                continue

    def leaf(self, shape: Sequence[str]) -> Tensor:
        rng = self.rng
        axes = tuple(axis for k in shape for axis in dv.ones(SIZES[k]).shape)
        fitting = [s for s in SYMBOLS.values() if s.shape == axes]
        choices: list[Tensor] = [*fitting, *fitting]
        if not shape:
            entries = [SYMBOLS["x"][I], SYMBOLS["A"][I, J], SYMBOLS["x"][0], SYMBOLS["B"][I, L], SYMBOLS["S"][L, 0]]
            choices += [_number(rng), N, rng.choice(entries)]
        elif len(shape) == 1:
            rows = {
                "n": [SYMBOLS["A"][:, J], SYMBOLS["B"][I], SYMBOLS["K"][:, L]],
                "d": [SYMBOLS["A"][I], SYMBOLS["C"][:, 0]],
            }
            choices += [dv.ones(SIZES[shape[0]]), rng.choice(rows[shape[0]])]
        else:
            if shape[0] == shape[1]:
                choices.append(dv.eye(SIZES[shape[0]]))
            choices.append(dv.ones(*(SIZES[k] for k in shape)))
        return rng.choice(choices) if choices else dv.ones(*(SIZES[k] for k in shape))

    def arithmetic(self, shape: Sequence[str], depth: int) -> Tensor:
        left = self.make(shape, depth)
        right = self.make(shape if self.rng.random() < 0.7 else (), depth)
        match self.rng.randrange(9):
            case 0 | 1:
                return left + right
            case 2 | 3:
                return left - right
            case 4 | 5:
                return left * right
            case 6:
                return left / right
            case 7:
                return left ** self.rng.choice([2, 2, 3, -1, -2])
        return (left**2 if self.rng.random() < 0.7 else left) ** Fraction(self.rng.choice([1, 1, 3, -1]), 2)

    def function(self, shape: Sequence[str], depth: int) -> Tensor:
        names = [*SMOOTH, *PARTIAL, *(PIECEWISE if self.kinks else ())]
        name = self.rng.choice(names)
        if self.kinks and self.rng.random() < 0.1:
            return self.rng.choice([dv.maximum, dv.minimum])(self.make(shape, depth), self.make(shape, depth))
        if len(shape) and self.rng.random() < 0.15:
            return dv.softmax(self.make(shape, depth))
        return getattr(dv, name)(self.make(shape, depth))

    def reduced(self, shape: Sequence[str], depth: int) -> Tensor:
        rng = self.rng
        k, q = rng.choice(AXES), rng.choice(AXES)

        def square() -> Tensor:
            return self.make((k, k), depth)

        options: list[Callable[[], Tensor]] = [
            lambda: self.make((k,), depth) @ self.make((k,), depth),
            lambda: self.make((k,), depth).sum(),
            lambda: self.make((k, q), depth).sum(),
            lambda: dv.trace(square()),
            lambda: dv.dot(self.make((k, q), depth), self.make((k, q), depth)),
            lambda: dv.norm(self.make((k,), depth)),
            lambda: dv.norm(self.make((k, q), depth)),
            lambda: dv.logsumexp(self.make((k,), depth)),
            lambda: dv.sum(self.make((), depth), over=rng.choice([I, J, L])),
            lambda: self.make(("n",), depth)[I],
            lambda: self.make(("n", k), depth)[L].sum(),
            lambda: self.make(("n", "n"), depth)[I, L],
            lambda: self.make((k, q), depth)[0, 0],
            lambda: dv.det(square()),
            lambda: dv.trace(dv.inv(square())),
            lambda: dv.vec(self.make(("n", "d"), depth)) @ SYMBOLS["Q"],
            lambda: dv.kron(self.make(("n",), depth), self.make(("d",), depth)) @ SYMBOLS["Q"],
        ]
        if self.opaque:
            options += [
                lambda: self.make((k,), depth).max(),
                lambda: self.make((k, q), depth).min(),
                lambda: dv.opnorm(self.make((k, q), depth)),
                lambda: dv.opnorm(dv.kron(self.make((k, q), depth), self.make((q, k), depth))),
            ]
        if self.kinks:
            options.append(lambda: dv.norm(self.make((k,), depth), 1))
        return rng.choice(options)()

    def calculus(self, shape: Sequence[str], depth: int) -> Tensor:
        rng = self.rng
        inner = Expressions(rng, kinks=False, opaque=False)
        body = inner.make((), min(depth, 2))
        s = SYMBOLS
        match rng.randrange(5):
            case 0:
                return dv.grad(body, s[rng.choice(SCALARS)])
            case 1:
                return dv.subs(body, s["a"], inner.make((), min(depth, 1)))
            case 2:
                return dv.subs(body, s["x"], inner.make(("n",), min(depth, 1)))
            case 3:
                return dv.jvp(body, s["x"], inner.make(("n",), min(depth, 1)))
        return dv.hessian(body, s["a"], s[rng.choice(SCALARS)])

    def vector(self, shape: Sequence[str], depth: int) -> Tensor:
        rng, (k,) = self.rng, shape
        q = rng.choice(AXES)
        options: list[Callable[[], Tensor]] = [
            lambda: self.make((k, q), depth) @ self.make((q,), depth),
            lambda: self.make((q,), depth) @ self.make((q, k), depth),
            lambda: self.make((k, q), depth).sum(axis=1),
            lambda: self.make((q, k), depth).mean(axis=0),
            lambda: dv.diag(self.make((k, k), depth)),
            lambda: dv.softmax(self.make((k,), depth)),
            lambda: self.make((k,), depth) / self.make((k,), depth).sum(),
            lambda: dv.logsumexp(self.make((k, q), depth), axis=1),
            lambda: dv.sum(self.make((k,), depth) * self.make((), depth), over=rng.choice([I, J])),
            lambda: dv.full(self.make((), depth), SIZES[k]),
            lambda: dv.inv(self.make((k, k), depth)) @ self.make((k,), depth),
            lambda: dv.vec(self.make((k,), depth)),
            lambda: self.derivative(k, depth),
        ]
        return rng.choice(options)()

    def derivative(self, k: str, depth: int) -> Tensor:
        inner = Expressions(self.rng, kinks=False, opaque=False)
        body = inner.make((), min(depth, 2))
        s = SYMBOLS
        if k == "d":
            return self.rng.choice([lambda: dv.grad(body, s["z"]), lambda: dv.grad(body, s["A"][I])])()
        options = [
            lambda: dv.grad(body, s["x"]),
            lambda: dv.grad(body, s["w"]),
            lambda: dv.hessian(body, s["x"], s["a"]),
            lambda: dv.grad(body, s["S"]) @ s["x"],
            lambda: dv.grad(body, s["B"][:, L]),
            lambda: dv.jacobian(inner.make(("n",), min(depth, 1)), s["x"][I]),
            lambda: dv.jacobian(inner.make(("n",), min(depth, 1)), s["x"]).sum(axis=0),
        ]
        return self.rng.choice(options)()

    def matrix(self, shape: Sequence[str], depth: int) -> Tensor:
        rng, (k, q) = self.rng, shape
        r = rng.choice(AXES)
        options: list[Callable[[], Tensor]] = [
            lambda: self.make((k, r), depth) @ self.make((r, q), depth),
            lambda: self.make((q, k), depth).T,
            lambda: dv.outer(self.make((k,), depth), self.make((q,), depth)),
            lambda: self.make((k,), depth)[:, None] * self.make((k, q), depth),
            lambda: self.make((k, q), depth) - self.make((q,), depth),
            lambda: self.make((k, q), depth) / self.make((k, q), depth).sum(axis=1, keepdims=True),
            lambda: dv.softmax(self.make((k, q), depth), axis=rng.choice([0, 1])),
            lambda: dv.diag(self.make((k,), depth)) @ self.make((k, q), depth),
        ]
        if k == q:
            options += [
                lambda: dv.inv(self.make((k, k), depth)),
                lambda: dv.diag(self.make((k,), depth)),
                lambda: self.make((k, k), depth) + dv.eye(SIZES[k]),
            ]
        return rng.choice(options)()


def _number(rng: Random) -> Tensor:
    return dv.full(Fraction(rng.choice([1, 2, 3, -1, 1, 2]), rng.choice([1, 1, 2])))


def point(rng: Random, sizes: dict[str, int], symbols: dict[str, Any] = SYMBOLS) -> Point:
    """Rational values of either sign, in general position; the declared properties hold."""
    values = {}
    for name, symbol in symbols.items():
        assert isinstance(symbol, Symbol)
        shape = tuple(axis.size(sizes) for axis in symbol.shape)
        count = 1
        for length in shape:
            count *= length
        flat = [Fraction(rng.choice([-1, 1]) * rng.randint(5, 60), 32) for _ in range(count)]
        if symbol.positive:
            flat = [abs(entry) for entry in flat]
        if symbol.properties & {"symmetric", "skew"}:
            k, sign = shape[0], -1 if "skew" in symbol.properties else 1
            for i in range(k):
                for j in range(i + 1):
                    flat[i * k + j] = Fraction(0) if i == j and sign < 0 else sign * flat[j * k + i]
        values[name] = nest(flat, shape)
    indices = {"i": rng.randrange(sizes["n"]), "j": rng.randrange(sizes["d"]), "l": rng.randrange(sizes["n"])}
    return Point(sizes, indices, values)
