"""Detectors of the question what it bought: reach, ratios, spending and labour."""
