"""The workbench: pages and their JSON twins, served to a browser on this machine. The only HTTP server.

Arrives: requests. Leaves: pages, JSON, and judgements made the way `decide` makes them. Never here: SQL, requests to
anywhere, a number that `runs/` did not compute. Everything a page needs ships in `static/`.
"""
