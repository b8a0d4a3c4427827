from django.db.models import Q, QuerySet

from chuangwen.cores.errors import Hidden
from chuangwen.orgs import scopes
from chuangwen.orgs.actors import Actor

from .models import Note


def visible_notes(actor: Actor) -> QuerySet[Note]:
    plain = Q(covert=False) & scopes.within(actor, "room", "unit")
    covert = Q(covert=True) & scopes.within(actor, "room.covert", "unit")
    return Note.objects.filter(plain | covert)


def one_note(actor: Actor, note_id: int) -> Note:
    """Raises Hidden."""
    note = visible_notes(actor).filter(pk=note_id).first()
    if note is None:
        raise Hidden
    return note
