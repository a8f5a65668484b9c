"""A small stand-in for what libraries import from Robot Framework."""
__version__ = "7.5"

# Where the real package is installed, its other modules stay within reach.
import sys as _sys
import os as _os

__path__ = [folder for folder in (_os.path.join(p, "robot") for p in _sys.path) if _os.path.isdir(folder)]
