"""Visits, part scores and adjustments as tables; whole rounds as Parquet."""
