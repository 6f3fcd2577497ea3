"""A long equation is broken where a mathematician would break it, and says the same after."""

import pytest

from derive.render.atoms import atoms, width
from derive.render.lines import aligned, equation

SUM = "L = " + " + ".join(f"a_{{{k}}} x_{{{k}}}" for k in range(12))
FORMULAS = [
    SUM,
    r"\nabla^2 L = A^\top \bigl(\mathrm{diag}(f) - f f^\top\bigr) A + \left(\frac{a - b}{c + d} + e\right)^2",
    r"x'^2 - \begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix} \le \sqrt{a + b} \text{ for a = b}",
    r"a \quad b \, c \! d",
    r"{ } _ ^ \left( \begin{x",  # faulty TeX is read to its end
]


@pytest.mark.parametrize("tex", FORMULAS)
def test_the_atoms_of_a_formula_join_to_it(tex: str) -> None:
    assert "".join(atom.tex for atom in atoms(tex)) == tex


@pytest.mark.parametrize("tex", FORMULAS)
@pytest.mark.parametrize("limit", [3.0, 10.0, 30.0])
def test_breaking_loses_nothing(tex: str, limit: float) -> None:
    def bare(text: str) -> str:
        for fixed, growing in ((r"\Bigl", r"\left"), (r"\Bigr", r"\right"), (r"\quad {}", ""), ("&", "")):
            text = text.replace(fixed, growing)
        return "".join(text.split())

    assert bare("".join(equation(tex, limit).lines)) == bare(tex)


def test_a_formula_that_fits_is_left_alone() -> None:
    assert aligned("a = b + c", 20.0) == "a = b + c"


@pytest.mark.parametrize("limit", [12.0, 20.0, 34.0])
def test_no_line_of_a_sum_is_wider_than_the_limit(limit: float) -> None:
    lines = equation(SUM, limit).lines
    assert len(lines) > 1
    assert max(width(line.replace("&", "", 1)) for line in lines) <= limit + 2.0  # the left side counts once a line


@pytest.mark.parametrize("limit", [12.0, 20.0, 34.0])
def test_a_group_wider_than_a_line_is_broken_inside(limit: float) -> None:
    """Its delimiters have a fixed size then; inner groups that fit keep theirs."""
    inner = r"\left( \frac{a}{b} - c \right)"
    lines = equation(rf"\left\| {' + '.join([inner] * 12)} \right\|_F \le R", limit).lines
    assert lines[0].startswith(r"& \Bigl\|")
    assert "".join(lines).count(inner) == 12
    assert max(width(line.replace("&", "", 1)) for line in lines) <= limit + 2.0


def test_lines_break_at_relations_before_signs() -> None:
    assert equation("a = bbbbbbbbbb + c = d", 10.0).lines == ("a & = bbbbbbbbbb + c", "& = d")


def test_lines_break_before_a_sign_that_joins_two_terms_alone() -> None:
    """The sign of a number is not taken from it."""
    assert equation("aaaaaa = -bbbbbbbb - (-cccccccc)", 12.0).lines == (
        "aaaaaa & = -bbbbbbbb",
        r"& \quad {} - (-cccccccc)",
    )


def test_a_product_broken_before_a_parenthesis_gets_a_dot() -> None:
    assert equation("a = (bbbbbb + c)(dddddd + e)", 10.0).lines == (
        "a & = (bbbbbb + c)",
        r"& \quad {} \cdot (dddddd + e)",
    )


def test_a_wide_left_side_stands_on_a_line_of_its_own() -> None:
    assert equation("aaaaaaaaaaaa = bbbbbbbbbb", 10.0).lines == ("& aaaaaaaaaaaa", "& = bbbbbbbbbb")


def test_a_fraction_is_never_broken() -> None:
    tex = r"x = \frac{" + " + ".join(["aaaa"] * 9) + "}{b}"
    assert equation(tex, 5.0).lines == (tex.replace("x =", "x & ="),)


@pytest.mark.parametrize(
    ("tex", "em"),
    [("x", 0.57), ("x = y", 2.4), (r"\frac{a+b}{c}", 2.4), (r"\mathrm{diag}(f)", 3.2), ("x_{ij}^2", 1.2)],
)
def test_the_estimate_is_near_the_width_in_computer_modern(tex: str, em: float) -> None:
    """Widths measured with \\settowidth at 10 pt; the estimate errs on the wide side."""
    assert em * 0.9 <= width(tex) <= em * 1.45


def test_listed_equations_stand_below_each_other() -> None:
    assert equation(r"a = bbbbbbbb, \quad cc = dddddddd", 8.0).lines == ("a & = bbbbbbbb,", "cc & = dddddddd")
    assert aligned(r"a = b, \quad c = d", 30.0) == r"a = b, \quad c = d"
