"""The embedded model: its weights, the process it runs in, and the LangChain model over both.

Importing this package imports neither LangChain nor the runtime; `child` alone imports the runtime,
in a process of its own.
"""
