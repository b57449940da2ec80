"""Judgements of sales, margins and best reps of eight products of Syntex Laboratories.

Teaching case; numbers as printed in the notebook "Salesforce Optimization" of the repository
Analytics_Work by andrew970324. Some product names are misspelt there and are kept as printed.
"""

# M$ per rep and year
REP_COST = 0.057
# five judgements of sales against the present; fitted shape, scale, low, high; margin, revenue in
# M$, present reps; best reps and their profit in M$
PRODUCTS = {
    "Naprosyn": (
        (0.30, 0.45, 1.00, 1.40, 1.60),
        (3.462680, 0.841761, 0.309324, 1.606966),
        (0.70, 214.4, 96.8),
        (270.513, 221.194475),
    ),
    "Nipro": (
        (0.47, 0.68, 1.05, 1.26, 1.52),
        (2.264449, 0.825955, 0.469389, 1.524101),
        (0.80, 210.1, 97.2),
        (330.046, 228.619794),
    ),
    "Anaprox": (
        (0.15, 0.48, 1.04, 1.20, 1.35),
        (2.817291, 0.361170, 0.148199, 1.342579),
        (0.55, 36.5, 142.4),
        (171.686, 12.951849),
    ),
    "Norinyl": (
        (0.31, 0.63, 1.03, 1.15, 1.25),
        (2.618402, 0.311903, 0.309580, 1.248045),
        (0.72, 21.2, 52.7),
        (71.333, 13.212085),
    ),
    "Pironil": (
        (0.45, 0.70, 1.01, 1.05, 1.10),
        (3.254370, 0.162404, 0.449586, 1.091816),
        (0.72, 37.2, 24.1),
        (36.880, 26.468804),
    ),
    "Lidex": (
        (0.56, 0.80, 1.02, 1.11, 1.20),
        (2.089322, 0.394394, 0.560039, 1.202236),
        (0.62, 38.0, 27.3),
        (50.005, 23.958271),
    ),
    "Synalar": (
        (0.59, 0.76, 1.02, 1.07, 1.11),
        (3.245910, 0.211963, 0.589636, 1.105797),
        (0.53, 14.6, 29.7),
        (30.655, 6.168039),
    ),
    "Nasalide": (
        (0.15, 0.61, 1.07, 1.46, 1.76),
        (2.045422, 0.676693, 0.156967, 1.781163),
        (0.52, 11.2, 56.8),
        (71.161, 3.488045),
    ),
}
# reps of each product when there are 700, and their profit in M$
CAPPED_REPS = (220.258, 245.922, 117.453, 51.531, 29.491, 35.344, 0.0, 0.0)
CAPPED_PROFIT = 524.2537
