"""What botocore's model of Amazon Connect says of requests, and of responses.

Reads lines of JSON and answers each with one line, empty where nothing is wrong:
{"kind": "request", "method", "path", "body"}     the request by its method and target
{"kind": "response", "operation", "body"}         the response of an operation
"""

import json
import re
import sys
from urllib.parse import parse_qs, urlsplit

import botocore.session
from botocore.validate import ParamValidator

MODEL = botocore.session.Session().get_service_model("connect")


def operation_of(method, path):
    for name in MODEL.operation_names:
        http = MODEL.operation_model(name).http
        uri = http["requestUri"].split("?")[0]
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(uri))
        found = re.fullmatch(pattern, path)
        if http["method"] == method and found:
            return MODEL.operation_model(name), found.groupdict()
    raise ValueError(f"no operation is {method} {path}")


def converted(shape, values):
    if shape.type_name == "list":
        return values
    if len(values) != 1:
        raise ValueError(f"{len(values)} values of one")
    return int(values[0]) if shape.type_name in ("integer", "long") else values[0]


def request(case):
    target = urlsplit(case["path"])
    operation, labels = operation_of(case["method"], target.path)
    members = operation.input_shape.members
    names = {shape.serialization.get("name", name): name for name, shape in members.items()}
    parameters = {names.get(name, name): value for name, value in labels.items()}
    query = parse_qs(target.query, strict_parsing=True, keep_blank_values=True) if target.query else {}
    for name, values in query.items():
        if members.get(names.get(name)) is None or members[names[name]].serialization.get("location") != "querystring":
            raise ValueError(f"{name} is no parameter of {operation.name}")
        parameters[names[name]] = converted(members[names[name]], values)
    parameters |= json.loads(case["body"]) if case["body"] else {}
    report = ParamValidator().validate(parameters, operation.input_shape)
    return report.generate_report() or enums(operation.input_shape, parameters, operation.name)


def enums(shape, value, path):
    """The first value that is none of its enumeration, or beyond a list's length: ParamValidator looks at neither."""
    if shape.type_name == "structure":
        for name, member in value.items():
            if fault := enums(shape.members[name], member, f"{path}.{name}"):
                return fault
    elif shape.type_name == "list":
        if len(value) > shape.metadata.get("max", len(value)):
            return f"{path} has {len(value)} elements"
        for member in value:
            if fault := enums(shape.member, member, path):
                return fault
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        return f"{path} is {value}"
    return ""


KINDS = {
    "string": str, "integer": int, "long": int, "double": (int, float), "boolean": bool, "timestamp": (int, float),
}


def fits(shape, value, path):
    """What is wrong with a value; a null is none."""
    if value is None:
        return ""
    if shape.type_name == "structure":
        if not isinstance(value, dict):
            return f"{path} is no object"
        for name, member in value.items():
            if name not in shape.members:
                return f"{path} has {name}"
            if fault := fits(shape.members[name], member, f"{path}.{name}"):
                return fault
        return ""
    if shape.type_name in ("list", "map"):
        if not isinstance(value, list if shape.type_name == "list" else dict):
            return f"{path} is no {shape.type_name}"
        inner = shape.member if shape.type_name == "list" else shape.value
        for member in value if shape.type_name == "list" else value.values():
            if fault := fits(inner, member, path):
                return fault
        return ""
    if not isinstance(value, KINDS[shape.type_name]):
        return f"{path} is no {shape.type_name}"
    return f"{path} is {value}" if shape.type_name == "string" and shape.enum and value not in shape.enum else ""


def response(case):
    return fits(MODEL.operation_model(case["operation"]).output_shape, json.loads(case["body"]), case["operation"])


def answer(case):
    try:
        return {"request": request, "response": response}[case["kind"]](case)
    except Exception as error:  # Whatever it stumbles over is a fault of the case.
        return f"{type(error).__name__}: {error}"


for line in sys.stdin:
    print(answer(json.loads(line)).replace("\n", " "), flush=True)
