"""Speed, memory and start-up, measured against the bare parser in the same run. Never timed tests."""
