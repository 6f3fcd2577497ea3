"""Words of a declaration stand outside of its formulas, where a line may break between them."""

import pytest

from derive.render.declaration import running_text


@pytest.mark.parametrize(
    ("declared", "parts"),
    [
        (r"\lambda > 0", [r"$\lambda > 0$"]),
        (r"S \in \mathbb{R}^{d \times d} \text{ symmetric}", [r"$S \in \mathbb{R}^{d \times d}$", "SYMMETRIC"]),
        (r"z \in \mathbb{R} \text{ or } z > 0", [r"$z \in \mathbb{R}$", "OR", "$z > 0$"]),
        (
            r"z \in \mathbb{R} \text{ positive} \text{ or } z > 0",
            [r"$z \in \mathbb{R}$", "POSITIVE OR", "$z > 0$"],
        ),
        (r"W_{\text{ in}} \in \mathbb{R}", [r"$W_{\text{ in}} \in \mathbb{R}$"]),
        (r"\text{rate}_{i} > 0", [r"$\text{rate}_{i} > 0$"]),
        (r"\text{ in}_{i} > 0", [r"$\text{ in}_{i} > 0$"]),
        ("", []),
    ],
)
def test_formulas_and_words_take_turns(declared: str, parts: list[str]) -> None:
    assert running_text(declared, "${}$".format, str.upper) == parts
