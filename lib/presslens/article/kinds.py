"""What kinds of files hold a document, by the suffixes of their names."""

PLAIN = (".txt", ".text")
MARKDOWN = (".md", ".markdown")
HTML = (".html", ".htm", ".xhtml")
WORD = (".docx",)
DOCUMENTS = (*PLAIN, *MARKDOWN, *HTML, *WORD)
