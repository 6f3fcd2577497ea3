"""What hypotheses say: contradictions among them, and the conditions that a statement takes for granted."""
