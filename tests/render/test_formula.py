"""A formula is typeset or shown as typed; none is lost, and none breaks the page it stands in."""

from xml.etree import ElementTree

import pytest

from derive.render.formula import MathMLWriter, fault
from derive.render.portable import portable_fault

READ = [
    r"A^\top (\mathrm{diag}(f) - f f^\top)(f - b)",
    r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}",
    r"\lVert A\rVert_F \preceq \tfrac12 \lambda_{\max}(S)",
    r"\frac{\partial^2 L}{\partial w_r\,\partial w_s} = \sum_{i=1}^n \bigl[x_i\bigr]",
    r"\mathbf 1\{z > 0\} \odot \operatorname{vec}(X) \otimes I_d",
]
REFUSED = [
    "",
    "{",
    r"\frac{a}",
    r"\unknown x",
    r"\begin{split} a \end{split}",
    r"a & b",
    r"x^a^b",
    "{" * 20_000 + "}" * 20_000,
    r"\frac{1}{" * 5_000 + "x" + "}" * 5_000,
    r"\sqrt" * 4_000 + "x",
    "x" * 30_000,
]
HOSTILE = [
    r"x < y </math><script>alert(1)</script>",
    r"\text{</annotation></semantics></math><img src=x onerror=alert(1)>}",
    r"\unknown{</code><script>alert(1)</script>}",
    r'\unknown{" onmouseover="alert(1)}',
]
NOT_PORTABLE = [
    r"\input{x}",
    r"\write18{x}",
    r"\def\x{y}\x",
    r"\newcommand{\x}{y}\x",
    r"a % b",
    r"\text{a_b}",
    r"\text{$a$}",
    r"\begin{document} x \end{document}",
    "α",
    r"\bm{x}",
    r"\color{red} x",
]


@pytest.mark.parametrize("tex", READ)
def test_a_formula_of_a_paper_is_typeset_in_html_and_latex(tex: str) -> None:
    assert fault(tex) is None
    assert portable_fault(tex) is None


@pytest.mark.parametrize("tex", REFUSED, ids=lambda tex: tex[:16] or "empty")
def test_what_is_no_formula_is_shown_as_typed_and_counted(tex: str) -> None:
    writer = MathMLWriter()
    shown = writer.display(tex, 30.0)
    assert writer.refused == 1
    assert ElementTree.fromstring(str(shown)).tag == "code"
    assert ElementTree.fromstring(str(shown)).text == (tex or None)


@pytest.mark.parametrize("tex", HOSTILE + READ)
def test_markup_stays_well_formed(tex: str) -> None:
    shown = str(MathMLWriter().inline(tex)).replace("&ApplyFunction;", "")
    assert ElementTree.fromstring(shown).tag in ("math", "code")
    assert not {element.tag for element in ElementTree.fromstring(shown).iter()} & {"script", "img"}


@pytest.mark.parametrize("tex", READ)
def test_the_source_is_kept_as_an_annotation(tex: str) -> None:
    shown = ElementTree.fromstring(str(MathMLWriter().inline(tex)).replace("&ApplyFunction;", ""))
    assert [element.text for element in shown.iter("annotation")] == [tex]


@pytest.mark.parametrize("tex", NOT_PORTABLE)
def test_latex_is_given_no_command_that_reaches_beyond_a_formula(tex: str) -> None:
    assert portable_fault(tex)


def test_a_script_at_a_bracket_is_raised_as_in_tex() -> None:
    """The script hangs at an empty base, whose height MathML does not add."""
    assert '<mo stretchy="false">)</mo><msup><mrow></mrow><mn>2</mn></msup>' in MathMLWriter().inline("(a)^2")
