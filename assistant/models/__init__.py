"""A writer from settings: the only door to a language model.

Importing this package imports no vendor; building a writer does.
"""

from assistant.models.chat import Bounds, ChatWriter
from assistant.models.choice import Choice, build_writer, capability_of, choose_model
from assistant.models.settings import ModelSettings
from assistant.models.writer import Capability, Writer

__all__ = [
    "Bounds",
    "Capability",
    "ChatWriter",
    "Choice",
    "ModelSettings",
    "Writer",
    "build_writer",
    "capability_of",
    "choose_model",
]
