"""What is true: statements, the dossier and its fold, names, marks. Standard library only; no I/O, clock or randomness."""
