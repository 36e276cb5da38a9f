"""Prints how functions and the command grow with what they are given; see growth.sh."""

import base64
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

DIST = pathlib.Path(sys.argv[1])
# What S3 and Salesforce take for one request, in seconds.
PAGE, COLLECTION = 0.1, 0.1
ACCOUNT = {
    "AWS_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "a",
    "AWS_SECRET_ACCESS_KEY": "s",
    "SWITCHBOARD_WARM_UP": "false",
}


class Counting(http.server.BaseHTTPRequestHandler):
    """Answers each request by `respond`, and counts those under way."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, headers, answer = self.server.respond(self.server, self.path, body)
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(answer))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_PATCH = do_GET

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, respond):
        super().__init__(("127.0.0.1", 0), Counting)
        self.respond, self.lock = respond, threading.Lock()
        self.count = self.running = self.most = 0
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """A bootstrap that is ended resets its connections."""

    def take(self, seconds):
        with self.lock:
            self.count += 1
            self.running += 1
            self.most = max(self.most, self.running)
        time.sleep(seconds)
        with self.lock:
            self.running -= 1


def cpu_ms(process):
    with open(f"/proc/{process.pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def invoke(function, environment, event, seconds=30):
    """Gives a bootstrap one event; returns the answer, and the milliseconds and CPU-milliseconds that it took."""
    given, done, result = threading.Event(), threading.Event(), {}

    def respond(_, path, body):
        if path.endswith("/next"):
            if given.is_set():
                done.wait()
                time.sleep(3600)
            given.set()
            result["begin"], result["cpu"] = time.monotonic(), cpu_ms(result["process"])
            deadline = str(int((time.time() + seconds) * 1000))
            names = {"Aws-Request-Id": "r", "Deadline-Ms": deadline, "Invoked-Function-Arn": "arn:aws:lambda:x"}
            return 200, {f"Lambda-Runtime-{name}": value for name, value in names.items()}, event
        if "begin" not in result:
            result.update(begin=0, cpu=0)
        result["ms"] = (time.monotonic() - result["begin"]) * 1000
        result["cpu"] = cpu_ms(result["process"]) - result["cpu"]
        result["answer"] = json.loads(body)
        done.set()
        return 202, {}, b"{}"

    api = Server(respond)
    variables = {**ACCOUNT, **environment, "AWS_LAMBDA_RUNTIME_API": api.url[7:], "AWS_LAMBDA_LOG_LEVEL": "FATAL"}
    result["process"] = subprocess.Popen(
        [DIST / function / "bootstrap"], env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        if not done.wait(seconds + 5):
            return None, float("nan"), float("nan")
        return result["answer"], result["ms"], result["cpu"]
    finally:
        result["process"].kill()
        result["process"].wait()
        api.shutdown()


def templates(folder):
    row = "{{#name}}Dear {{name}},{{/name}}\n"
    settings = {"TEMPLATES_DIR": str(folder), "IDEMPOTENCY_TABLE": "t", "SMS_DEFAULT_COUNTRY_CODE": "49"}
    event = {
        "Name": "ContactFlowEvent",
        "Details": {
            "ContactData": {"ContactId": "c"},
            "Parameters": {"formData": {"name": "Ana"}, "customerFullName": "Ana", "destination": "+4915112345678"},
        },
    }
    (folder / "sms").mkdir()
    shapes = {"sections": lambda n: row * (n // len(row)), "nested": lambda n: nested(n // 18)}
    for name, text in shapes.items():
        for size in (100_000, 600_000, 3_000_000):
            # The missing field at the end keeps anything from being sent.
            (folder / "sms" / "cancellation.txt").write_text(text(size) + "{{missing}}", encoding="ascii")
            answer, _, cpu = invoke("SendSMS", settings, json.dumps(event).encode())
            fault = "" if "missing" in json.dumps(answer) else f"  ({json.dumps(answer)[:100]})"
            yield f"template, {name}, {size // 1000} KB", f"{cpu:.0f} CPU-ms{fault}"


def nested(count):
    return "{{#name}}" * count + "x" + "{{/name}}" * count


def flow(count):
    def action(number):
        following = f"a{number + 1}" if number < count - 1 else "end"
        kinds = [
            ("MessageParticipant", {"Text": "Step ${SystemEmailAddress}, $.Attributes.name, of many. " * 3}),
            ("InvokeLambdaFunction", {"LambdaFunctionARN": "${SendSMS.Arn}", "InvocationTimeLimitSeconds": "8"}),
            ("UpdateContactAttributes", {"Attributes": {"status": "$.External.status", "name": "somebody"}}),
        ]
        kind, parameters = kinds[number % 3]
        transitions = {"NextAction": following, "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "end"}]}
        name = f"a{number}"
        return {"Identifier": name, "Type": kind, "Parameters": parameters, "Transitions": transitions}

    end = {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}
    actions = [action(number) for number in range(count)] + [end]
    return json.dumps({"Version": "2019-10-30", "StartAction": "a0", "Actions": actions})


def flows(folder):
    for count in (330, 3300):
        file = folder / "flow.json"
        file.write_text(flow(count), encoding="ascii")
        before = os.times()
        subprocess.run([DIST / "switchboard", "flow", "check", file], stdout=subprocess.DEVNULL, check=False)
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        yield f"flow check, {count} actions, {file.stat().st_size // 1000} KB", f"{cpu:.2f} CPU-s"


def jokebox():
    digits = "0123456789abcdef"
    layouts = {
        "identifiers": [f"{number * 2654435761 % 2**32:08x}.mp3" for number in range(10_000)],
        "numbers": [f"joke-{100_000 + number}.mp3" for number in range(10_000)],
        "folders": [f"{digits[number % 4]}/{number}.mp3" for number in range(10_000)],
    }
    for name, keys in layouts.items():
        keys.sort()

        def respond(server, path, _, keys=keys):
            server.take(PAGE)
            query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(path).query))
            after = query.get("continuation-token") or query.get("start-after") or ""
            left = [key for key in keys if key > after][:1001]
            rows = "".join(f"<Contents><Key>{key}</Key><Size>1000</Size></Contents>" for key in left[:1000])
            token = f"<NextContinuationToken>{left[999]}</NextContinuationToken>" if len(left) > 1000 else ""
            more = str(len(left) > 1000).lower()
            return (
                200,
                {},
                f"<ListBucketResult><IsTruncated>{more}</IsTruncated>{rows}{token}</ListBucketResult>".encode(),
            )

        server = Server(respond)
        event = {
            "version": "1.0",
            "session": {"new": True, "sessionId": "s", "user": {"userId": "u"}, "application": {"applicationId": "k"}},
            "context": {"System": {"application": {"applicationId": "k"}, "user": {"userId": "u"}}},
            "request": {
                "type": "LaunchRequest",
                "requestId": "r",
                "locale": "en-US",
                "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            },
        }
        settings = {"ALEXA_SKILL_ID": "k", "AUDIO_BUCKET": "jokes", "AWS_ENDPOINT_URL": server.url}
        answer, ms, cpu = invoke("AlexaJokebox", settings, json.dumps(event).encode(), 8)
        fault = "" if "AudioPlayer.Play" in json.dumps(answer) else f"  ({json.dumps(answer)[:100]})"
        yield f"Jokebox, 10,000 keys, {name}", f"{server.count} pages, {ms:.0f} ms, {cpu:.0f} CPU-ms{fault}"


def salesforce():
    """A Salesforce that takes its time for each request, finds nothing, and writes every record."""

    def respond(server, path, body):
        if path.startswith("/services/oauth2"):
            session = {"access_token": "00D!t", "instance_url": server.url, "id": "i", "token_type": "Bearer"}
            return 200, {}, json.dumps({**session, "issued_at": "1", "signature": "s"}).encode()
        server.take(COLLECTION)
        request = json.loads(body)
        if "compositeRequest" in request:
            nothing = {"httpStatusCode": 200, "httpHeaders": {}, "body": {"totalSize": 0, "done": True, "records": []}}
            parts = [{**nothing, "referenceId": part["referenceId"]} for part in request["compositeRequest"]]
            return 200, {}, json.dumps({"compositeResponse": parts}).encode()
        result = {"id": "a005f00000AAAA1AAC", "success": True, "created": True, "errors": []}
        return 200, {}, json.dumps([result] * len(request["records"])).encode()

    server = Server(respond)
    settings = {
        "SALESFORCE_LOGIN_URL": server.url,
        "SALESFORCE_CLIENT_ID": "c",
        "SALESFORCE_CLIENT_SECRET": "s",
    }
    return server, settings


def contact_records():
    server, settings = salesforce()

    def record(number):
        contact = {
            "ContactId": f"{number:08x}-0000-4000-8000-000000000000",
            "Channel": "VOICE",
            "InitiationMethod": "INBOUND",
            "InitiationTimestamp": "2026-11-21T10:00:00Z",
            "DisconnectTimestamp": "2026-11-21T10:05:00Z",
            "LastUpdateTimestamp": "2026-11-21T10:06:00Z",
            "CustomerEndpoint": {"Address": f"+1206555{number:04}", "Type": "TELEPHONE_NUMBER"},
            "Agent": {"Username": f"agent-{number % 50}", "ConnectedToAgentTimestamp": "2026-11-21T10:01:00Z"},
        }
        data = base64.b64encode(json.dumps(contact).encode()).decode()
        return {"eventSource": "aws:kinesis", "kinesis": {"sequenceNumber": str(10**20 + number), "data": data}}

    event = {"Records": [record(number) for number in range(1000)]}
    answer, ms, cpu = invoke(
        "ConnectContactRecords",
        {**settings, "DEAD_LETTER_QUEUE_URL": f"{server.url}/1/dead"},
        json.dumps(event).encode(),
    )
    fault = "" if answer == {"batchItemFailures": []} else f"  ({json.dumps(answer)[:100]})"
    figures = f"{server.count} calls, {server.most} at once, {ms:.0f} ms, {cpu:.0f} CPU-ms"
    yield "ConnectContactRecords, 1,000 numbers", figures + fault


def recordings():
    server, salesforce_settings = salesforce()
    key = "CallRecordings/2026/11/21/c-{}_20261121T10:05_UTC.wav"
    records = [
        {
            "eventSource": "aws:s3",
            "eventName": "ObjectCreated:Put",
            "s3": {"bucket": {"name": "recordings"}, "object": {"key": key.format(number)}},
        }
        for number in range(10_000)
    ]
    settings = {
        **salesforce_settings,
        "RECORDINGS_BUCKET": "recordings",
        "RECORDING_LINK_BASE_URL": "https://calls.example.com",
        "RECORDING_LINK_SECRET": "sixteen-letters-or-more",
    }
    answer, ms, cpu = invoke("ConnectRecording", settings, json.dumps({"Records": records}).encode())
    fault = "" if answer == {"recordings": 10_000} else f"  ({json.dumps(answer)[:100]})"
    figures = f"{server.count} calls, {server.most} at once, {ms:.0f} ms, {cpu:.0f} CPU-ms"
    yield "ConnectRecording, 10,000 recordings", figures + fault


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        for rows in (templates(path), flows(path), jokebox(), recordings(), contact_records()):
            for what, figure in rows:
                print(f"{what:45}{figure}", flush=True)


main()
