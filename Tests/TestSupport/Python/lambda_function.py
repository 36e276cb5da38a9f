"""What bootstraps in Python share: requests, and the loop."""

import http.client
import json
import os
import urllib.error
import urllib.parse
import urllib.request

RUNTIME = "/2018-06-01/runtime/invocation/"


def fetch(url, body=None, fields=None, method=None):
    request = urllib.request.Request(url, None if body is None else body.encode(), fields or {}, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers


def run(answer):
    """Answers each event with what `answer(event)` returns."""
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    while True:
        connection.request("GET", RUNTIME + "next")
        event = connection.getresponse()
        path = RUNTIME + event.headers["Lambda-Runtime-Aws-Request-Id"] + "/response"
        connection.request("POST", path, json.dumps(answer(json.loads(event.read()))))
        connection.getresponse().read()
