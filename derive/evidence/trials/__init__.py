"""A claim tried at instances: its sides compared in balls at growing precision, region by region."""
