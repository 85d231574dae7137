"""Run one eval: `python -m evals NAME`."""

import sys

from evals.command import main

sys.exit(main())
