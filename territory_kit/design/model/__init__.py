"""The problem as the search sees it: pieces, limits, distances, and the rules beside limits."""
