"""The same work as SendEmail in Python with boto3, run by awslambdaric, as on Lambda: what one might write instead."""

import hashlib
import html
import os
import pathlib
import re
import time

import boto3

FOLDER = pathlib.Path(os.environ["LAMBDA_TASK_ROOT"]) / "templates" / "email"
PARTS = [(FOLDER / f"cancellation.{part}").read_text(encoding="utf-8") for part in ("subject", "txt", "html")]
SUBJECT, TEXT, HTML = PARTS
TABLE = os.environ["IDEMPOTENCY_TABLE"]
ALLOWED = os.environ["EMAIL_ALLOWED_SENDERS"]
FIELD = re.compile(r"{{([\w-]+)}}")

# Made before the first event, where Lambda gives a whole CPU.
dynamodb = boto3.client("dynamodb")
ses = boto3.client("sesv2")


def handler(event, context):
    """Claims the key, sends, and records what was sent."""
    fields = {**event["formData"], "customerFullName": event["customerFullName"]}
    sender, recipient = event["systemEmail"], event["destinationEmail"]
    if not sender.endswith(ALLOWED):
        raise ValueError("The sender is not allowed.")
    subject, text = (FIELD.sub(lambda match: fields[match[1]], part).strip() for part in (SUBJECT, TEXT))
    page = FIELD.sub(lambda match: html.escape(fields[match[1]]), HTML)
    key = hashlib.sha256(f"{event['idempotencyKey']}\n{recipient}".encode()).hexdigest()

    dynamodb.put_item(
        TableName=TABLE, Item=record(key, 60, status={"S": "claimed"}),
        ConditionExpression="attribute_not_exists(#id) OR #expiresAt <= :now",
        ExpressionAttributeNames={"#id": "id", "#expiresAt": "expiresAt"},
        ExpressionAttributeValues={":now": {"N": str(int(time.time()))}})
    sent = ses.send_email(
        FromEmailAddress=sender, Destination={"ToAddresses": [recipient]},
        Content={"Simple": {"Subject": content(subject), "Body": {"Text": content(text), "Html": content(page)}}})
    dynamodb.put_item(
        TableName=TABLE, Item=record(key, 86400, status={"S": "sent"}, messageId={"S": sent["MessageId"]}),
        ConditionExpression="attribute_not_exists(#id) OR #status = :claimed",
        ExpressionAttributeNames={"#id": "id", "#status": "status"},
        ExpressionAttributeValues={":claimed": {"S": "claimed"}})
    return {"status": "sent", "messageId": sent["MessageId"]}


def record(key, lifetime, **attributes):
    """Returns an item that DynamoDB deletes after `lifetime` seconds."""
    return {"id": {"S": key}, "expiresAt": {"N": str(int(time.time()) + lifetime)}, **attributes}


def content(data):
    """Returns a part of a message as SES takes it."""
    return {"Data": data, "Charset": "UTF-8"}
