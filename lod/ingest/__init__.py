"""Documents become records: press releases as Markdown, text, HTML, PDF, DOCX or mail are read into reviewable files.

Everything in this package needs the optional part `lod[ingest]`.
"""
