"""Batch rendering: five notebooks per region in one kernel, one report per region, one index.

The door is `territory_kit.render.batch.render_plan`.
"""
