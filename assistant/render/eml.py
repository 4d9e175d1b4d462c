"""An e-mail as a draft that mail programs open: RFC 5322 in one part of plain text."""

from __future__ import annotations

from email.headerregistry import Address as Header
from email.message import EmailMessage
from email.policy import SMTP

from assistant.email import Address, Email
from assistant.errors import UsageError


def to_eml(email: Email) -> bytes:
    """Return the draft with CRLF line ends; `X-Unsent` lets Outlook open it for editing.

    Names whose address no source gives are left out of the header; the text still greets them.

    Raises:
        UsageError: nobody's address is known as the sender's, which the format demands.
    """
    if not email.sender.email:
        raise UsageError(
            "the sender's address is not in the brief: give it with --from NAME@YOUR-COMPANY, "
            "or take --format md"
        )
    message = EmailMessage(policy=SMTP)
    message["Subject"] = email.subject
    message["From"] = _header(email.sender)
    known = [_header(address) for address in email.to if address.email]
    if known:
        message["To"] = known
    message["Date"] = email.created_at
    message["X-Unsent"] = "1"
    message.set_content(f"{email.text}\n", cte="quoted-printable")
    return message.as_bytes()


def to_text(email: Email) -> str:
    """Return the draft as a person reads it: to whom, the subject, the words."""
    to = ", ".join(map(_shown, email.to)) or "(nobody is named)"
    return f"To: {to}\nSubject: {email.subject}\n\n{email.text}\n"


def _shown(address: Address) -> str:
    return f"{address.name} <{address.email}>" if address.email else f"{address.name} (no address)"


def _header(address: Address) -> Header:
    return Header(display_name=address.name, addr_spec=address.email)
