"""How much of anything is read before it is refused."""

MAX_HTML_BYTES = 5_000_000
"""Bytes of one web page. A page of 20 MB took the extractor 47 s (STACK, section 4)."""

MAX_TEXT_BYTES = 20_000_000
"""Bytes of one plain text, or of one row of a JSON Lines file. Longer ones are archives, not reports."""

MAX_TAG_ATTRIBUTES = 1_000
"""Attributes of one HTML tag: the parser is quadratic in them (40,000 took 3.9 s)."""

FETCH_SECONDS = 30.0
"""Seconds for one address, redirects and robots.txt included."""

MAX_REDIRECTS = 5
"""Redirects that are followed, each checked like the first address."""

MAX_ROBOTS_BYTES = 500_000
"""Bytes of robots.txt that are read. Source: RFC 9309, section 2.5."""

MAX_VALIDATOR = 1_000
"""Characters of an ETag or a Last-Modified header that are kept; longer ones are left away."""

MAX_WAIT_SECONDS = 86_400.0
"""Seconds of a Retry-After header that are believed: a day."""

MAX_PAGES = 2_000
"""Pages of one PDF. A report of sixty pages is long; ten thousand are a bomb or a library."""

MAX_PICTURES = 500
"""Pages of one PDF that are read from pictures, at about a second each."""

MAX_MEMBERS = 100_000
"""Files in one archive."""

MAX_OPENED_BYTES = 1_000_000_000
"""Bytes that one archive may open to, all files together. They are read one at a time."""

MAX_SHEET_BYTES = 200_000_000
"""Bytes that one workbook may open to. A row of the auto-archiver has some two thousand."""
