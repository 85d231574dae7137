"""People's judgements: how they are made, checked, chained, and laid over what the program read.

Arrives: claims, documents and the log of judgements. Leaves: the claims and documents that answers are made of, and
what could not be carried over. Never here: SQL, a clock, a reader of text, a change to what was read or decided.
"""
