"""What the page that checks a file is put together from: the verdict, the answers, the table, the call."""
