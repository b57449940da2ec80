"""Batch rendering: five notebooks per region in one kernel, one report per region, one index.

The door is `territory_kit.render.batch.render_plan`.
"""

# papermill loads every registered engine while it is imported itself, ours included. Importing it
# first, here, lets that happen before `engine` asks for papermill's classes.
import papermill

__all__ = ["papermill"]
