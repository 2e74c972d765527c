"""Views: a journal in, the finished text that a template prints out. Twins: web/phone/views/."""
