"""Lines of an author's code are found below NumPy's own frames."""

from __future__ import annotations

import numpy as np
import pytest

from derive.evaluate.generic.place import Place, current_place, raised_at


def test_the_line_is_the_one_being_run() -> None:
    place = current_place()
    assert (place.file, place.source) == (__file__, "place = current_place()")


def test_an_error_is_placed_where_it_left_the_authors_code() -> None:
    with pytest.raises(ValueError, match="shape mismatch") as caught:
        np.broadcast_arrays(np.ones(2), np.ones(3))
    place = raised_at(caught.value)
    assert place is not None
    assert place.source == "np.broadcast_arrays(np.ones(2), np.ones(3))"


def test_a_place_is_printed_with_file_and_line() -> None:
    assert str(Place("/some/where/model.py", 7, "np.maximum(z, 0)")) == "np.maximum(z, 0) (model.py:7)"
