"""Files as they are: read as cells of text, written for people."""
