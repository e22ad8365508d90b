"""`python -m lumbago`: the command line."""

import sys

from lumbago.cli import main

sys.exit(main())
