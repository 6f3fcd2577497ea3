"""What is wrong with an array that should equal another: numbers alone, with error bars, told in words."""
