"""The window. The only place for PySide6."""
