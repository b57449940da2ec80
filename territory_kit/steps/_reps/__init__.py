"""Parts of step 4: strengths, fit, who takes what, swaps."""
