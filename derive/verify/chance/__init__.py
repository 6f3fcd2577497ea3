"""Steps about probabilities and expectations, looked at again: written anew, by values at points."""
