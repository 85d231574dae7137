"""One module a family of pages: what it shows as JSON, the page made of that, and its twin under /api/v1."""
