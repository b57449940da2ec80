"""The command `territory-kit design`: divide the units of one file into territories.

`command` holds the options, `limits` and `request` what they ask for together, `run` the way from
file to file: `inputs` reads and checks (with `read_cells`, `units`, `edges`, `territories`),
`question` asks the engine, `answer` and `summary` write and tell what came of it, `clock` keeps the
time. Nothing is imported here, so that help comes at once.
"""
