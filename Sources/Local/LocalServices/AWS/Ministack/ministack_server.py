"""ministack's server on a free port, which it prints; MinistackLauncher.swift says what it corrects.

SWITCHBOARD_FUNCTION_VARIABLES has what every function gets beside its own variables, as a JSON object; {function} in a
value is the function's name, {environment} a number of its execution environment. SWITCHBOARD_PORT is the port, 0 for
a free one. With SWITCHBOARD_OBSERVED a line of JSON is printed for each request, invocation and message; requests
whose header X-Switchboard-Own has the root user's secret key are passed over, those with X-Switchboard-Caller are told
with its value, and a PUT of /_switchboard/throttle/on or off throttles the requests of functions.
"""

import asyncio
import base64
import contextvars
import email.utils
import hashlib
import json
import os
import signal
import socket
import sys
import threading
import time
import uuid
from urllib.parse import parse_qs

fixed = int(os.environ.get("SWITCHBOARD_PORT") or 0)
listener = socket.socket()
if fixed:
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    listener.bind(("127.0.0.1", fixed))
except OSError:
    sys.exit(f"The port {fixed} of 127.0.0.1 is taken: choose another.")
listener.listen()
port = listener.getsockname()[1]
# Read when ministack is imported; functions are given the endpoint.
os.environ.update(GATEWAY_PORT=str(port), AWS_ENDPOINT_URL=f"http://127.0.0.1:{port}")

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app
from ministack.core import lambda_runtime
from ministack.core.iam_evaluator import EvalContext, _gather_role_policies, evaluate, evaluate_resource_policy
from ministack.core.responses import get_account_id, get_region
from ministack.core.router import extract_region
from ministack.services import apigateway, eventbridge, lambda_svc, secretsmanager, ses, ses_v2, sns, sqs
from ministack.services.cloudformation import provisioners

# SES authorises a sending on the identity and the configuration set, and knows the sender's address.
authorise_ses = app._enforce_ses_v2


def authorise_sending(method, path, headers, body, query, request_id):
    if method != "POST" or path.rstrip("/") != "/v2/email/outbound-emails":
        return authorise_ses(method, path, headers, body, query, request_id)
    sent = json.loads(body or b"{}")
    address = email.utils.parseaddr(sent.get("FromEmailAddress", ""))[1]
    known = address in ses_v2._identities or address in ses._identities
    names = ["identity/" + (address if known else address.rpartition("@")[2])]
    if sent.get("ConfigurationSetName"):
        names.append("configuration-set/" + sent["ConfigurationSetName"])
    for name in names:
        arn = f"arn:aws:ses:{extract_region(headers, query)}:{get_account_id()}:{name}"
        denied = app._enforce_data_plane(
            "sesv2", "ses:SendEmail", headers, query, request_id, resource_arn=arn, named_resource=arn,
            service_context={"ses:FromAddress": address})
        if denied:
            return denied
    return None


app._enforce_ses_v2 = authorise_sending

# SNS tells whether a number has opted out: those that end in 99 have, as with moto.
handle_sns = sns.handle_request


async def handle_opt_out(method, path, headers, body, query):
    form = parse_qs((body or b"").decode())
    if form.get("Action") != ["CheckIfPhoneNumberIsOptedOut"]:
        return await handle_sns(method, path, headers, body, query)
    out = str(form.get("phoneNumber", [""])[0].endswith("99")).lower()
    name = "CheckIfPhoneNumberIsOptedOut"
    return sns._xml(200, f"{name}Response", f"<{name}Result><isOptedOut>{out}</isOptedOut></{name}Result>")


sns.handle_request = handle_opt_out

# Ref of a secret is its ARN; it was its name, which no statement of a role allows.
secret = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]
create_secret, delete_secret = secret["create"], secret["delete"]


def create_secret_by_arn(*arguments):
    _, attributes = create_secret(*arguments)
    return attributes["Arn"], attributes


def delete_secret_by_arn(physical_id, properties):
    names = [name for name, kept in secretsmanager._secrets.items() if kept["ARN"] == physical_id]
    for name in names:
        delete_secret(name, properties)


secret.update(create=create_secret_by_arn, delete=delete_secret_by_arn)

