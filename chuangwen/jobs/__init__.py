"""The worker: runs what pages and commands asked for, one job at a time, after their transaction committed.

A job is a function in a room's `jobs.py` decorated with `django_tasks.task`; its row is written by the
transaction that asks for it, so that neither exists without the other. It may run twice (see `worker`), so it
acts idempotently.
This room has no tables and no words of its own.
"""
