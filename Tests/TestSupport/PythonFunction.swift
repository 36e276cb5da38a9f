import LocalServices

/// A bootstrap in Python that answers each event with what its `answer(event)` returns.
package enum PythonFunction {
    package static func source(_ answer: String) -> String {
        """
        #!\(Moto.testEnvironment)/bin/python
        import base64, http.client, json, os, urllib.error, urllib.parse, urllib.request
        connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
        runtime = "/2018-06-01/runtime/invocation/"

        def fetch(url, body=None, fields={}, method=None):
            request = urllib.request.Request(url, None if body is None else body.encode(), fields, method=method)
            try:
                with urllib.request.urlopen(request) as answer:
                    return answer.status, answer.read().decode(), answer.headers
            except urllib.error.HTTPError as error:
                return error.code, error.read().decode(), error.headers

        \(answer)

        while True:
            connection.request("GET", runtime + "next")
            event = connection.getresponse()
            path = runtime + event.headers["Lambda-Runtime-Aws-Request-Id"] + "/response"
            connection.request("POST", path, json.dumps(answer(json.loads(event.read()))))
            connection.getresponse().read()
        """
    }

    /// A wrapper API that signs in as its caller and creates a lead of the body.
    package static let wrapper = source(
        """
        def answer(event):
            user, password = base64.b64decode(event["headers"]["authorization"][6:]).decode().split(":", 1)
            form = {"grant_type": "password", "username": user, "password": password,
                    "client_id": os.environ["SALESFORCE_CLIENT_ID"],
                    "client_secret": os.environ["SALESFORCE_CLIENT_SECRET"]}
            status, text, _ = fetch(os.environ["SALESFORCE_LOGIN_URL"] + "/services/oauth2/token",
                                    urllib.parse.urlencode(form))
            assert os.environ["SALESFORCE_INSTANCE_URL"] == json.loads(text)["instance_url"]
            status, text, _ = fetch(
                json.loads(text)["instance_url"] + "/services/data/v62.0/sobjects/Lead", event["body"],
                {"Authorization": "Bearer " + json.loads(text)["access_token"], "Content-Type": "application/json"})
            return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": text}
        """)

    /// A skill that asks for a name and creates a lead of it by the wrapper API.
    package static let skill = source(
        """
        def respond(text, ends, attributes={}, **more):
            speech = {"type": "SSML", "ssml": "<speak>" + text + "</speak>"}
            return {"version": "1.0", "sessionAttributes": attributes,
                    "response": dict({"outputSpeech": speech, "shouldEndSession": ends}, **more)}

        def answer(event):
            request = event["request"]
            assert event["context"]["System"]["application"]["applicationId"] == os.environ["ALEXA_SKILL_ID"]
            if request["type"] != "IntentRequest":
                return respond("Welcome.", False, {"launched": True})
            if request["dialogState"] != "COMPLETED":
                return {"version": "1.0", "sessionAttributes": event["session"]["attributes"],
                        "response": {"directives": [{"type": "Dialog.Delegate"}], "shouldEndSession": False}}
            system = event["context"]["System"]
            fetch(system["apiEndpoint"] + "/v1/directives", json.dumps({
                "header": {"requestId": request["requestId"]},
                "directive": {"type": "VoicePlayer.Speak", "speech": "<speak>One moment.</speak>"}}),
                {"Authorization": "Bearer " + system["apiAccessToken"], "Content-Type": "application/json"})
            name = request["intent"]["slots"]["name"]["value"]
            login = os.environ["CRM_API_USERNAME"] + ":" + os.environ["CRM_API_PASSWORD"]
            status, text, _ = fetch(
                os.environ["CRM_API_URL"] + "/createRecord?x=1", json.dumps({"LastName": name, "Company": "Test"}),
                {"Authorization": "Basic " + base64.b64encode(login.encode()).decode(), "Content-Type": "application/json"})
            return respond("%d for %s, launched %s." % (status, name, event["session"]["attributes"].get("launched")), True)
        """)
}
