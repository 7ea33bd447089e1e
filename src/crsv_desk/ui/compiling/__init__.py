"""What the pages that compile a letter, or an erratum to it, are put together from: the choices, what is missing, looking at
the pages before they are sealed, the seal, the result."""
