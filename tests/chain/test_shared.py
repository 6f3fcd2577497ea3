"""Definitions that several claims speak of."""

from derive.chain.shared import shared
from derive.record import ClaimRecord, SharedRecord, StatementRecord, Verdict

DEFINITIONS = {"u": "exp(x)", "f": "u / u.sum()", "uf": "u * f"}


def claim(name: str, *relations: str, given: tuple[str, ...] = ()) -> ClaimRecord:
    statement = StatementRecord(relations=relations, given=given, definitions=DEFINITIONS)
    return ClaimRecord(id=name, kind="bound", statement_tex="", verdict=Verdict.PROVED, statement=statement)


def test_a_definition_links_the_claims_that_name_it_in_statement_or_hypotheses() -> None:
    found = shared([claim("a", "f >= 0"), claim("b", "x == x", given=("f <= 1",)), claim("c", "x >= 0")])
    assert found == (SharedRecord(definition="f", claims=("a", "b")),)


def test_a_definition_inside_another_links_nothing() -> None:
    """``f`` is made of ``u``, which only one of the claims names."""
    assert shared([claim("a", "f >= 0"), claim("b", "u >= 0")]) == ()


def test_a_part_of_a_name_is_another_name() -> None:
    assert shared([claim("a", "uf >= 0"), claim("b", "u >= 0")]) == ()


def test_a_claim_without_text_is_left_out() -> None:
    bare = ClaimRecord(id="b", kind="bound", statement_tex="", verdict=Verdict.ILL_POSED)
    assert shared([claim("a", "f >= 0"), bare]) == ()
