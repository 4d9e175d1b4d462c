"""The embedded model as a LangChain chat model: streaming, JSON schemas, prefix reuse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.language_models.base import LangSmithParams
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage, convert_to_openai_messages
from langchain_core.messages.ai import InputTokenDetails, UsageMetadata
from langchain_core.output_parsers import JsonOutputParser, PydanticOutputParser
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable, RunnableMap, RunnablePassthrough
from langchain_core.utils.function_calling import convert_to_json_schema
from langchain_core.utils.pydantic import is_basemodel_subclass
from pydantic import ConfigDict, Field, PrivateAttr

from assistant.local_model.cores import physical_cores
from assistant.local_model.process import ModelProcess, Parameters
from assistant.local_model.weights import EMBEDDED, Progress, joined_file, own_file

CONTEXT_TOKENS = 8192  # 230 MB of memory; the longest prompt of a brief has about half of it
# Keywords that the grammar does not know are left to validation, not the whole schema with them.
_COMPACT = {"whitespace_flexible": False, "lenient": True}
Json = dict[str, Any]


class LocalChatModel(BaseChatModel):
    """The embedded language model, or any GGUF file, on this machine's processor.

    One call runs at a time; others wait. Prompts that begin alike share the work on what they
    have in common. `response_format` takes OpenAI's form; the schema then binds what is written,
    except for regular expressions it does not know: validate. It has no tools.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, populate_by_name=True)

    model_file: Path | None = None  # a GGUF file; None: the embedded model's own
    cache_folder: Path = Path()  # where the embedded model is joined
    context_tokens: int = CONTEXT_TOKENS
    threads: int = Field(default_factory=physical_cores)
    timeout_s: float = Field(default=120.0, alias="timeout")  # for a call, once the model is loaded
    max_tokens: int = 512
    temperature: float = 0.0
    seed: int = 0
    stop: list[str] | None = None
    progress: Progress | None = Field(default=None, exclude=True)  # of the joining
    process: ModelProcess | None = Field(default=None, exclude=True)  # shared with other models

    _own_process: ModelProcess = PrivateAttr()

    def model_post_init(self, context: object) -> None:
        """Make the process, which starts with the first call."""
        super().model_post_init(context)
        self._own_process = self.process or ModelProcess(self._parameters)

    @property
    def model_name(self) -> str:
        """The model's short name: of the embedded one, or the file's."""
        return self.model_file.stem.lower() if self.model_file else EMBEDDED.name

    @property
    def _llm_type(self) -> str:
        return "groundwork-local"

    @property
    def _identifying_params(self) -> Json:
        return {"model": self.model_name, "context_tokens": self.context_tokens}

    def start(self) -> None:
        """Begin to load the model in the background; the first call then waits less.

        Raises:
            ModelError: its file is missing or damaged.
        """
        self._own_process.start()

    def close(self) -> None:
        """End the model's process; the next call starts it again."""
        self._own_process.close()

    def _parameters(self) -> Parameters:
        if self.model_file:
            file = own_file(self.model_file)
        elif self.progress:
            file = joined_file(self.cache_folder, progress=self.progress)
        else:
            file = joined_file(self.cache_folder)
        return Parameters(str(file), self.context_tokens, self.threads)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401 LangChain's signature
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401 LangChain's signature
    ) -> Iterator[ChatGenerationChunk]:
        timeout_s = kwargs.pop("timeout", None) or self.timeout_s
        request = self._request(messages, stop or self.stop, kwargs)
        for chunk in self._own_process.ask(request, timeout_s=timeout_s):
            generation = _generation(chunk, self.model_name)
            if run_manager and generation.text:
                run_manager.on_llm_new_token(generation.text, chunk=generation)
            yield generation

    def _request(self, messages: list[BaseMessage], stop: list[str] | None, asked: Json) -> Json:
        known = {"max_tokens", "temperature", "seed", "stop"}
        wanted = asked.get("response_format") or {}
        defaults = {
            "max_tokens": self.max_tokens,
            "temperature": self.temperature,
            "seed": self.seed,
        }
        return {
            "messages": convert_to_openai_messages(messages, text_format="string"),
            "stream_options": {"include_usage": True},
            "cache_prompt": True,
            **({"stop": stop} if stop else {}),
            **({"grammar": _grammar(wanted)} if "json" in wanted.get("type", "") else {}),
            **defaults,
            **{name: value for name, value in asked.items() if name in known and value is not None},
        }

    def _get_ls_params(
        self,
        stop: list[str] | None = None,
        **kwargs: Any,  # noqa: ANN401 LangChain's signature
    ) -> LangSmithParams:
        params = super()._get_ls_params(stop=stop, **kwargs)
        params["ls_provider"] = "groundwork"
        params["ls_model_name"] = kwargs.get("model") or self.model_name
        return params

    def with_structured_output(
        self,
        schema: Json | type,
        *,
        include_raw: bool = False,
        method: str = "json_schema",
        strict: bool | None = None,
        **kwargs: Any,  # noqa: ANN401 LangChain's signature
    ) -> Runnable[LanguageModelInput, Any]:
        """Return a runnable that answers with `schema`: a pydantic model, a TypedDict, a dict.

        The schema binds the model with every `method`; "json_mode" asks for any JSON object and
        leaves the schema to the prompt. `strict` changes nothing: it is always strict.
        """
        del strict
        if kwargs:
            raise ValueError(f"not supported: {sorted(kwargs)}")
        as_json = convert_to_json_schema(schema)
        wanted: Json = {"type": "json_object"}
        if method != "json_mode":
            name = as_json.get("title", "answer")
            wanted = {"type": "json_schema", "json_schema": {"name": name, "schema": as_json}}
        shown = {"kwargs": {"method": method}, "schema": as_json}
        model = self.bind(response_format=wanted, ls_structured_output_format=shown)
        is_model = isinstance(schema, type) and is_basemodel_subclass(schema)
        parser: Runnable[Any, Any] = (
            PydanticOutputParser(pydantic_object=schema) if is_model else JsonOutputParser()
        )
        return _with_raw(model, parser) if include_raw else model | parser


