"""Widgets for JupyterLab: each reads a result, calls one public function and shows what it gives.

Every choice is a record in the plan's `choices.yaml` that is replayed without the widget.
"""

from territory_kit.lab.what_if import Choice, WhatIf

__all__ = ["Choice", "WhatIf"]
