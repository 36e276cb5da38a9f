"""A skill that asks for a name and creates a lead of it by the wrapper API."""

import base64
import json
import os

from lambda_function import fetch, run


def respond(text, ends, attributes=None, **more):
    speech = {"type": "SSML", "ssml": "<speak>" + text + "</speak>"}
    return {"version": "1.0", "sessionAttributes": attributes or {},
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


run(answer)
