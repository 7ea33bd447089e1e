"""A letter's text: Markdown and front matter to blocks; pictures from outside; dates and lists in the letter's language."""
