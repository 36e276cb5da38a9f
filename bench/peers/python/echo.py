"""The same work as Echo in Python, run by awslambdaric, as on Lambda."""


def handler(event, context):
    """Answers with the event."""
    return event
