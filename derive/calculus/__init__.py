"""The symbolic calculus: normal form, derivatives, decision, and the way back to matrix notation."""
