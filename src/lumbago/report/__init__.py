"""Writers: an answer into words, and the words into text, a page or JSON."""
