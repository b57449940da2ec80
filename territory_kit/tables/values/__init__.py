"""Texts of cells turned into numbers, money, dates, choices."""