def _grammar(response_format: Json) -> str:
    """Write what is wanted as the runtime's grammar.

    Its own reading of `response_format` lets the model indent: twice the tokens, measured.
    """
    schema = response_format.get("json_schema", {}).get("schema", {"type": "object"})
    return f"%llguidance {{}}\nstart: %json {json.dumps({**schema, 'x-guidance': _COMPACT})}"


def _with_raw(
    model: Runnable[LanguageModelInput, Any], parser: Runnable[Any, Any]
) -> Runnable[LanguageModelInput, Any]:
    """Return the message beside what was parsed of it, as LangChain's models do."""
    parsed = RunnablePassthrough.assign(
        parsed=itemgetter("raw") | parser, parsing_error=lambda _: None
    )
    unparsed = RunnablePassthrough.assign(parsed=lambda _: None)
    return RunnableMap(raw=model) | parsed.with_fallbacks([unparsed], exception_key="parsing_error")


def _generation(chunk: Json, model_name: str) -> ChatGenerationChunk:
    """Turn a chunk in OpenAI's form into LangChain's; the one with the usage is the last."""
    choice = chunk["choices"][0] if chunk["choices"] else {"delta": {}}
    facts = {"finish_reason": choice["finish_reason"]} if choice.get("finish_reason") else {}
    usage = chunk.get("usage")
    if usage:
        facts |= {"model_name": model_name, "timings": chunk.get("timings", {})}
    message = AIMessageChunk(
        content=choice["delta"].get("content") or "",
        usage_metadata=_usage(usage) if usage else None,
        response_metadata=facts,
        chunk_position="last" if usage else None,
    )
    return ChatGenerationChunk(message=message, generation_info=facts or None)


def _usage(usage: Json) -> UsageMetadata:
    cached = usage.get("prompt_tokens_details", {}).get("cached_tokens", 0)
    return UsageMetadata(
        input_tokens=usage["prompt_tokens"],
        output_tokens=usage["completion_tokens"],
        total_tokens=usage["prompt_tokens"] + usage["completion_tokens"],
        input_token_details=InputTokenDetails(cache_read=cached),
    )
