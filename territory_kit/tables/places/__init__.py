"""Where accounts are: coordinates checked, and found where they are missing."""
