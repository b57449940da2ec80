"""Parts of step 3: rules, number, problem, names, measures, reasons."""
