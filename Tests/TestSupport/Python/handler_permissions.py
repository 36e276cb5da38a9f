"""What whoever deploys a resource type must be allowed to do: the `handlers.*.permissions` of CloudFormation's own
schemas, as cfn-lint ships them, for creating, reading, changing and deleting.

Reads one JSON list of types a line, and writes one object for each: {"AWS::SQS::Queue": ["sqs:CreateQueue", ...], ...}
"""

import json
import sys

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

HANDLERS = ["create", "read", "update", "delete"]


def permissions(resource_type):
    handlers = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema["handlers"]
    return sorted({each for name in HANDLERS for each in handlers.get(name, {}).get("permissions", [])})


for line in sys.stdin:
    print(json.dumps({name: permissions(name) for name in json.loads(line)}), flush=True)
