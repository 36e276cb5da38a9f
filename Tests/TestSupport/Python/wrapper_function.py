"""A wrapper API that signs in as its caller and creates a lead of the body."""

import base64
import json
import os
import urllib.parse

from lambda_function import fetch, run


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


run(answer)
