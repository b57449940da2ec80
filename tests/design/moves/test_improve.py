"""Shifts and swaps at fixed centres."""

import numpy as np

from territory_kit.design.model.instance import Limits
from territory_kit.design.moves.improve import improve_labels

PENALTY = 1e6


def test_a_shift_brings_a_piece_home_where_limits_allow_it() -> None:
    costs = np.array([[0.0, 9], [0, 9], [9, 0]])
    limits = Limits(np.ones((3, 1)), np.zeros((2, 1)), np.full((2, 1), 3.0))
    assert improve_labels(costs, limits, np.array([0, 1, 1]), PENALTY, 10).tolist() == [0, 0, 1]


def test_a_swap_helps_where_no_single_piece_may_move() -> None:
    """Both territories are full with two; pieces 1 and 2 live with each other's neighbours."""
    costs = np.array([[0.0, 9], [0, 9], [9, 0], [9, 0]])
    limits = Limits(np.ones((4, 1)), np.full((2, 1), 2.0), np.full((2, 1), 2.0))
    labels = improve_labels(costs, limits, np.array([0, 1, 0, 1]), PENALTY, 10)
    assert labels.tolist() == [0, 0, 1, 1]


def test_a_broken_limit_is_mended_at_the_least_cost() -> None:
    """Territory 0 holds three, two are allowed: the piece that loses least goes."""
    costs = np.array([[0.0, 9], [0, 2], [0, 5]])
    limits = Limits(np.ones((3, 1)), np.zeros((2, 1)), np.full((2, 1), 2.0))
    assert improve_labels(costs, limits, np.array([0, 0, 0]), 4.0, 10).tolist() == [0, 1, 0]


def test_a_locked_piece_never_moves() -> None:
    costs = np.array([[0.0, np.inf], [0, 5]])
    limits = Limits(np.ones((2, 1)), np.zeros((2, 1)), np.full((2, 1), 1.0))
    assert improve_labels(costs, limits, np.array([0, 0]), PENALTY, 10).tolist() == [0, 1]


def test_the_start_is_not_changed() -> None:
    start = np.array([1])
    limits = Limits(np.ones((1, 1)), np.zeros((2, 1)), np.full((2, 1), 1.0))
    improve_labels(np.array([[0.0, 5]]), limits, start, PENALTY, 10)
    assert start.tolist() == [1]