# A number from a parameter comes as text, and CloudFormation makes a number of it again.
mapping = provisioners._RESOURCE_HANDLERS["AWS::Lambda::EventSourceMapping"]
create_mapping = mapping["create"]


def create_mapping_of_numbers(logical_id, properties, stack_name):
    changed = dict(properties)
    if scaling := properties.get("ScalingConfig"):
        changed["ScalingConfig"] = {name: int(value) for name, value in scaling.items()}
    for name in ["ParallelizationFactor", "MaximumRetryAttempts", "MaximumRecordAgeInSeconds"]:
        if name in properties:
            changed[name] = int(properties[name])
    return create_mapping(logical_id, changed, stack_name)


mapping["create"] = create_mapping_of_numbers

# An alarm on a query of metrics is taken like any other; none of them is ever evaluated here.
alarm = provisioners._RESOURCE_HANDLERS["AWS::CloudWatch::Alarm"]
create_alarm = alarm["create"]


def create_alarm_of_a_query(logical_id, properties, stack_name):
    if "Metrics" in properties:
        properties = {name: value for name, value in properties.items() if name != "Metrics"}
        properties.update(Namespace="Query", MetricName=logical_id, Statistic="Sum", Period=300)
    return create_alarm(logical_id, properties, stack_name)


alarm["create"] = create_alarm_of_a_query

# Amazon Connect is not there: its resources are taken, and nothing stands behind them.


def take_association(logical_id, properties, stack_name):
    return f"{properties['InstanceId']}/{logical_id}", {"IntegrationAssociationId": logical_id}


def take_flow(logical_id, properties, stack_name):
    if "${" in json.dumps(json.loads(properties["Content"])):
        raise ValueError("the flow's Content has a ${name} that is not filled in")
    arn = f"{properties['InstanceArn']}/contact-flow/{uuid.uuid4()}"
    return arn, {"ContactFlowArn": arn}


def take_storage(logical_id, properties, stack_name):
    stream = properties["KinesisStreamConfig"]["StreamArn"]
    if ":kinesis:" not in stream:
        raise ValueError("contact records are to be written to something that is not a stream")
    association = str(uuid.uuid4())
    return f"{properties['InstanceArn']}|{association}|{properties['ResourceType']}", {"AssociationId": association}


for kind, take in [
    ("IntegrationAssociation", take_association),
    ("ContactFlow", take_flow),
    ("InstanceStorageConfig", take_storage),
]:
    provisioners._RESOURCE_HANDLERS[f"AWS::Connect::{kind}"] = {"create": take, "delete": lambda *_: None}

# An API's own /health; it was ministack's.
handle_early = app._handle_pre_body_request


async def handle_early_but_health(method, path, headers, query, request_id):
    if path == "/health" and ".execute-api." in headers.get("host", ""):
        return None
    return await handle_early(method, path, headers, query, request_id)


app._handle_pre_body_request = handle_early_but_health

# How the invocation of this thread ran: one of ministack's environments runs it in the thread that asks for it.
ran = threading.local()

# A function's process has Lambda's variables and its own, none of this one's.
make_environment = lambda_svc._provided_worker_env
lambdas_own = {"AWS_ENDPOINT_URL", "PATH", "LANG", "TMPDIR"}
further = json.loads(os.environ.get("SWITCHBOARD_FUNCTION_VARIABLES", "{}"))


def environment_of_lambda(config, code_dir, runtime_port):
    made = make_environment(config, code_dir, runtime_port)
    own = (config.get("Environment") or {}).get("Variables") or {}
    logging = config.get("LoggingConfig") or {}
    made.update({
        name: logging[key] for name, key in [
            ("AWS_LAMBDA_LOG_FORMAT", "LogFormat"), ("AWS_LAMBDA_LOG_LEVEL", "ApplicationLogLevel"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "LogGroup")] if logging.get(key)})
    # The port of its Runtime API is an environment's own.
    ran.environment = runtime_port
    named = {
        name: value.replace("{function}", config.get("FunctionName", "")).replace("{environment}", str(runtime_port))
        for name, value in further.items()}
    return {**named, **{
        name: value for name, value in made.items()
        if name not in os.environ or os.environ[name] != value or name in lambdas_own or name in own}}


lambda_svc._provided_worker_env = environment_of_lambda

