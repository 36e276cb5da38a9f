"""Answers for Twilio's own library: signatures of requests, and whether a TwiML document is one it could have written.

Reads lines of JSON and answers each with one line:
{"kind": "sign", "token", "url", "parameters": [[name, value], ...]}             the signature
{"kind": "validate", "token", "url", "parameters" or "body", "signature"}        true or false
{"kind": "twiml", "text"}                                                        empty, or what is wrong with it
"""

import inspect
import json
import sys
import xml.etree.ElementTree as ElementTree

from twilio.request_validator import RequestValidator
from twilio.twiml import lower_camel
from twilio.twiml.voice_response import VoiceResponse


class Parameters(dict):
    """A form's parameters, several values a name, as web frameworks have them."""

    def __init__(self, pairs):
        super().__init__()
        for name, value in pairs:
            self.setdefault(name, []).append(value)

    def getall(self, name):
        return self[name]


def sign(case):
    return RequestValidator(case["token"]).compute_signature(case["url"], Parameters(case["parameters"]))


def validate(case):
    content = case["body"] if "body" in case else Parameters(case["parameters"])
    return "true" if RequestValidator(case["token"]).validate(case["url"], content, case["signature"]) else "false"


def build(element, parent):
    """Writes the element with the library's class; says what that does not know."""
    name = element.tag.lower()
    method = getattr(parent, name, None)
    if method is None:
        raise ValueError(f"<{element.tag}> is not known in <{parent.name}>")
    known = {lower_camel(name): name for name in inspect.signature(method).parameters}
    arguments = {}
    for attribute, value in element.attrib.items():
        if attribute not in known:
            raise ValueError(f"{attribute} is not known of <{element.tag}>")
        arguments[known[attribute]] = value
    texts = [key for key in ("message", "number", "phone_number", "url") if key in known.values()]
    if (element.text or "").strip():
        arguments[texts[0]] = element.text
    elif "url" in texts or "message" in texts:
        raise ValueError(f"<{element.tag}> has no text")
    written = method(**arguments)
    for child in element:
        build(child, written)


def twiml(case):
    root = ElementTree.fromstring(case["text"].encode())
    if root.tag != "Response" or root.attrib:
        return "the root is not <Response>"
    response = VoiceResponse()
    for child in root:
        build(child, response)
    ours = ElementTree.canonicalize(case["text"], strip_text=True)
    theirs = ElementTree.canonicalize(str(response), strip_text=True)
    return "" if ours == theirs else f"the library writes {theirs}"


def answer(case):
    try:
        return {"sign": sign, "validate": validate, "twiml": twiml}[case["kind"]](case)
    except Exception as error:  # Whatever it stumbles over is a fault of the case.
        return f"{type(error).__name__}: {error}"


for line in sys.stdin:
    print(answer(json.loads(line)).replace("\n", " "), flush=True)
