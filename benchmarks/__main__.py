"""`make bench`: everything that can be measured here, then its page; `python -m benchmarks page` only writes that."""

import sys

from benchmarks import exporting, page, peers, reading

if sys.argv[1:] != ["page"]:
    reading.main(400)
    exporting.main(20_000)
    peers.main([])
page.write()
print(f"written: {page.PAGE}")
