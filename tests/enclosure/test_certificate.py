"""The certificate as it is recorded: exact numbers as text, and the same after it was written and read."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from derive.enclosure.certificate import certificate
from derive.enclosure.enclose import enclose
from derive.record import CertificateRecord
from tests.enclosure.claims import BALL, SIMPLEX, B, obligation


def recorded(statement: str, *given: str) -> CertificateRecord:
    return certificate(enclose(obligation(statement, *given), 10**8))


def test_a_certificate_is_the_same_after_writing_and_reading() -> None:
    found = recorded(f"{B} >> -0.3*eye(n)", *SIMPLEX, *BALL, "n <= 2")
    assert msgspec.json.decode(msgspec.json.encode(found), type=CertificateRecord) == found


def test_its_numbers_are_exact() -> None:
    [case] = recorded("t**4 - t**3 <= 1/8", "t >= 1/7", "t <= 1/3").cases
    [parameter] = case.parameters
    assert (Fraction(parameter.low), Fraction(parameter.high)) == (Fraction(1, 7), Fraction(1, 3))


def test_a_vertex_has_the_shape_of_its_symbol() -> None:
    found = recorded("sum(A) + t**3 <= 9", "A <= 1", "A >= 0", "abs(t) <= 1", "n == 2", "m == 1")
    assert all(len(case.fixed["A"]) == 2 and len(case.fixed["A"][0]) == 1 for case in found.cases)


def test_the_reductions_that_were_used_are_named() -> None:
    found = recorded("lambda_max(diag(softmax(z))) <= 1.1", "n <= 2")
    assert found.replaced == {"p": "softmax(z)"}
    assert any("softmax" in name for name in found.reductions)
    assert any("eigenvector" in name for name in found.reductions)
