"""How a claim scales: by which powers of one number its symbols may be multiplied under the hypotheses."""
