"""Parts of step 5: visits, costs, moves, comparison, questions."""
