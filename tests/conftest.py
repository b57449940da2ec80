"""Settings of all tests: the same examples in every run, so that a change shows what it changed."""

from hypothesis import settings

settings.register_profile("same-examples", derandomize=True, database=None)
settings.load_profile("same-examples")
