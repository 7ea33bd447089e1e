"""A partner's pages on one letter: read, comment, endorse, send, and the phone check."""
