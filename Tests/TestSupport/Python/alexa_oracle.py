"""Passes JSON through Amazon's own models of the Alexa Skills Kit, and says where it comes back changed.

Reads lines of {"kind": ..., "value": ...}, and answers each with one: empty when the value survives the round trip,
else what is wrong. A key that the model does not know, or a value of another type, does not survive it.
"""

import json
import sys

from ask_sdk_model import RequestEnvelope, ResponseEnvelope
from ask_sdk_model_runtime import DefaultSerializer
from ask_smapi_model.v1.skill.account_linking import AccountLinkingRequest
from ask_smapi_model.v1.skill.interaction_model.interaction_model_data import InteractionModelData
from ask_smapi_model.v1.skill.manifest import SkillManifestEnvelope

MODELS = {
    "request": RequestEnvelope,
    "response": ResponseEnvelope,
    "model": InteractionModelData,
    "manifest": SkillManifestEnvelope,
    "linking": AccountLinkingRequest,
}


def difference(came, sent, path="$"):
    """The first place where two JSON values differ, in words; None when they are the same."""
    if type(came) is not type(sent):
        return f"{path} is {came!r}, and was {sent!r}"
    if isinstance(sent, dict):
        for key in sorted(sent.keys() | came.keys()):
            if key not in came:
                return f"{path}.{key} is not known"
            if key not in sent:
                return f"{path}.{key} was added"
            found = difference(came[key], sent[key], f"{path}.{key}")
            if found:
                return found
        return None
    if isinstance(sent, list):
        if len(came) != len(sent):
            return f"{path} has {len(came)} elements, and had {len(sent)}"
        for index, pair in enumerate(zip(came, sent)):
            found = difference(*pair, f"{path}[{index}]")
            if found:
                return found
        return None
    return None if came == sent else f"{path} is {came!r}, and was {sent!r}"


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [without_nulls(inner) for inner in value]
    return value


def fault(kind, value):
    serializer = DefaultSerializer()
    try:
        known = serializer.deserialize(json.dumps(value), MODELS[kind])
        came = json.loads(json.dumps(without_nulls(serializer.serialize(known))))
    except Exception as error:  # Whatever it stumbles over is a fault of the value.
        return f"{type(error).__name__}: {error}"
    return difference(came, value)


for line in sys.stdin:
    case = json.loads(line)
    print((fault(case["kind"], case["value"]) or "").replace("\n", " "), flush=True)
