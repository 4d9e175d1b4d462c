"""What it takes to build a writer."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr


class ModelSettings(BaseModel):
    """Which model to ask, where, and within which bounds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str = "auto"  # auto, local, none, or provider:name as `init_chat_model` knows them
    base_url: str = ""  # an OpenAI-compatible endpoint
    api_key: SecretStr = SecretStr("")
    capability: Literal["", "clauses", "full"] = ""  # "": clauses for local, else full
    timeout_s: float = Field(60.0, gt=0)  # for one call in all, its retries included
    retries: int = Field(2, ge=0, le=5)
    max_bytes: int = Field(4_000_000, gt=0)  # of one answer, unpacked
    parallel: int = Field(12, ge=1, le=64)  # calls at the same time; a brief has ten parts
    context_tokens: int = Field(0, ge=0)  # 0: not known; the local model then takes its own
    local_model_file: Path | None = None  # a GGUF file instead of the embedded model's own
    cache_folder: Path = Field(default_factory=lambda: user_cache_path("groundwork"))
    fresh: bool = False  # ask again even where the cache holds the answer
