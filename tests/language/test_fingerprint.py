"""The fingerprint of a claim: whatever its verdict depends on changes it, and nothing else does."""

from pathlib import Path

import pytest

from derive.language.fingerprint import fingerprint
from derive.language.load import load

PAPER = """
from derive import Paper, dims, grad, matrix, norm, scalar, softmax, vector
n, d = dims("n d")
A, x, b = matrix("A", n, d), vector("x", d), vector("b", n)
t = scalar("t", positive=True)
paper = Paper("said")
f = paper.let("f", softmax(A @ x))
c = paper.let("c", f - b)
paper.claim("lemma", t <= 1)
paper.claim("claim", norm(c) <= 2 * t, given=[norm(b) <= 1], using="lemma", cite="Lemma 1")
paper.claim("other", norm(A @ x) >= 0)
"""


def told(folder: Path, text: str, claim: str = "claim") -> str | None:
    path = folder / "paper.py"
    path.write_text(text)
    (paper,) = load(path)
    known = {claim.id: claim for claim in paper.claims}
    found = known[f"said/{claim}"]
    return fingerprint(found, [known[name] for name in found.using])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2 * t", "3 * t"),
        ("norm(c) <= 2", "norm(c, 1) <= 2"),
        ("norm(b) <= 1", "norm(b) <= 2"),
        ("given=[norm(b) <= 1], ", ""),
        ('given=[norm(b) <= 1]', 'given=[norm(b) <= 1, t <= 1]'),
        ("f - b", "f + b"),
        ("softmax(A @ x)", "softmax(2 * A @ x)"),
        ('paper.let("f", softmax(A @ x))', 'paper.let("f", softmax(A @ x), tex="g")'),
        ('matrix("A", n, d)', 'matrix("A", n, d, nonnegative=True)'),
        ("positive=True", "nonnegative=True"),
        ("t <= 1", "t <= 2"),
        ('using="lemma", ', ""),
        ('"claim", norm(c) <= 2 * t', '"claim", norm(c) <= 2 * t, kind="lipschitz"'),
        ('"claim", norm(c) <= 2 * t', r'"claim", norm(c) <= 2 * t, tex=r"\\|c\\| \\le 2t"'),
        ("norm(c) <= 2 * t", "2 * t >= norm(c)"),
        ("norm(c) <= 2 * t", "[norm(c) <= 2 * t, t > 0]"),
        ('dims("n d")', 'dims("m d")'),
        ('Paper("said")\n', 'Paper("said")\ng = paper.let("g", A @ x)\n'),
    ],
)  # fmt: skip
def test_what_a_verdict_or_its_words_depend_on_changes_the_fingerprint(tmp_path: Path, old: str, new: str) -> None:
    assert old in PAPER
    assert told(tmp_path, PAPER) != told(tmp_path, PAPER.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\npaper = ", "\n\n# a comment\npaper = "),
        ('paper.claim("other", norm(A @ x) >= 0)\n', ""),
        ('paper.claim("other", ', 'g = paper.let("g", A @ x)\npaper.claim("other", '),
        ('paper.claim("claim", ', 'paper.claim("new", x @ x >= 0)\npaper.claim("claim", '),
        ('"Lemma 1"', '"Lemma 2"'),
        ('cite="Lemma 1"', 'cite="Lemma 1", expect="refuted", reason="2 is too small"'),
        ("norm(c) <= 2 * t", "norm(c) <= (2 * t)"),
    ],
)
def test_what_no_verdict_depends_on_leaves_the_fingerprint(tmp_path: Path, old: str, new: str) -> None:
    assert old in PAPER
    assert told(tmp_path, PAPER) == told(tmp_path, PAPER.replace(old, new, 1))


def test_claims_in_another_order_keep_their_fingerprints(tmp_path: Path) -> None:
    *head, lemma, claim, other = PAPER.splitlines(keepends=True)
    moved = "".join([*head, other, lemma, claim])
    for name in ("lemma", "claim", "other"):
        assert told(tmp_path, PAPER, name) == told(tmp_path, moved, name)


def test_no_two_claims_of_a_paper_share_a_fingerprint(tmp_path: Path) -> None:
    assert len({told(tmp_path, PAPER, name) for name in ("lemma", "claim", "other")}) == 3


def test_one_symbol_and_two_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Which nodes are one object is part of what an examination sees."""
    twice = PAPER.replace("norm(c) <= 2 * t", "norm(c) <= t + t")
    apart = PAPER.replace("norm(c) <= 2 * t", 'norm(c) <= t + scalar("t", positive=True)')
    assert told(tmp_path, twice) != told(tmp_path, apart)


def test_a_claim_about_code_has_no_fingerprint(tmp_path: Path) -> None:
    """Its verdict depends on all that the code does, which no text tells."""
    code = 'F = paper.function("F", lambda x: x @ x, d)\npaper.claim("code", F(x) >= 0)\n'
    assert told(tmp_path, PAPER + code, "code") is None
    assert told(tmp_path, PAPER + code) == told(tmp_path, PAPER)


def test_a_statement_that_says_nothing_has_its_text_and_its_fault_in_the_fingerprint(tmp_path: Path) -> None:
    texts = [f'paper.claim("typed", "A @ {name} == x")\n' for name in ("b", "f")]
    first, second = (told(tmp_path, PAPER + text, "typed") for text in texts)
    assert first is not None
    assert first != second
