"""E-mails to the customer, composed from captured rows, checked by the gate, and never sent."""
