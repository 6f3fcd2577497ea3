"""One module a format: ``write(record, out)`` returns the files that it wrote."""
