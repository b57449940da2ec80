"""Balanced clusters of weighted points: the parts of `BalancedKMeans`.

Clusters are the cells of a power diagram: each centre asks a price, and a point goes where squared
distance plus price is least.
"""
