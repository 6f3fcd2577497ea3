"""Records made by hand, as real runs leave them and as hostile authors might."""

import pytest

from derive.record import (
    BracketRecord,
    ClaimRecord,
    EvidenceRecord,
    FlagRecord,
    MutantRecord,
    MutationRecord,
    Outcome,
    PaperRecord,
    ParameterRecord,
    Record,
    SampleRecord,
    StepRecord,
    Verdict,
    WhereRecord,
    WitnessRecord,
    make_record,
)

HOSTILE = r"""<script>alert(1)</script> & "x" 'y' $\input{/etc/passwd}$ \end{document} 50% #1 a_b^c ~ {é 中} `z` |"""

FOUND = MutationRecord(
    planted=42,
    killed=42,
    methods={"entries by SymPy": 42, "finite differences": 40},
    applied={"entries by SymPy": 42, "finite differences": 40},
    equivalents=(
        MutantRecord(
            statement_tex=r"\nabla L(x) = (c^\top (\mathrm{diag}(f) - f f^\top)^\top A)^\top",
            statement_text="grad(L, x) == (c @ (diag(f) - outer(f, f)).T @ A).T",
            kind="transpose",
            change="diag(f) - outer(f, f) is transposed",
        ),
    ),
    seconds=1.5,
)
GRADIENT = ClaimRecord(
    id="softmax-regression/gradient",
    kind="identity",
    cite="Lemma 5.6",
    statement_tex=r"\nabla L(x) = A^\top \bigl(f \circ c - \langle f, c\rangle f\bigr)",
    result_tex=r"A^\top (\mathrm{diag}(f) - f f^\top)(f - b)",
    verdict=Verdict.PROVED,
    reason="Both sides have the same normal form, for all n and d.",
    evidence=(
        EvidenceRecord(method="normal form", outcome=Outcome.PROOF, strength="symbolic", seconds=0.0013),
        EvidenceRecord(
            method="entries by SymPy",
            outcome=Outcome.SUPPORT,
            strength="balls",
            seconds=0.41,
            seed=0,
            sizes=({"n": 1, "d": 1}, {"n": 1, "d": 3}, {"n": 3, "d": 1}, {"n": 2, "d": 3}),
            kept=48,
            worst_margin=3.1e-58,
            error_bar=4.6e-57,
        ),
        EvidenceRecord(
            method="finite differences",
            outcome=Outcome.SUPPORT,
            strength="50 digits",
            seconds=0.35,
            seed=0,
            sizes=({"n": 1, "d": 1}, {"n": 4, "d": 2}),
            kept=20,
            rejected=3,
            non_finite=1,
            worst_margin=8.75e-21,
            note="Central differences of order 4.",
        ),
    ),
    derivation=(
        StepRecord(tex=r"du = u \circ (A\,dx)", rule="derivative of exp, chain rule"),
        StepRecord(tex=r"d\alpha = \langle u, A\,dx\rangle", rule="sum of all entries"),
        StepRecord(tex=r"d\alpha^{-1} = -\alpha^{-2}\,d\alpha", rule="power rule"),
        StepRecord(tex=r"df = (\mathrm{diag}(f) - f f^\top) A\,dx", rule="product rule, u / α = f"),
        StepRecord(tex=r"dc = df", rule="b is constant"),
        StepRecord(tex=r"dL = \langle c, dc\rangle = c^\top (\mathrm{diag}(f) - f f^\top) A\,dx", rule="product rule"),
    ),
    seconds=0.79,
    where=WhereRecord(file="checks/softmax_regression.py", line=16),
    reproduce="derive check checks/softmax_regression.py -k gradient --seed 0",
    mutation=FOUND,
)
HESSIAN = ClaimRecord(
    id="softmax-regression/hessian",
    kind="hessian",
    cite="Lemma 5.9, part 2",
    statement_tex=(
        r"\nabla^2 L = A^\top (\mathrm{diag}(f) - f f^\top)(\mathrm{diag}(f) - f f^\top) A"
        r" + A^\top \mathrm{diag}(f \circ c) A - \langle f, c\rangle A^\top \mathrm{diag}(f) A"
        r" - A^\top (f\circ c) f^\top A - A^\top f (f\circ c)^\top A + \langle f, c\rangle A^\top f f^\top A"
    ),
    hypotheses_tex=(r"\lVert A\rVert \le R", r"b \ge 0", r"\lVert b\rVert_1 \le 1"),
    result_tex=(
        r"A^\top \bigl((\mathrm{diag}(f) - f f^\top)^2 + \mathrm{diag}(f\circ c) - \langle f, c\rangle\mathrm{diag}(f)"
        r" - (f\circ c) f^\top - f (f\circ c)^\top + 2\langle f, c\rangle f f^\top\bigr) A"
    ),
    verdict=Verdict.REFUTED,
    expected=Verdict.REFUTED,
    expected_reason="The last term lacks its factor 2.",
    reason="The sides differ at an exact witness.",
    difference_tex=r"-\langle f, c\rangle A^\top f f^\top A",
    repair_tex=(
        r"\nabla^2 L = A^\top (\mathrm{diag}(f) - f f^\top)(\mathrm{diag}(f) - f f^\top) A"
        r" + A^\top \mathrm{diag}(f \circ c) A - \langle f, c\rangle A^\top \mathrm{diag}(f) A"
        r" - A^\top (f\circ c) f^\top A - A^\top f (f\circ c)^\top A + 2\langle f, c\rangle A^\top f f^\top A"
    ),
    witness=WitnessRecord(
        sizes={"n": 2, "d": 1},
        values={"A": [["1"], ["-1/2"]], "x": ["0"], "b": ["0", "1/3"], "alpha_2": "3/7", "S": [["1", "0"], ["0", "2"]]},
        at_entry=(0, 0),
        claimed="5/96",
        derived="7/192",
        snippet="import numpy as np\n\nA = np.array([[1.0], [-0.5]])\nprint(A.T @ A < 1)  # claimed & derived differ\n",
    ),
    evidence=(
        EvidenceRecord(
            method="normal form", outcome=Outcome.INCONCLUSIVE, strength="symbolic", note="The forms differ."
        ),
        EvidenceRecord(
            method="exact witness",
            outcome=Outcome.REFUTATION,
            strength="exact rationals",
            kept=1,
            worst_margin=0.015625,
        ),
        EvidenceRecord(method="enclosure", outcome=Outcome.INAPPLICABLE, note="The domain is not bounded."),
    ),
    derivation=GRADIENT.derivation,
    flags=(FlagRecord(code="unused-hypothesis", text="unused hypothesis: b ≥ 0"),),
    seconds=1.25,
    where=WhereRecord(file="checks/softmax_regression.py", line=21),
    reproduce="derive check checks/softmax_regression.py -k hessian --seed 0",
)
SMOOTH = ClaimRecord(
    id="softmax-regression/smooth",
    kind="bound",
    statement_tex=r"\lVert\nabla^2 L\rVert \le 4 R^2",
    hypotheses_tex=(r"\lVert A\rVert \le R",),
    verdict=Verdict.SUPPORTED,
    reason="Not refuted by 4000 instances; no proof was found.",
    mutation=MutationRecord(tightened=2, tightened_refuted=1, problem="time limit of 60 s"),
    bracket=BracketRecord(
        measure=r"\left\|\nabla^2 L\right\|",
        claimed="4 R^2",
        attack_lower="1.02 R^2",
        derived_upper="6 R^2",
        text={"measure": "opnorm(H)", "claimed": "4*R**2", "attack_lower": "1.02*R**2", "derived_upper": "6*R**2"},
        samples=(
            SampleRecord(
                at=(ParameterRecord(tex="R", text="R", value="0.5"),),
                numbers={"claimed": "1", "attack_lower": "0.255", "derived_upper": "1.5"},
                reached=True,
            ),
        ),
        instance=WitnessRecord(
            sizes={"n": 2}, values={"x": ["1/2", "0"]}, claimed="1", derived="0.255", snippet="print(0.255)\n"
        ),
    ),
    evidence=(
        EvidenceRecord(method="attack", outcome=Outcome.SUPPORT, strength="float64", kept=4000, worst_margin=0.74),
    ),
)
CERTIFIED = ClaimRecord(
    id="softmax-regression/box",
    kind="bound",
    statement_tex=r"L \le 2",
    hypotheses_tex=(r"\lVert x\rVert_\infty \le 1", "n = 2", "d = 1"),
    verdict=Verdict.CERTIFIED,
    reason="An enclosure of 64 boxes covers the domain at n = 2, d = 1.",
)
ILL_POSED = ClaimRecord(
    id="attention/shape",
    kind="identity",
    cite="Definition 3.2",
    statement_tex=r"\nabla L = X^\top (A_1 \otimes A_2) \operatorname{vec}(Y)",
    verdict=Verdict.ILL_POSED,
    reason="X.T has shape (d, n) and A1 ⊗ A2 has shape (n², d²): n ≠ n² unless n = 1.",
    where=WhereRecord(file="checks/attention.py", line=30),
)
UNDECIDED = ClaimRecord(
    id="attention/kink",
    kind="hessian",
    statement_tex=(
        r"\frac{\partial^2 L}{\partial w_r \partial w_s} = \sum_{i=1}^n \bigl[a_r a_s E_{ir} E_{is}"
        r" + \mathbf 1\{r=s\} (F_i - y_i) a_r E_{ir}\bigr] x_i x_i^\top"
    ),
    verdict=Verdict.UNDECIDED,
    reason="The model has a kink where z = 0; the claim does not say which side it means.",
)
BROKEN = ClaimRecord(
    id="attention/contradiction",
    kind="identity",
    statement_tex=r"f(x) = \begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}",
    verdict=Verdict.BROKEN,
    reason="The normal form proves what an exact witness refutes.",
)
VACUOUS = ClaimRecord(
    id="attention/empty",
    kind="psd",
    statement_tex=r"H \succeq 0",
    hypotheses_tex=(r"\lVert x\rVert < 0",),
    verdict=Verdict.VACUOUS,
    reason="No x has a negative norm.",
)
LONG = ClaimRecord(
    id="attention/long",
    kind="identity",
    statement_tex="L = "
    + " + ".join(rf"\langle A_{{{k}}} x, \exp(A_{{{k + 1}}}^\top y)\rangle^{{{k}}}" for k in range(12)),
    hypotheses_tex=tuple(rf"\lVert A_{{{k}}}\rVert_F \le R_{{{k}}}" for k in range(12)),
    verdict=Verdict.PROVED,
    reason="Both sides have the same normal form. " * 6,
    cite="Lemma G.17 of the supplement, the second display after the proof of Theorem 4.1, corrected version of March",
)
HOSTILE_CLAIM = ClaimRecord(
    id="hostile/<b>&claim",
    kind=HOSTILE,
    cite=HOSTILE,
    statement_tex=r"\unknowncommand{</annotation></math><script>alert(2)</script>} \end{document}",
    hypotheses_tex=(r"x < y </math><img src=x onerror=alert(3)>", r"\text{</annotation><b>} = \alpha % }", "{", "é"),
    verdict=Verdict.REFUTED,
    reason=HOSTILE,
    flags=(FlagRecord(code=HOSTILE, text=HOSTILE),),
    difference_tex=r"\frac{1}{" * 5000 + "x" + "}" * 5000,
    repair_tex=r"\write18{touch /tmp/x}",
    witness=WitnessRecord(
        sizes={"</style>": 1}, values={HOSTILE: [["[0.1 +/- 1e-9]", "$"]]}, claimed=HOSTILE, derived="", snippet=HOSTILE
    ),
    derivation=(StepRecord(tex=r"a \\ & b", rule=HOSTILE), StepRecord(tex=r"a = b", rule=HOSTILE)),
    evidence=(EvidenceRecord(method=HOSTILE, outcome=Outcome.SUPPORT, note=HOSTILE, strength=HOSTILE),),
    bracket=BracketRecord(
        measure=HOSTILE,
        claimed=HOSTILE,
        derived_upper=HOSTILE,
        text=dict.fromkeys(("measure", "claimed", "derived_upper"), HOSTILE),
        slack_tex=HOSTILE,
        replaceable=True,
        samples=(
            SampleRecord(
                at=(ParameterRecord(tex=HOSTILE, text=HOSTILE, value=HOSTILE),),
                numbers={"claimed": "1e+5000", "derived_upper": "1e-5000"},
            ),
        ),
        instance=WitnessRecord(sizes={HOSTILE: 1}, values={HOSTILE: HOSTILE}, claimed=HOSTILE, snippet=HOSTILE),
    ),
    mutation=MutationRecord(
        planted=1,
        methods={HOSTILE: 0},
        applied={HOSTILE: 1},
        survivors=(
            MutantRecord(
                statement_tex=r"\write18{touch /tmp/x}",
                statement_text=HOSTILE,
                kind=HOSTILE,
                change=HOSTILE,
                reason=HOSTILE,
            ),
        ),
        faults=(HOSTILE,),
    ),
    where=WhereRecord(file=HOSTILE, line=1),
    reproduce=HOSTILE,
)

