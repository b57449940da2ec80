"""The parts of the invented company in `data/sample`; `tools/make_sample.py` puts them together."""
