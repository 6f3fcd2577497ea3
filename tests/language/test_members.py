"""Members of a class of functions: their derivatives are what is said, and claims are rewritten faithfully."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language import api as dv
from derive.language.abstract import abstract_values
from derive.language.errors import InputError
from derive.language.members import FAMILIES, about_members
from derive.language.paper import Claim, Paper
from derive.record import Verdict

d = dv.dim("d")
L, x, y = dv.function("L", d), dv.vector("x", d), dv.vector("y", d)
gradient, curvature = dv.grad(L(x), x), dv.hessian(L(x), x)


def claim(statement: dv.Relation, *given: dv.Relation) -> Claim:
    return Paper("p").claim("c", statement, given=given)


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("family", FAMILIES)
def test_the_derivatives_in_closed_form_are_the_derivatives(family: type, order: int) -> None:
    """Proved for all sizes."""
    paper = Paper("p")
    member = family("L", x.shape, frozenset())
    below = member.derivatives[order - 1](x)
    found = paper.claim("c", (dv.grad if order == 1 else dv.jacobian)(below, x) == member.derivatives[order](x))
    assert judge(found).verdict is Verdict.PROVED


@pytest.mark.parametrize("share", [0.99, 1])
def test_the_lipschitz_constant_of_the_hessian_is_the_least(share: float) -> None:
    """The Hessian moves by as much as the hypothesis allows, and by no more."""
    moved = dv.opnorm(curvature - dv.subs(curvature, x, y))
    found = judge(claim(moved <= share * dv.norm(x - y), dv.lipschitz(curvature, x) <= 1))
    assert found.verdict is (Verdict.SUPPORTED if share == 1 else Verdict.REFUTED)


def test_a_claim_about_any_function_becomes_one_about_members() -> None:
    stated = claim(dv.norm(gradient) <= 1, dv.lipschitz(curvature, x) <= 1)
    found = about_members(stated)
    assert found.stated is stated
    assert not abstract_values(*(side for r in (*found.relations, *found.given) for side in (r.left, r.right)))
    assert found.members == ("L(z) = (z @ L_P @ z)/2 + L_k @ z + (L_a @ z)**3/6",)


def test_a_claim_without_abstract_functions_stays_as_it_is() -> None:
    stated = claim(dv.norm(x) >= 0)
    assert about_members(stated) is stated


def test_a_smooth_function_is_quadratic() -> None:
    (member,) = about_members(claim(dv.norm(gradient) <= 1, dv.lipschitz(gradient, x) <= 1)).members
    assert member == "L(z) = (z @ L_P @ z)/2 + L_k @ z"


def test_parameters_take_no_name_that_is_taken() -> None:
    other = dv.vector("L_k", d)
    (member,) = about_members(claim(dv.norm(gradient) <= dv.norm(other))).members
    assert "L_k_ @ z" in member


def test_what_is_known_of_no_family_is_refused() -> None:
    with pytest.raises(InputError, match="no function is known"):
        about_members(claim(dv.norm(gradient) <= 1, dv.lipschitz(L(x), x) <= 1))


def test_what_holds_for_members_alone_is_not_proved() -> None:
    """The derivatives of third order of these functions are of rank one, and those of others are not."""
    identity = dv.subs(curvature, x, y) == dv.subs(curvature, x, y)
    assert judge(claim(identity)).verdict is Verdict.SUPPORTED


def test_a_false_claim_falls_with_its_function() -> None:
    found = judge(claim(curvature >> 0))
    assert found.verdict is Verdict.REFUTED
    assert "for L(z) = " in found.reason
    assert r"L(x)" in found.statement_tex
