"""A brief as Markdown, HTML, a terminal page or a Word document: views of it that add no facts."""

from assistant.render.docx import to_docx
from assistant.render.html import to_html
from assistant.render.markdown import to_markdown
from assistant.render.terminal import to_terminal

__all__ = ["to_docx", "to_html", "to_markdown", "to_terminal"]
