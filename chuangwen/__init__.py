"""Chuangwen: the platform on which a city runs its civilised-city campaign."""
