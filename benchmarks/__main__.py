"""`make bench`: reading, memory, start-up."""

from benchmarks.reading import main

main(400)
