"""The checker checked: errors planted in a claim, and which of them the numeric methods of evidence find."""
