"""Parts of step 2: the score and its bounds, classes and their reasons, visits."""
