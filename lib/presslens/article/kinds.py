"""What kinds of files hold a document, by the suffixes of their names."""

PLAIN = (".txt", ".text")
MARKDOWN = (".md", ".markdown")
HTML = (".html", ".htm", ".xhtml")
WORD = (".docx",)
PDF = (".pdf",)
DOCUMENTS = (*PLAIN, *MARKDOWN, *HTML, *WORD, *PDF)
