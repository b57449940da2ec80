"""From a plan to a better one: prices on centres, shifts and swaps, chains of connected moves."""
