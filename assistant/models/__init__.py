"""A writer from settings: the only door to a language model.

Importing this package imports no vendor; building a writer does.
"""

from assistant.models.settings import ModelSettings
from assistant.models.writer import Capability, Writer

__all__ = ["Capability", "ModelSettings", "Writer"]
