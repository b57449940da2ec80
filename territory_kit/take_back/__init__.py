"""Take moves back that do not pay: list them, and bind their accounts to today's territory."""

from territory_kit.take_back.moves import TakeBack, find_moves
from territory_kit.take_back.rows import make_rows
from territory_kit.take_back.show import print_moves
from territory_kit.take_back.write import add_overrides

__all__ = ["TakeBack", "add_overrides", "find_moves", "make_rows", "print_moves"]
