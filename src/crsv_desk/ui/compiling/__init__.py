"""What the page that compiles a letter is put together from: the choices, what is missing, the seal, the result."""
