"""The first run: what was found, what is to be asked, what would be written; and the consent to exactly that."""
