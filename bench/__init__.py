"""Benchmarks: each thing that must be fast against a floor measured in the same run."""