# ministack keeps these policies but does not evaluate them: an API's right to invoke a function, EventBridge's to send
# to a queue (else to the dead-letter queue), and a role's on the queue that Lambda polls for it and on its log group.


def service_may(document, service, action, resource, source):
    if isinstance(document, str):
        document = json.loads(document or "{}")
    context = EvalContext(
        principal_arn="*", principal_type="Service", principal_account="", action=action,
        resource_arn=resource, region=get_region(),
        service_context={"aws:sourcearn": source, "aws:sourceaccount": get_account_id()})
    return evaluate_resource_policy(document, context, service=service).decision == "Allow"


def function_may(config, account, action, resource):
    role = config.get("Role", "").rsplit("/", 1)[-1]
    context = EvalContext(
        principal_arn=f"arn:aws:sts::{account}:assumed-role/{role}/{config.get('FunctionName', '')}",
        principal_type="AssumedRole", principal_account=account, action=action, resource_arn=resource,
        region=get_region())
    return evaluate(context, _gather_role_policies(role, account)).decision == "Allow"


invoke_proxy = apigateway._invoke_lambda_proxy


async def invoke_proxy_if_allowed(integration, api, stage, path, method, *rest, **named):
    reference = apigateway._extract_lambda_ref_from_integration_uri(integration.get("integrationUri", ""))
    function, config, _ = lambda_svc._get_func_record_for_ref_in_scope(
        reference, account_id=named.get("owner_account_id"), region=named.get("owner_region"))
    source = f"arn:aws:execute-api:{get_region()}:{get_account_id()}:{api}/{stage}/{method}{path}"
    if function is not None and not service_may(
            function["policy"], "apigateway.amazonaws.com", "lambda:InvokeFunction", config["FunctionArn"],
            source):
        answer = json.dumps({"message": "Internal Server Error"}).encode()
        return 500, {"Content-Type": "application/json"}, answer
    return await invoke_proxy(integration, api, stage, path, method, *rest, **named)


apigateway._invoke_lambda_proxy = invoke_proxy_if_allowed

invoke_target = eventbridge._invoke_target


def invoke_target_if_allowed(target, event, rule, view=None):
    arn = target.get("Arn", "")
    if ":sqs:" not in arn:
        return invoke_target(target, event, rule, view)
    for queue in [arn, (target.get("DeadLetterConfig") or {}).get("Arn")]:
        policy = ((sqs._queue_by_arn(queue) if queue else None) or {}).get("attributes", {}).get("Policy")
        if policy and service_may(policy, "events.amazonaws.com", "sqs:SendMessage", queue, rule["Arn"]):
            return invoke_target({**target, "Arn": queue}, event, rule, view)


eventbridge._invoke_target = invoke_target_if_allowed

iterate_mappings = lambda_svc._iter_all_esms


def iterate_allowed_mappings():
    for account, region, mapping in iterate_mappings():
        function = lambda_svc._functions.get_scoped(account, region, mapping["FunctionName"])
        source = mapping.get("EventSourceArn", "")
        actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        if ":sqs:" not in source or function and all(
                function_may(function["config"], account, action, source) for action in actions):
            yield account, region, mapping


lambda_svc._iter_all_esms = iterate_allowed_mappings

emit_logs = lambda_svc._emit_lambda_logs


def emit_allowed_logs(function, *arguments, **named):
    config = function.get("config") or function
    group = (config.get("LoggingConfig") or {}).get("LogGroup") or f"/aws/lambda/{config['FunctionName']}"
    stream = f"arn:aws:logs:{get_region()}:{get_account_id()}:log-group:{group}:log-stream:any"
    actions = ["logs:CreateLogStream", "logs:PutLogEvents"]
    if all(function_may(config, get_account_id(), action, stream) for action in actions):
        emit_logs(function, *arguments, **named)


lambda_svc._emit_lambda_logs = emit_allowed_logs

# At a fixed port the addresses stay the same, an HTTP API's too.
api = provisioners._RESOURCE_HANDLERS["AWS::ApiGatewayV2::Api"]
create_api = api["create"]


def create_api_of_the_same_id(logical_id, properties, stack_name):
    same = hashlib.sha256(f"{stack_name}/{logical_id}".encode()).hexdigest()[:8]
    tags = {"ms-custom-id": same, **(properties.get("Tags") or {})}
    return create_api(logical_id, {**properties, "Tags": tags}, stack_name)


