"""A runtime that does what its event's `do` says, on one connection."""

import base64
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time

connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
runtime = "/2018-06-01/runtime"


def call(method, path, body=None, fields=None):
    connection.request(method, path, body, fields or {})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


if os.environ.get("INIT") == "error":
    call("POST", runtime + "/init/error", b'{"errorType":"Function.InvalidEnvironment","errorMessage":"X is not set."}')
    sys.exit(1)
if os.environ.get("INIT") == "crash":
    os.kill(os.getpid(), signal.SIGSEGV)
if os.environ.get("INIT") == "hang":
    time.sleep(600)
if os.environ.get("INIT") == "extension":
    # A thread waits for it: a handler would not run when the signal came just before a call that blocks.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])

    def end():
        signal.sigwait([signal.SIGTERM])
        open("terminated", "w").write("politely")
        os._exit(0)

    threading.Thread(target=end, daemon=True).start()
    call("POST", "/2020-01-01/extension/register", b'{"events":[]}', {"Lambda-Extension-Name": "scripted"})


def stream(path, chunks, trailers):
    connection.putrequest("POST", path)
    connection.putheader("Lambda-Runtime-Function-Response-Mode", "streaming")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.putheader("Trailer", ", ".join(trailers))
    connection.endheaders()
    for chunk in chunks:
        connection.send(b"%x\r\n%s\r\n" % (len(chunk), chunk))
    connection.send(b"0\r\n" + b"".join(b"%s: %s\r\n" % (k.encode(), v) for k, v in trailers.items()) + b"\r\n")
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


while True:
    status, fields, event = call("GET", runtime + "/invocation/next")
    request = "/invocation/" + fields["Lambda-Runtime-Aws-Request-Id"]
    response, error = runtime + request + "/response", runtime + request + "/error"
    try:
        what = json.loads(event)["do"]
    except Exception:
        what = "echo"
    print("doing", what, file=sys.stderr, flush=True)
    if what == "echo":
        call("POST", response, event)
    elif what == "environment":
        call("POST", response, json.dumps(dict(os.environ)))
    elif what == "headers":
        call("POST", response, json.dumps(dict(fields.items())))
    elif what == "fail":
        call("POST", error, b'{"errorType":"Function.X","errorMessage":"m","stackTrace":[]}')
    elif what == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif what == "exit":
        os._exit(json.loads(event)["status"])
    elif what == "hang":
        child = subprocess.Popen(["sleep", "600"])
        open("processes", "w").write("%d %d" % (os.getpid(), child.pid))
        time.sleep(600)
    elif what == "stream":
        stream(response, [b"one,", b"two,", b"three"], {})
    elif what == "break":
        body = base64.b64encode(b'{"errorType":"Function.Broken","errorMessage":"half"}')
        stream(response, [b"one,", b"two,"], {
            "Lambda-Runtime-Function-Error-Type": b"Function.Broken",
            "Lambda-Runtime-Function-Error-Body": body})
    elif what == "bytes":
        size = json.loads(event)["size"]
        statuses = [call("POST", response, b"x" * size)[0], call("POST", error, b"{}")[0]]
        open("statuses", "w").write(json.dumps(statuses))
    elif what == "send":
        import boto3
        sent = boto3.client("sesv2").send_email(
            FromEmailAddress=os.environ["EMAIL_FROM"], Destination={"ToAddresses": ["jo@example.org"]},
            Content={"Simple": {"Subject": {"Data": "Grüße"}, "Body": {
                "Text": {"Data": "plain\ntext"}, "Html": {"Data": "<p>rich</p>"}}}})
        texted = boto3.client("sns").publish(PhoneNumber="+4915112345678", Message="short text")
        call("POST", response, json.dumps({"email": sent["MessageId"], "sms": texted["MessageId"]}))
