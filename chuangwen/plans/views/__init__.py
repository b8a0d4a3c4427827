"""Pages of plans: handing in a document, its review, the plan and what is in it, tables and JSON."""
