"""What holds between inputs: references, owners, decisions."""
