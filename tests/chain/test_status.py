"""What a claim rests on, and whether all of it was checked."""

import msgspec
import pytest

from derive.chain.status import concluded
from derive.record import ClaimRecord, ConditionalRecord, ExtremeRecord, FlagRecord, PaperRecord, Verdict


def claim(name: str, verdict: Verdict, uses: str = "", needs: str = "") -> ClaimRecord:
    """A claim; ``needs`` names the used claims from which it is proved."""
    conditional = ConditionalRecord(premises=tuple(needs.split()), reason="by lemmas") if needs else None
    used = tuple(f"{uses} {needs}".split())
    return ClaimRecord(
        id=name, kind="bound", statement_tex="", verdict=verdict, reason="tried", uses=used, conditional=conditional
    )


def after(*claims: ClaimRecord) -> dict[str, ClaimRecord]:
    (paper,) = concluded([PaperRecord(id="p", claims=claims)])
    return {found.id: found for found in paper.claims}


PROVED, CERTIFIED, SUPPORTED, REFUTED = Verdict.PROVED, Verdict.CERTIFIED, Verdict.SUPPORTED, Verdict.REFUTED


def test_a_claim_that_uses_nothing_has_no_chain() -> None:
    assert after(claim("a", PROVED))["a"].chain is None


@pytest.mark.parametrize(
    ("lemma", "theorem", "checked"),
    [
        (PROVED, PROVED, True),
        (CERTIFIED, PROVED, True),
        (PROVED, CERTIFIED, True),
        (SUPPORTED, PROVED, False),
        (REFUTED, PROVED, False),
        (Verdict.UNDECIDED, PROVED, False),
        (PROVED, SUPPORTED, False),
    ],
)
def test_fully_checked_asks_for_the_claim_and_all_that_it_rests_on(
    lemma: Verdict, theorem: Verdict, checked: bool
) -> None:
    chain = after(claim("a", lemma), claim("b", PROVED, "a"), claim("c", theorem, "b"))["c"].chain
    assert chain is not None
    assert chain.fully_checked is checked


def test_what_is_missing_is_named_with_its_verdict() -> None:
    chain = after(claim("a", SUPPORTED), claim("b", PROVED, "a"), claim("c", PROVED, "b q/d"))["c"].chain
    assert chain is not None
    assert chain.words == "rests on a, which is supported only, and on q/d, which was not examined in this run"


def test_a_false_link_of_a_diamond_is_seen_from_its_top_and_not_from_its_other_side() -> None:
    found = after(
        claim("bottom", PROVED),
        claim("false", REFUTED, "bottom"),
        claim("true", PROVED, "bottom"),
        claim("top", PROVED, "false true"),
    )
    chains = {name: found[name].chain for name in ("top", "true")}
    assert chains["top"] is not None
    assert chains["true"] is not None
    assert [premise.claim for premise in chains["top"].missing] == ["false"]
    assert chains["true"].fully_checked


def test_nothing_on_a_circle_is_fully_checked() -> None:
    found = after(claim("a", PROVED, "b"), claim("b", PROVED, "a"), claim("c", PROVED, "a"))
    assert [chain.fully_checked for name in "abc" if (chain := found[name].chain)] == [False, False, False]
    assert found["c"].chain is not None
    assert "circular" in found["c"].chain.words


def test_a_proof_from_proved_lemmas_is_a_proof_whatever_their_order_in_the_file() -> None:
    found = after(claim("c", SUPPORTED, needs="b"), claim("b", SUPPORTED, needs="a"), claim("a", PROVED))
    assert {name: item.verdict for name, item in found.items()} == dict.fromkeys("abc", PROVED)
    assert found["c"].reason == "by lemmas"


@pytest.mark.parametrize("lemma", [SUPPORTED, CERTIFIED, Verdict.UNDECIDED])
def test_a_proof_from_a_lemma_that_is_not_proved_is_none(lemma: Verdict) -> None:
    theorem = after(claim("a", lemma), claim("b", SUPPORTED, needs="a"))["b"]
    assert theorem.verdict is SUPPORTED
    assert "it follows from a" in theorem.reason


def test_a_proof_from_a_lemma_that_was_not_examined_is_none() -> None:
    theorem = after(claim("b", SUPPORTED, needs="a"))["b"]
    assert theorem.verdict is SUPPORTED
    assert "not examined in this run" in theorem.reason


def test_a_proof_from_a_false_lemma_rests_on_nothing() -> None:
    theorem = after(claim("a", REFUTED), claim("b", SUPPORTED, needs="a"))["b"]
    assert theorem.verdict is SUPPORTED
    assert "rests on nothing: a is refuted" in theorem.reason


def test_a_refuted_claim_that_follows_from_a_false_lemma_stays_refuted() -> None:
    assert after(claim("a", REFUTED), claim("b", REFUTED, needs="a"))["b"].verdict is REFUTED


def test_a_refuted_claim_that_follows_from_proved_lemmas_is_broken() -> None:
    assert after(claim("a", PROVED), claim("b", REFUTED, needs="a"))["b"].verdict is Verdict.BROKEN


def test_claims_that_prove_each_other_prove_nothing() -> None:
    found = after(claim("a", SUPPORTED, needs="b"), claim("b", SUPPORTED, needs="a"))
    assert [item.verdict for item in found.values()] == [SUPPORTED, SUPPORTED]


def test_what_nobody_can_run_is_told_of_all_that_rests_on_it() -> None:
    flags = (FlagRecord(code="large-regime", text="needs m >= 2.0e14"), FlagRecord(code="met-only-at", text="n = 1"))
    lemma = msgspec.structs.replace(claim("a", PROVED), flags=flags)
    chain = after(lemma, claim("b", PROVED, "a"), claim("c", PROVED, "b"))["c"].chain
    assert chain is not None
    assert chain.extremes == (ExtremeRecord(claim="a", text="needs m >= 2.0e14"),)
