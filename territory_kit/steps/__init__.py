"""The five steps of a plan: one main function each, tables in, frozen result out."""
