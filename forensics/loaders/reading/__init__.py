"""Bytes to rows: files, encodings, delimited text, workbooks, Parquet and JSON."""
