"""Values of expressions at explicit sizes, in one number system or another."""
