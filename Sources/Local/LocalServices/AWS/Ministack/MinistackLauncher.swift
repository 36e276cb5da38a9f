import Settings

/// The program that runs ministack in the project's virtual environment.
///
/// It is ministack's own server on a free port, which it prints; requests are authorised, so that functions run with
/// their roles' rights. It ends with all its functions when its standard input closes, so never later than its parent.
/// Where ministack takes less than AWS does, or answers otherwise, it is put right here, never in the template:
/// SES's resources and condition keys, SNS's opt-out check, what `Ref` of a secret is, numbers that come as text, alarms on
/// a query, Amazon Connect's resources, a path of ministack's own that an API may have too, and an environment of a function
/// that holds what is Lambda's and its own, its log settings included.
enum MinistackLauncher {
    /// The variable with what every function gets beside its own variables, as a JSON object.
    static let functionVariables = "SWITCHBOARD_FUNCTION_VARIABLES"
    static let source = server + corrections + rights + start

    private static let server = """
        import asyncio, email.utils, json, os, signal, socket, sys, threading, uuid
        from urllib.parse import parse_qs

        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        # Read when ministack is imported; functions are given the endpoint.
        os.environ.update(GATEWAY_PORT=str(port), AWS_ENDPOINT_URL=f"http://127.0.0.1:{port}")

        from hypercorn.asyncio import serve
        from hypercorn.config import Config
        from ministack import app
        from ministack.core import lambda_runtime
        from ministack.core.responses import get_account_id
        from ministack.core.router import extract_region
        from ministack.services import lambda_svc, secretsmanager, ses, ses_v2, sns
        from ministack.services.cloudformation import provisioners


        """

    private static let corrections = """
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
            scaling = {name: int(value) for name, value in (properties.get("ScalingConfig") or {}).items()}
            changed = {**properties, "ScalingConfig": scaling} if scaling else properties
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

        for kind, take in [("IntegrationAssociation", take_association), ("ContactFlow", take_flow)]:
            provisioners._RESOURCE_HANDLERS[f"AWS::Connect::{kind}"] = {"create": take, "delete": lambda *_: None}

        # An API's own /health; it was ministack's.
        handle_early = app._handle_pre_body_request

        async def handle_early_but_health(method, path, headers, query, request_id):
            if path == "/health" and ".execute-api." in headers.get("host", ""):
                return None
            return await handle_early(method, path, headers, query, request_id)

        app._handle_pre_body_request = handle_early_but_health

        # A function's process has Lambda's variables and its own, none of this one's.
        make_environment = lambda_svc._provided_worker_env
        lambdas_own = {"AWS_ENDPOINT_URL", "PATH", "LANG", "TMPDIR"}
        further = json.loads(os.environ.get("\(functionVariables)", "{}"))

        def environment_of_lambda(config, *arguments):
            made = make_environment(config, *arguments)
            own = (config.get("Environment") or {}).get("Variables") or {}
            logging = config.get("LoggingConfig") or {}
            made.update({
                name: logging[key] for name, key in [
                    ("AWS_LAMBDA_LOG_FORMAT", "LogFormat"), ("AWS_LAMBDA_LOG_LEVEL", "ApplicationLogLevel"),
                    ("AWS_LAMBDA_LOG_GROUP_NAME", "LogGroup")] if logging.get(key)})
            return {**further, **{
                name: value for name, value in made.items()
                if name not in os.environ or os.environ[name] != value or name in lambdas_own or name in own}}

        lambda_svc._provided_worker_env = environment_of_lambda


        """

    private static let start = """
        def end_with_parent():
            sys.stdin.buffer.read()
            os.killpg(0, signal.SIGKILL)

        threading.Thread(target=end_with_parent, daemon=True).start()
        config = Config()
        config.bind = [f"fd://{listener.fileno()}"]
        config.keep_alive_timeout = 75
        print(port, flush=True)
        asyncio.run(serve(app.app, config))
        """
}
