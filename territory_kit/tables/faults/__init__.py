"""What is wrong with an input, as a record, and how it is shown."""