if fixed:
    api["create"] = create_api_of_the_same_id

# Each request, invocation and message as a line of JSON, for those who watch.
caller = contextvars.ContextVar("caller", default=None)
printing = threading.Lock()
longest_body = 16 << 10
longest_line = 120_000


def tell(event):
    if event["type"] == "invocation" and caller.get():
        event["caller"] = caller.get()
    line = json.dumps(event, default=str)
    for name in ["log", "event", "result", "requestBody", "responseBody", "body"]:
        if len(line) > longest_line and name in event:
            event[name] = None
            line = json.dumps(event, default=str)
    if len(line) <= longest_line:
        with printing:
            print(line, flush=True)


def shown(body):
    return base64.b64encode(body[:longest_body + 4]).decode()


# While it is on, AWS refuses whatever a function sends: its proxy marks that.
throttle = {"is_on": False}


def throttled(headers, path):
    """Returns what AWS answers over a rate: 400 in the JSON protocols, 429 in REST's, 503 SlowDown from S3."""
    if "x-amz-target" in headers:
        return 400, {"Content-Type": "application/x-amz-json-1.0"}, (
            b'{"__type":"ThrottlingException","message":"Rate exceeded"}')
    if path.startswith("/v2/email/"):
        return 429, {"Content-Type": "application/json", "x-amzn-ErrorType": "TooManyRequestsException"}, (
            b'{"message":"Maximum sending rate exceeded."}')
    if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return 400, {"Content-Type": "text/xml"}, (
            b"<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>")
    return 503, {"Content-Type": "application/xml"}, (
        b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>")


async def respond(receive, send, status, fields, body=b""):
    while (await receive()).get("more_body"):
        pass
    named = [(name.lower().encode(), value.encode()) for name, value in fields.items()]
    await send({
        "type": "http.response.start", "status": status,
        "headers": [*named, (b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})


def tell_messages(target, requested, responded):
    """Tells what a request to SQS or Kinesis brings, which is longer than what is told of a request."""
    operation = target.rpartition(".")[2]
    if operation not in {"SendMessage", "SendMessageBatch", "PutRecord", "PutRecords"}:
        return
    try:
        sent = json.loads(requested)
    except ValueError:
        return
    try:
        answer = json.loads(responded)
    except ValueError:
        answer = {}
    name = (sent.get("QueueUrl") or sent.get("StreamName") or sent.get("StreamARN") or "").rpartition("/")[2]
    if operation.startswith("Send"):
        results = {result["Id"]: result for result in answer.get("Successful", []) + answer.get("Failed", [])}
        for entry in sent.get("Entries", [sent]):
            result = results.get(entry.get("Id"), answer)
            tell({
                "type": "message", "channel": "queue", "name": name, "id": result.get("MessageId"),
                "body": (entry.get("MessageBody") or "")[:longest_body + 4], "error": result.get("Code")})
        return
    results = answer.get("Records", [answer])
    for place, entry in enumerate(sent.get("Records", [sent])):
        result = results[place] if place < len(results) else {}
        tell({
            "type": "message", "channel": "stream", "name": name, "id": result.get("SequenceNumber"),
            "partitionKey": entry.get("PartitionKey"), "data": shown(base64.b64decode(entry.get("Data") or "")),
            "error": result.get("ErrorCode")})


async def observed(scope, receive, send):
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope.get("headers", [])}
    path = scope.get("raw_path", b"").decode("latin-1") or scope.get("path", "")
    if scope["type"] != "http":
        return await app.app(scope, receive, send)
    caller.set(headers.get("x-switchboard-caller"))
    # An API passes headers on; these are ours.
    scope = {**scope, "headers": [field for field in scope["headers"] if not field[0].startswith(b"x-switchboard-")]}
    is_own = headers.get("x-switchboard-own") == os.environ["AWS_SECRET_ACCESS_KEY"]
    if is_own and path.startswith("/_switchboard/throttle/"):
        throttle["is_on"] = path.endswith("/on")
        return await respond(receive, send, 204, {})
    is_functions = "x-switchboard-observed" in headers
    if is_functions and throttle["is_on"] and ".execute-api." not in headers.get("host", ""):
        return await respond(receive, send, *throttled(headers, path))
    if is_functions or is_own or path.startswith("/_ministack"):
        return await app.app(scope, receive, send)
    headers.pop("x-switchboard-caller", None)
    began, query = time.time(), scope.get("query_string", b"").decode("latin-1")
    requested, responded, head = bytearray(), bytearray(), {}

    async def receive_and_keep():
        message = await receive()
        requested.extend(message.get("body", b""))
        return message

    async def keep_and_send(message):
        if message["type"] == "http.response.start":
            head.update(status=message["status"], headers=message.get("headers", []))
        elif message["type"] == "http.response.body" and len(responded) <= longest_body:
            responded.extend(message.get("body", b""))
        await send(message)

    try:
        await app.app(scope, receive_and_keep, keep_and_send)
    finally:
        tell({
            "type": "request", "began": began, "milliseconds": round((time.time() - began) * 1000, 1),
            "method": scope["method"],
            "url": f"http://{headers.get('host', '')}{path}{'?' + query if query else ''}",
            "requestHeaders": headers, "requestBody": shown(bytes(requested)), "status": head.get("status"),
            "responseHeaders": {
                name.decode("latin-1"): value.decode("latin-1") for name, value in head.get("headers", [])},
            "responseBody": shown(bytes(responded))})
        # Of a shorter one the messages are in what was told.
        if len(requested) > longest_body + 4 and head.get("status") == 200:
            tell_messages(headers.get("x-amz-target", ""), bytes(requested), bytes(responded))


spawn_environment = lambda_runtime.ProvidedWorker._spawn
run_in_environment = lambda_runtime.ProvidedWorker.invoke


def spawn_and_measure(worker, *arguments, **named):
    began = time.time()
    try:
        return spawn_environment(worker, *arguments, **named)
    finally:
        ran.starting = getattr(ran, "starting", 0.0) + time.time() - began


def run_and_note(worker, *arguments, **named):
    # A warm one has its Runtime API already; another notes its own when it starts.
    ran.environment = worker._server.server_address[1] if worker._server else None
    ran.starting, ran.memory = 0.0, None
    try:
        return run_in_environment(worker, *arguments, **named)
    finally:
        ran.memory = most_memory(worker._proc)


def most_memory(process):
    """Returns the megabytes that a process had at most, rounded up; None for one that has ended."""
    try:
        with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
            line = next(line for line in status if line.startswith("VmHWM:"))
        return -(-int(line.split()[1]) // 1024)
    except (AttributeError, OSError, StopIteration):
        return None


dispatch = lambda_svc._execute_function_dispatch


def dispatch_and_tell(func, config, event, request_id, started):
    ran.environment, ran.starting, ran.memory = None, 0.0, None
    result = dispatch(func, config, event, request_id, started)
    told = result if isinstance(result, dict) else {}
    starting = round(ran.starting * 1000, 1)
    tell({
        "type": "invocation", "began": started,
        # Lambda's duration is without the start.
        "milliseconds": round((time.time() - started) * 1000 - starting, 1), "environment": ran.environment,
        "cold": None if ran.environment is None else starting > 0, "initMilliseconds": starting or None,
        "memoryMB": ran.memory,
        "function": config.get("FunctionName", ""), "requestId": request_id, "event": event,
        "result": told.get("body"), "failed": bool(told.get("error")), "log": told.get("log") or ""})
    return result


invoke_allowed_target = eventbridge._invoke_target


def invoke_target_and_tell(target, event, rule, view=None):
    arn = target.get("Arn", "")
    if ":sqs:" in arn:
        tell({"type": "message", "name": arn.rsplit(":", 1)[-1], "body": json.dumps(event, default=str)})
    return invoke_allowed_target(target, event, rule, view)


served = app.app
if os.environ.get("SWITCHBOARD_OBSERVED"):
    served = observed
    lambda_runtime.ProvidedWorker._spawn = spawn_and_measure
    lambda_runtime.ProvidedWorker.invoke = run_and_note
    lambda_svc._execute_function_dispatch = dispatch_and_tell
    eventbridge._invoke_target = invoke_target_and_tell


def end_with_parent():
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)


threading.Thread(target=end_with_parent, daemon=True).start()
config = Config()
config.bind = [f"fd://{listener.fileno()}"]
config.keep_alive_timeout = 75
print(port, flush=True)
asyncio.run(serve(served, config))
