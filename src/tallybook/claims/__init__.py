"""A document in, claims out.

Arrives: one Document and the knowledge packs. Leaves: a Reading with claims, records and issues.
Never here: databases, clocks, the network, the environment. A number without words is no claim.
"""
