"""What a reader is told beside a verdict."""
