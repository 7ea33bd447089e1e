"""The same letter by other programs; each module is run alone, by a Python that has what it needs (requirements.txt)."""
