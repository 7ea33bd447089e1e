"""The encrypted workspace and safe writing of files. The only place for sqlite_utils."""
