"""Plans at an address, such as a bucket, which machines without a common drive share.

The door is `territory_kit.render.stored.batch.render_stored_plan`.
"""