SOFTMAX = PaperRecord(
    id="softmax-regression",
    title="Attention Scheme Inspired Softmax Regression",
    source="arXiv:2304.10411",
    symbols=(
        r"A \in \mathbb{R}^{n \times d}",
        r"x \in \mathbb{R}^d",
        r"b \in \mathbb{R}^n \text{ with nonnegative entries}",
        r"\lambda > 0",
        *(
            rf"M_{k} \in \mathbb{{R}}^{{(n + {k}) \times (n + {k})}} \text{{ symmetric positive semidefinite}}"
            for k in range(9)
        ),
        r"z \in \mathbb{R}^n \text{ or } z \in \mathbb{R}^d",
        r"j \in [n]",
    ),
    definitions=(
        r"u = \exp(A x)",
        r"\alpha = \langle u, 1_n\rangle",
        r"f = \alpha^{-1} u",
        r"c = f - b",
        r"L = \tfrac12 \lVert c\rVert^2",
    ),
    claims=(GRADIENT, HESSIAN, SMOOTH, CERTIFIED),
)
ATTENTION = PaperRecord(
    id="attention",
    title="Fast Gradient Computation for One-Layer Attention",
    source="arXiv:2402.04497",
    definitions=(r"E = \exp(A_1 X A_2^\top)", r"F = \mathrm{diag}(E 1_n)^{-1} E"),
    claims=(ILL_POSED, UNDECIDED, BROKEN, VACUOUS, LONG),
)
UNREADABLE = PaperRecord(
    id="unreadable", error="checks/unreadable.py, line 3: unknown name 'softmx'; did you mean softmax?"
)
HOSTILE_PAPER = PaperRecord(
    id="hostile",
    title=HOSTILE,
    source=HOSTILE,
    symbols=(HOSTILE, r"\text{ $x$} \in \mathbb{R}", r"W_{\text{ in}} \text{ \% or }"),
    definitions=("$$", "a = b"),
    claims=(HOSTILE_CLAIM,),
    error=HOSTILE,
)
VERSIONS = {"derive": "0.1.0", "python": "3.11.7", "sympy": "1.14.0"}


@pytest.fixture(scope="session")
def realistic() -> Record:
    """All eight verdicts in two papers, and a paper that could not be read."""
    return make_record([SOFTMAX, ATTENTION, UNREADABLE], versions=VERSIONS, seed=0)


@pytest.fixture(scope="session")
def hostile() -> Record:
    """Text that tries to leave every field it stands in."""
    return make_record([SOFTMAX, HOSTILE_PAPER], versions=VERSIONS | {HOSTILE: HOSTILE}, seed=0)


@pytest.fixture(scope="session")
def empty() -> Record:
    """A run that checked nothing."""
    return make_record([], versions=VERSIONS, seed=0)
