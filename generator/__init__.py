"""gongkai: departments' Markdown in, checked and searchable disclosure sites out."""

__version__ = "0.1.0"
