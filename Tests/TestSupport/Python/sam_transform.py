"""What CloudFormation would make of template.yaml: AWS's own SAM transform, then parameters, rules and conditions.

Reads one JSON object of parameters a line, and writes one line for each:
{"broken": [the rules' sentences], "unresolved": [...], "resources": {...}, "outputs": {...}}
References to resources stay as they are; `Fn::Sub` is filled in with parameters, resources in it become ${Name}.
"""

import json
import logging
import os
import pathlib
import re
import sys

from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

PSEUDO = {
    "AWS::AccountId": "210987654321",
    "AWS::Partition": "aws",
    "AWS::Region": "eu-central-1",
    "AWS::StackId": "arn:aws:cloudformation:eu-central-1:210987654321:stack/switchboard/1",
    "AWS::StackName": "switchboard",
    "AWS::URLSuffix": "amazonaws.com",
}
NOTHING = object()


class NoPolicies(ManagedPolicyLoader):
    """Every role is the template's own: no managed policy is looked up."""

    def __init__(self):
        super().__init__(None)

    def load(self):
        return {}


class Stack:
    def __init__(self, template, given):
        self.template = template
        self.unresolved = []
        self.values = dict(PSEUDO)
        for name, parameter in template.get("Parameters", {}).items():
            if name in given:
                value = given[name]
            elif "Default" in parameter:
                value = str(parameter["Default"])
            else:
                self.unresolved.append(name)
                continue
            allowed = [str(each) for each in parameter.get("AllowedValues", [value])]
            if value not in allowed or not re.fullmatch(parameter.get("AllowedPattern", "(?s).*"), value):
                self.unresolved.append(f"{name} is {value}")
            self.values[name] = value
        self.unresolved += [name for name in given if name not in self.values]
        resources = template["Resources"]
        self.resources = {name for name, resource in resources.items() if self.is_made(resource)}

    def holds(self, name):
        return self.condition(self.template["Conditions"][name])

    def condition(self, node):
        (function, argument), = node.items()
        if function == "Condition":
            return self.holds(argument)
        if function == "Fn::Not":
            return not self.condition(argument[0])
        if function == "Fn::And":
            return all(self.condition(each) for each in argument)
        if function == "Fn::Or":
            return any(self.condition(each) for each in argument)
        if function == "Fn::Equals":
            return self.resolve(argument[0]) == self.resolve(argument[1])
        raise ValueError(f"{function} is no condition")

    def is_made(self, item):
        return "Condition" not in item or self.holds(item["Condition"])

    def broken(self):
        sentences = []
        for rule in self.template.get("Rules", {}).values():
            if "RuleCondition" in rule and not self.condition(rule["RuleCondition"]):
                continue
            for assertion in rule["Assertions"]:
                if not self.condition(assertion["Assert"]):
                    sentences.append(assertion["AssertDescription"])
        return sentences

    def name(self, name):
        if name == "AWS::NoValue":
            return NOTHING
        if name in self.values:
            return self.values[name]
        if name not in self.resources:
            self.unresolved.append(name)
        return {"Ref": name}

    def resolve(self, node):
        if isinstance(node, list):
            return [each for each in map(self.resolve, node) if each is not NOTHING]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (function, argument), = node.items()
            if function == "Ref":
                return self.name(argument)
            if function == "Fn::If":
                return self.resolve(argument[1] if self.holds(argument[0]) else argument[2])
            if function == "Fn::GetAtt":
                parts = argument.split(".", 1) if isinstance(argument, str) else argument
                self.name(parts[0])
                return {"Fn::GetAtt": parts}
            if function == "Fn::Join":
                return argument[0].join(self.resolve(argument[1]))
            if function == "Fn::Split":
                whole = self.resolve(argument[1])
                return whole.split(argument[0]) if isinstance(whole, str) else {function: [argument[0], whole]}
            if function == "Fn::Sub":
                return self.substitute(*(argument if isinstance(argument, list) else [argument, {}]))
        resolved = {key: self.resolve(value) for key, value in node.items()}
        return {key: value for key, value in resolved.items() if value is not NOTHING}

    def substitute(self, text, own):
        def value(match):
            found = self.resolve(own[match[1]]) if match[1] in own else self.name(match[1].split(".")[0])
            return found if isinstance(found, str) else match[0]

        return re.sub(r"\$\{([^!}]+)\}", value, text)

    def items(self, section):
        items = {}
        for name, item in self.template.get(section, {}).items():
            if self.is_made(item):
                items[name] = self.resolve({key: value for key, value in item.items() if key != "Condition"})
        return items


def packaged(template):
    """As `sam package` leaves it: every zip in a bucket, here under its path in the project."""
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://packages/" + resource["Properties"]["CodeUri"]
    return template


def main():
    # It warns of metrics that nobody publishes, at the end of every transform.
    logging.getLogger("samtranslator.metrics").setLevel(logging.ERROR)
    # The transform asks boto3 for a region; nothing is called.
    os.environ["AWS_DEFAULT_REGION"] = PSEUDO["AWS::Region"]
    text = (pathlib.Path(__file__).resolve().parents[3] / "template.yaml").read_text(encoding="utf-8")
    for line in sys.stdin:
        given = json.loads(line)
        template = transform(packaged(yaml_parse(text)), {}, NoPolicies())
        stack = Stack(template, given)
        answer = {
            "broken": stack.broken(),
            "resources": stack.items("Resources"),
            "outputs": stack.items("Outputs"),
            "unresolved": stack.unresolved,
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
