"""One code run at many points, in balls: watched the first time, straight after that where it does not branch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from derive.evaluate.balls import Balls
from derive.evaluate.generic.arithmetic import Arithmetic
from derive.evaluate.generic.matrices import Constants, Matrices
from derive.evaluate.generic.place import Place
from derive.evaluate.generic.straight import run_straight
from derive.evaluate.system import Array, System
from derive.testing.code import Code


@dataclass
class Runs:
    """The runs of ``code``. Use it within ``system.context()``.

    Attributes:
        constants: what the floats of the code stand for; None takes them as they are.
        ties: the comparisons of the last run that it left open.
        straight: whether a watched run has shown that the code is straight-line.
        scattered: whether floats then met numbers outside of arrays.
        refused: whether a straight run has failed; then there is no other.
    """

    code: Code
    system: Balls
    matrices: Matrices
    constants: Constants | None = None
    ties: list[Place] = field(default_factory=list)
    straight: bool = False
    scattered: bool = False
    refused: bool = False

    def __call__(self, point: Array, *before: Array) -> Array:
        """The value at ``point``; ``before`` are arguments that stand before the code's own.

        Raises:
            Exception: whatever a watched run raises, see ``derive.evaluate.generic.run``.
        """
        if self.straight:
            found = self.straight_value(point, *before)
            if found is not None:
                self.ties = []
                return found
        return self.watched(point, self.system, *before)

    def watched(self, point: Array, system: System, *before: Array) -> Array:
        """The value in any system, run with every comparison noticed."""
        arithmetic = Arithmetic(system, strict=False, constants=self.constants, matrices=self.matrices)
        found = replace(self.code, arguments=(*before, *self.code.arguments)).numbers(point, arithmetic)
        self.ties, self.scattered = arithmetic.ties, arithmetic.scattered
        self.straight = arithmetic.straight and not self.refused
        return found

    def straight_value(self, point: Array, *before: Array) -> Array | None:
        """The value for balls or jets; None where the code cannot be run straight."""
        try:
            arguments = [point, *before, *self.code.arguments]
            return run_straight(self.code.function, arguments, self.matrices, self.constants)
        except Exception:  # a watched run tells what it is
            self.straight, self.refused = False, True
            return None

    def standing_for(self, constants: Constants) -> Runs:
        """The same code with other constants, which in a straight run are found in arrays alone."""
        straight = self.straight and not self.scattered
        return replace(self, constants=constants, straight=straight)
