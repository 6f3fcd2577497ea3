"""Powers of matrices with symbolic exponents: which identities hold for all of them, and which do not."""

from __future__ import annotations

import pytest

from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.language.api import dims, eye, grad, inv, jacobian, matrix, matrix_power, norm, subs, time, trace, vector
from derive.language.relations import Relation
from derive.language.tensor import Tensor

n, d = dims("n d")
A, B, S, Q = matrix("A", n, d), matrix("B", d, d), matrix("S", d, d, symmetric=True), matrix("Q", d, d, orthogonal=True)
x, y, b = vector("x", d), vector("y", d), vector("b", n)
j, k = time("j"), time("k")
K = A.T @ A
MATRICES = {"symbol": B, "symmetric": S, "Gram": K, "shifted": B + eye(d), "shifted Gram": B.T @ B + 2 * eye(d)}
step = A @ matrix_power(K, j) @ x - b


def laws(matrix: Tensor) -> dict[str, Relation]:
    power = matrix_power(matrix, j)
    return {
        "one more factor": power @ matrix == matrix_power(matrix, j + 1),
        "one more factor on the left": matrix @ power == matrix_power(matrix, j + 1),
        "two powers": power @ matrix_power(matrix, k) == matrix_power(matrix, j + k),
        "doubled": matrix_power(matrix, 2 * j) == power @ power,
        "inverse": inv(power) @ power == eye(d),
        "two left": matrix_power(matrix, -j) @ matrix_power(matrix, j + 2) == matrix @ matrix,
        "with the inverse": inv(matrix) @ power == power @ inv(matrix),
        "transpose": matrix_power(matrix.T, j) == power.T,
        "at a number": subs(power, j, 3) == matrix @ matrix @ matrix,
        "at zero": subs(power, j, 0) == eye(d),
    }


LAWS = {f"{law}, {name}": relation for name, found in MATRICES.items() for law, relation in laws(found).items()}

TRUE: dict[str, tuple[Relation, ...]] = {
    **{name: (relation,) for name, relation in LAWS.items()},
    "powers of powers": (matrix_power(matrix_power(B, j), k) == matrix_power(B, j * k),),
    "power of an inverse": (matrix_power(inv(B), j) == inv(matrix_power(B, j)),),
    "symmetric": (matrix_power(K, j) == matrix_power(K, j).T,),
    "declared symmetric": (matrix_power(S, j) == matrix_power(S, j).T,),
    "cyclic": (trace(matrix_power(B, j) @ B) == trace(B @ matrix_power(B, j)),),
    "of the identity": (matrix_power(eye(d), j) == eye(d),),
    "linear in a vector": (jacobian(matrix_power(B, j) @ x, x) == matrix_power(B, j),),
    "gradient": (grad(norm(step) ** 2, x) == 2 * matrix_power(K, j) @ A.T @ step,),
    "equation times a power": (matrix_power(K, j) @ K @ y == matrix_power(K, j) @ A.T @ b, A.T @ (A @ y - b) == 0),
    "value with a symmetric symbol": (inv(S) @ B @ inv(S) == eye(d), B == S @ S),
    "eigenvector, one step": (B @ matrix_power(B, j) @ x == matrix_power(B, j) @ y, B @ x == y),
}
FALSE: dict[str, tuple[Relation, ...]] = {
    "not symmetric": (matrix_power(B, j) == matrix_power(B, j).T,),
    "one factor too many": (matrix_power(B, j) @ B == matrix_power(B, j + 2),),
    "other matrix": (matrix_power(B, j) @ S == S @ matrix_power(B, j),),
    "transposed factor": (matrix_power(B, j) @ B.T == matrix_power(B, j + 1),),
    "product of powers": (matrix_power(B @ S, j) == matrix_power(B, j) @ matrix_power(S, j),),
    "power of a sum": (matrix_power(B + S, j) == matrix_power(B, j) + matrix_power(S, j),),
    "exponents multiplied": (matrix_power(B, j) @ matrix_power(B, k) == matrix_power(B, j * k),),
    "wrong equation": (matrix_power(K, j) @ K @ y == matrix_power(K, j) @ A.T @ b, A.T @ (A @ y + b) == 0),
    "trace of other orders": (trace(matrix_power(B, j) @ S @ B) == trace(matrix_power(B, j) @ B @ S @ S),),
}


def proved(statement: Relation, given: tuple[Relation, ...]) -> bool:
    return difference(statement.left, statement.right, given).proved


@pytest.mark.parametrize("name", TRUE)
def test_what_holds_for_every_exponent_is_proved(name: str) -> None:
    statement, *given = TRUE[name]
    assert proved(statement, tuple(given))


@pytest.mark.parametrize("name", FALSE)
def test_what_does_not_is_not(name: str) -> None:
    statement, *given = FALSE[name]
    assert not proved(statement, tuple(given))


def test_the_derivative_in_the_base_is_left_alone() -> None:
    with pytest.raises(Undecidable, match="symbolic exponent"):
        difference(grad(trace(matrix_power(B, j)), B), B)
