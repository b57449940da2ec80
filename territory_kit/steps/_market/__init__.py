"""Parts of step 1: scope, potential, and what the reader must know."""
