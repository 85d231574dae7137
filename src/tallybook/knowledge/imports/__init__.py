"""Places that a user brings: P-code tables, GeoNames files, areas, lists of points; each becomes a pack of its own.

Arrives: one file. Leaves: a pack folder, or one error that tells all that is wrong. Never here: guessed coordinates.
"""
