"""What customers say, as it is typed in a hurry or written down from speech, and its answers."""
