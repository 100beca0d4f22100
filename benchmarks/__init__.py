"""What it costs, as ratios to contenders in the same run."""

import os

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its bytecode: no start compiles anything
