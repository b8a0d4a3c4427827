"""Tags and filters of every template (built in: no `load` is needed)."""

from django import template

register = template.Library()
