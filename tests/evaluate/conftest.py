"""What the tests of evaluation share."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(params=["sympy", "symengine"])
def engine(request: pytest.FixtureRequest) -> Any:
    """The library of formulas; symengine is optional."""
    return pytest.importorskip(request.param)
