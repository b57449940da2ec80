"""The field's formulas: arrays in, numbers out, the source of each method in its docstring."""
