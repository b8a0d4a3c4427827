"""What the server runs: `granian --interface wsgi chuangwen.site.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chuangwen.site.settings")
application = get_wsgi_application()
