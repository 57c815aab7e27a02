"""Statistical methods that several detectors use: multiple testing, combination of p-values, scan statistics."""
