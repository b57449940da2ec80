"""Where to begin, how to go on and when to stop."""
