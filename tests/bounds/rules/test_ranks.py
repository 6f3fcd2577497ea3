"""Upper bounds of ranks: what holds is proved, what is one too small is not."""

from __future__ import annotations

import pytest

from derive.bounds.goals import goals, prove
from derive.language import api as dv
from derive.language.relations import Relation
from derive.obligation import Obligation

n, d, m = dv.dims("n d m")
A, C, B, P = dv.matrix("A", n, d), dv.matrix("C", n, d), dv.matrix("B", d, m), dv.matrix("P", m, n)
b, w, u = dv.vector("b", n), dv.vector("w", n), dv.vector("u", n)
x, z = dv.vector("x", d), dv.vector("z", m)
i = dv.index("i", d)
f = dv.softmax(A @ x)
J = dv.diag(f) - dv.outer(f, f)
c = f - b
g = f * c - (f @ c) * f
H = J @ J + dv.diag(g) - dv.outer(g, f) - dv.outer(f, g)
loss = dv.norm(c) ** 2 / 2
q = dv.softmax(P @ dv.relu(A @ x))
two_layers = dv.norm(q - z) ** 2 / 2
positive = dv.heaviside(A @ x)
k = dv.sum(positive)
regular = (A @ x != 0,)

TRUE = {
    "rows": (dv.rank(A) <= n, ()),
    "columns": (dv.rank(A) <= d, ()),
    "of a sum": (dv.rank(A + C) <= dv.rank(A) + dv.rank(C), ()),
    "of a product": (dv.rank(A @ B) <= dv.rank(B), ()),
    "between two factors": (dv.rank(A @ B) <= dv.minimum(n, dv.minimum(m, d)), ()),
    "of an outer product": (dv.rank(dv.outer(b, x)) <= 1, ()),
    "of a hypothesis": (dv.rank(A + dv.outer(b, x)) <= 4, (dv.rank(A) <= 3,)),
    "of columns with common rows": (dv.rank(dv.outer(b, x) + dv.outer(w, x) - dv.outer(u, 2 * x)) <= 1, ()),
    "of a cross": (dv.rank(dv.outer(b, w) + dv.outer(w, b) + (b @ w) * dv.outer(w, w)) <= 2, ()),
    "of a square of scalars": (dv.rank(dv.outer(b + w, b + w)) <= 1, ()),
    "softmax's Jacobian": (dv.rank(J) <= n - 1, ()),
    "a diagonal plus two": (dv.rank(H - dv.diag((2 * f - b) * f - ((f - b) @ f) * f)) <= 2, ()),
    "a Hessian": (dv.rank(dv.hessian(loss, x)) <= n - 1, ()),
    "with rows that sum to zero": (dv.rank(A) <= d - 1, (A @ dv.ones(d) == 0,)),
    "of positive entries": (dv.rank(dv.diag(positive)) <= k, regular),
    "of two layers": (dv.rank(dv.hessian(two_layers, x)) <= dv.minimum(k, m - 1), regular),
    "of a Kronecker product": (dv.rank(dv.kron(A, B)) <= dv.rank(A) * dv.rank(B), ()),
    "of an entrywise product": (dv.rank(A * C) <= dv.rank(A) * dv.rank(C), ()),
}

NOT_PROVED = {
    "fewer rows": (dv.rank(A) <= n - 1, ()),
    "of a product of ranks": (dv.rank(A + C) <= dv.rank(A) * dv.rank(C), ()),
    "of a product and another": (dv.rank(A @ B) <= dv.rank(C), ()),
    "of two outer products": (dv.rank(dv.outer(b, x) + dv.outer(w, A.T @ u)) <= 1, ()),
    "of a cross": (dv.rank(dv.outer(b, w) + dv.outer(w, b) + (b @ w) * dv.outer(w, w)) <= 1, ()),
    "softmax's Jacobian": (dv.rank(J) <= n - 2, ()),
    "a diagonal plus one": (dv.rank(H - dv.diag((2 * f - b) * f - ((f - b) @ f) * f)) <= 1, ()),
    "another diagonal": (dv.rank(H - dv.diag((2 * f - b) * f - ((f - b) @ f) * b)) <= 2, ()),
    "an unnormalised Jacobian": (dv.rank(dv.diag(w) - dv.outer(w, w)) <= n - 1, ()),
    "of positive entries at a kink": (dv.rank(dv.diag(positive)) <= k, ()),
    "of positive entries of another": (dv.rank(dv.diag(dv.heaviside(b))) <= k, (A @ x != 0, b != 0)),
    "of positive and negative entries": (dv.rank(dv.diag(1 - positive)) <= k, regular),
    "of two layers": (dv.rank(dv.hessian(two_layers, x)) <= dv.minimum(k, m - 2), regular),
}


def proved(statement: Relation, given: tuple[Relation, ...]) -> bool:
    return any(
        prove(goal)[0] is not None for goal in goals(Obligation("c", "<=", statement.left, statement.right, given))
    )


@pytest.mark.parametrize("name", TRUE)
def test_what_holds_is_proved(name: str) -> None:
    assert proved(*TRUE[name])


@pytest.mark.parametrize("name", NOT_PROVED)
def test_what_does_not_hold_is_not_proved(name: str) -> None:
    assert not proved(*NOT_PROVED[name])
