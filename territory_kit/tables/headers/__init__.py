"""Which column of a file is which of ours."""
