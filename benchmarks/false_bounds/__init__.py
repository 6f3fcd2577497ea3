"""Whether a false bound is ever proved or certified, or a true one refuted; see ``__main__``."""
