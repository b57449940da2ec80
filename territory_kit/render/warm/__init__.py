"""Processes that are ready at once: forked from one that has imported everything already."""
