"""The secretariat's pages: what was received, and a letter's text, partners, comments and compiling."""
