"""Evidence files: what their bytes say they are, what they say of themselves, and a picture that spares the eye.

Arrives: a file of bytes. Leaves: hash, size, kind and metadata; a small picture. Never here: a change to the bytes, and
belief in a name or a stated kind.
"""

from tallybook.documents.evidence.kinds import INERT, is_picture, kind_of
from tallybook.documents.evidence.looking import Facts, facts_of, file_name
from tallybook.documents.evidence.pictures import small_picture

__all__ = ["INERT", "Facts", "facts_of", "file_name", "is_picture", "kind_of", "small_picture"]
