"""The one certificate profile, built and rebuilt byte for byte."""
