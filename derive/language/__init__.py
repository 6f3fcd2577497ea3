"""What an author writes: dimensions, tensors, functions, hypotheses, claims and papers."""
