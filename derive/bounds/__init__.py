"""The norm calculus: bounds in closed form, derived from a model's expression and its hypotheses, with a proof tree."""
