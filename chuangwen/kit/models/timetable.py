"""Which moments of the timetable were taken up."""

from django.db import models


class JobSlot(models.Model):
    """One moment at which a job was due, taken up by one worker: `(job, due_at)` is unique.

    `task_id` names the run among the tasks of the worker; a run that was asked for by hand has its own row.
    """

    job = models.CharField(max_length=200)
    due_at = models.DateTimeField()
    task_id = models.UUIDField(null=True, db_index=True)

    class Meta:
        ordering = ("-due_at",)
        constraints = (models.UniqueConstraint(fields=["job", "due_at"], name="job_slot_once"),)

    def __str__(self) -> str:
        return f"{self.job} {self.due_at:%Y-%m-%d %H:%M}"
