"""Readers: files and bytes → sources. The port is in ``port``, the way in is ``dispatch``; each format is one module, imported when needed."""
