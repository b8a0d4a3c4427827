"""Settings, root addresses, the WSGI application, and the commands that concern a whole installation."""
