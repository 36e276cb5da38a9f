"""Answers of each kind that an HTTP API takes, by the path; else the event itself."""

import base64
import json

from lambda_function import run


def answer(event):
    if event["rawPath"] == "/raw":
        return [1]
    if event["rawPath"] == "/bytes":
        return {"statusCode": 200, "body": base64.b64encode(b"\x00\xff").decode(), "isBase64Encoded": True}
    if event["rawPath"] == "/broken":
        return {"statusCode": 200, "body": "!", "isBase64Encoded": True}
    return {
        "statusCode": 418,
        "headers": {"x-own": "1", "content-length": "0"},
        "cookies": ["a=1", "b=2"],
        "body": json.dumps(event),
    }


run(answer)
