"""Plain text prints as it is, in LaTeX and in Markdown."""

import pytest

from derive.render import escape


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("a_b & 50% #1 $x$ {y}", r"a\_b \& 50\% \#1 \$x\$ \{y\}"),
        ("\\input{x}", r"\textbackslash{}input\{x\}"),
        ("é ü ß", "é ü ß"),
        ("ő", "o"),
        ("中", "[U+4E2D]"),
        ("α ≤ Λ² ⊗ Α", r"$\alpha$ $\le$ $\Lambda$$^{2}$ $\otimes$ [U+0391]"),
        ("two\n\nlines", "two lines"),
        ("\x00\x1b[31m", "[U+0000][U+001B][31m"),
    ],
)
def test_latex(text: str, latex: str) -> None:
    assert escape.latex(text) == latex


def test_long_code_is_cut_and_says_so() -> None:
    """No paragraph of a paper is a page of code."""
    assert "99999 characters" in escape.latex_code("x" * 99_999)
    assert len(escape.latex_code("x" * 99_999)) < 2_000


def test_a_label_has_no_character_that_tex_acts_on() -> None:
    assert escape.label("paper_1/a%b{c}") == "paper-1/a-b-c-"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [("a|b", r"a\|b"), ("<b>&", "&lt;b&gt;&amp;"), ("*x* _y_ `z`", r"\*x\* \_y\_ \`z\`"), ("a\nb", "a b")],
)
def test_markdown(text: str, markdown: str) -> None:
    assert escape.markdown(text) == markdown


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("equal normal forms", "Equal normal forms."),
        ("q is positive", "q is positive."),
        ("grad(L) has two shapes", "grad(L) has two shapes."),
        ("gamma <f, v> stands in place of f", "gamma <f, v> stands in place of f."),
        ("a factor 2 is missing", "A factor 2 is missing."),
        ("lambda is positive", "lambda is positive."),
        ("Done.", "Done."),
        ("", ""),
    ],
)
def test_a_sentence_keeps_the_case_of_symbols(text: str, sentence: str) -> None:
    assert escape.sentence(text) == sentence
