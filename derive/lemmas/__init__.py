"""Used claims as hypotheses of a proof: which of them may serve, and what is proved with them."""
