"""Reduction: the Lipschitz constant of a Hessian is a supremum of third derivatives along one direction.

For a symmetric trilinear form T on a Euclidean space, ``max |T[u, v, w]| = max |T[u, u, u]|`` over unit vectors
(Banach, Über homogene Polynome in (L^2), Studia Mathematica 7, 1938). So on a convex domain

    ||H(x) - H(y)||_op <= sup_z ||D^3 L(z)|| ||x - y|| = sup_z sup_u D^3 L(z)[u, u, u]/||u||^3 ||x - y||,

without a second and a third direction; the sign is that of u. Both sides of ``D^3 L[u, u, u] <= C ||u||^3`` grow by the
same factor with the length of u, so that it is enough to see it where the largest entry of u is 1 in absolute value.
"""

from __future__ import annotations

from fractions import Fraction

from derive.instances.patterns import strip
from derive.language.arrays import Norm
from derive.language.derivatives import Derivative, Directional
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, MatMul, Multiply, Negative, Number, Power, Tensor

NAME = "Banach: the norm of a symmetric third derivative is attained along one direction"


def hessian_of(node: Tensor, variable: Symbol) -> Tensor | None:
    """L, where the expression is the Hessian of a scalar L in the variable, a vector."""
    node = strip(node)
    if not isinstance(node, Derivative) or node.operand.ndim or len(node.variables) != 2:
        return None
    names = [found.name if isinstance(found := strip(v), Symbol) else "" for v in node.variables]
    return node.operand if variable.ndim == 1 and names == [variable.name] * 2 else None


def along_one_direction(scalar: Tensor, variable: Symbol, constant: Tensor, name: str) -> tuple[Tensor, Relation]:
    """``C ||u||^3 - D^3 L[u, u, u]`` for a new symbol u of the given name, and the hypothesis on u."""
    u = Symbol(name, variable.shape)
    third = scalar
    for _ in range(3):
        third = Directional(third, variable, u, ())
    cube = Power.of(MatMul.of(u, u), Number(Fraction(3, 2)))
    gap = Add.of(Multiply.of(constant, cube), Negative.of(third))
    return gap, Relation("==", Norm(u, "inf"), Number(Fraction(1)))
