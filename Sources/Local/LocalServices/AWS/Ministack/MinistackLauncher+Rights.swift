extension MinistackLauncher {
    /// Asks the policies that ministack keeps but does not ask: an API's right to invoke a function, EventBridge's to send to a
    /// queue (else to the dead-letter queue), and a role's on the queue that Lambda polls for it and on its log group.
    static let rights = """
        from ministack.core.arn import parse_arn
        from ministack.core.iam_evaluator import EvalContext, _gather_role_policies, evaluate, evaluate_resource_policy
        from ministack.core.responses import get_region
        from ministack.services import apigateway, eventbridge, sqs

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


        """
}
