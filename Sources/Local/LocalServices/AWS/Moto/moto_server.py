"""moto's server on a free port, which it prints; MotoLauncher.swift says how it differs from moto's own.

SWITCHBOARD_REQUESTS_PATH is where the recorded requests are read, SWITCHBOARD_OWN_FIELD the header of our own requests;
what is put under SWITCHBOARD_THROTTLE_PATH, "on" or "off", throttles all others.
"""

import datetime
import io
import json
import os
import sys
import threading
from urllib.parse import parse_qs

from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto import settings
from moto.core import DEFAULT_ACCOUNT_ID
from moto.iam.access_control import IAMRequestBase
from moto.iam.models import iam_backends
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

REQUESTS_PATH = os.environ["SWITCHBOARD_REQUESTS_PATH"]
THROTTLE_PATH = os.environ["SWITCHBOARD_THROTTLE_PATH"]
OWN_FIELD = "HTTP_" + os.environ["SWITCHBOARD_OWN_FIELD"].upper().replace("-", "_")

moto = DomainDispatcherApplication(create_backend_app)
lock = threading.Lock()
recorded = []
throttle = {"is_on": False}
current = {}
create_aws_request = IAMRequestBase._create_aws_request


def create_aws_request_as_it_came(request):
    request._path = current["RAW_URI"]
    # Without a body moto hashes the parameters that it has found in the path; it needs them again for its errors.
    data = request._data
    request._data = data if current["BODY"] else None
    try:
        return create_aws_request(request)
    finally:
        request._data = data


IAMRequestBase._create_aws_request = create_aws_request_as_it_came


def answer(environ, head):
    return b"".join(moto(environ, lambda status, fields, error=None: head.extend([status, fields])))


def answer_own(environ, head):
    checked_after = settings.INITIAL_NO_AUTH_ACTION_COUNT
    settings.INITIAL_NO_AUTH_ACTION_COUNT = float("inf")
    try:
        return answer(environ, head)
    finally:
        settings.INITIAL_NO_AUTH_ACTION_COUNT = checked_after


def secret_of(access_key_id):
    users = iam_backends[DEFAULT_ACCOUNT_ID]["aws"].users.values()
    keys = (key for user in users for key in user.access_keys)
    return next((key.secret_access_key for key in keys if key.access_key_id == access_key_id), None)


def presigned_fault(environ, query):
    """Says why S3 would refuse a presigned URL; None when it would not."""
    access_key_id, _, region, service, _ = query["X-Amz-Credential"].split("/")
    secret = secret_of(access_key_id)
    if secret is None:
        return "InvalidAccessKeyId"
    path, _, items = environ["RAW_URI"].partition("?")
    unsigned = "&".join(item for item in items.split("&") if not item.startswith("X-Amz-Signature="))
    credentials = Credentials(access_key_id, secret, query.get("X-Amz-Security-Token"))
    auth = S3SigV4QueryAuth(credentials, service, region)
    url = f"http://{environ['HTTP_HOST']}{path}?{unsigned}"
    request = AWSRequest(method=environ["REQUEST_METHOD"], url=url)
    request.context["timestamp"] = query["X-Amz-Date"]
    canonical = auth.canonical_request(request)
    if auth.signature(auth.string_to_sign(request, canonical), request) != query["X-Amz-Signature"]:
        return "SignatureDoesNotMatch"
    date = datetime.datetime.strptime(query["X-Amz-Date"] + "+0000", "%Y%m%dT%H%M%SZ%z")
    end = date + datetime.timedelta(seconds=int(query["X-Amz-Expires"]))
    return "AccessDenied" if datetime.datetime.now(datetime.timezone.utc) > end else None


def answer_presigned(environ, head, query):
    try:
        fault = presigned_fault(environ, query)
    except (KeyError, ValueError):
        fault = "AuthorizationQueryParametersError"
    if fault is None:
        return answer_own(environ, head)
    head.extend(["403 Forbidden", [("Content-Type", "application/xml")]])
    return f"<Error><Code>{fault}</Code></Error>".encode()


def answer_throttled(environ, head):
    """Answers as AWS does over a rate: 400 in the JSON protocols, 429 in REST's, 503 SlowDown from S3."""
    if environ.get("HTTP_X_AMZ_TARGET"):
        head.extend(["400 Bad Request", [("Content-Type", "application/x-amz-json-1.0")]])
        return b'{"__type":"ThrottlingException","message":"Rate exceeded"}'
    if environ["PATH_INFO"].startswith("/v2/email/"):
        fields = [("Content-Type", "application/json"), ("x-amzn-ErrorType", "TooManyRequestsException")]
        head.extend(["429 Too Many Requests", fields])
        return b'{"message":"Maximum sending rate exceeded."}'
    if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        head.extend(["400 Bad Request", [("Content-Type", "text/xml")]])
        return b"<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>"
    head.extend(["503 Slow Down", [("Content-Type", "application/xml")]])
    return b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"


def answer_recorded(environ, head, body):
    query = {name: values[0] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
    presigned = "X-Amz-Signature" in query
    if throttle["is_on"]:
        text = answer_throttled(environ, head)
    else:
        text = answer_presigned(environ, head, query) if presigned else answer(environ, head)
    recorded.append({
        "time": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
        "method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"],
        "query": environ.get("QUERY_STRING", ""),
        "target": environ.get("HTTP_X_AMZ_TARGET", ""), "body": body.decode("utf-8", "replace"),
        "status": int(head[0].split()[0]), "answer": text.decode("utf-8", "replace")})
    return text


def serve(environ, start_response):
    path = environ.get("PATH_INFO", "")
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    head = []
    with lock:
        current.update(RAW_URI=environ["RAW_URI"], BODY=body)
        if path == REQUESTS_PATH:
            head = ["200 OK", [("Content-Type", "application/json")]]
            text = json.dumps(recorded).encode()
        elif path == THROTTLE_PATH:
            throttle["is_on"] = body == b"on"
            head, text = ["204 No Content", []], b""
        elif path.startswith("/moto-api"):
            text = answer(environ, head)
        elif OWN_FIELD in environ:
            text = answer_own(environ, head)
        else:
            text = answer_recorded(environ, head, body)
    start_response(head[0], head[1])
    return [text]


server = make_server("127.0.0.1", 0, serve, threaded=True)
os.environ["MOTO_PORT"] = str(server.port)
print(server.port, flush=True)


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
server.serve_forever()
