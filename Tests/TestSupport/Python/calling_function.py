"""Calls the local AWS with AWS's own SDK: rightly, with a wrong secret, and for what the key may not do."""

import http.client
import json
import os

import boto3
import botocore.exceptions

connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])


def code(call):
    try:
        return str(call()["ResponseMetadata"]["HTTPStatusCode"])
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]


def sns(**key):
    return boto3.client("sns", **key)


while True:
    connection.request("GET", "/2018-06-01/runtime/invocation/next")
    event = connection.getresponse()
    event.read()
    key = os.environ["AWS_ACCESS_KEY_ID"]
    came = {
        "right": code(lambda: sns().publish(
            PhoneNumber="+4915112345678", Message="right", MessageAttributes={
                "AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"},
                "AWS.SNS.SMS.SenderID": {"DataType": "String", "StringValue": "Clinic"}})),
        "wrong secret": code(lambda: sns(aws_access_key_id=key, aws_secret_access_key="wrong").publish(
            PhoneNumber="+4915112345678", Message="wrong")),
        "another action": code(lambda: sns().create_topic(Name="topic")),
        "e-mail": code(lambda: boto3.client("sesv2").send_email(
            FromEmailAddress="a@later.example", ReplyToAddresses=["r@example.net"],
            Destination={"ToAddresses": ["b@example.net"], "CcAddresses": ["c@example.net"]},
            Content={"Simple": {"Subject": {"Data": "Hi"}, "Body": {"Text": {"Data": "Grüße"}}}}))}
    try:
        came["secret later"] = boto3.client("secretsmanager").get_secret_value(SecretId="later")["SecretString"]
    except botocore.exceptions.ClientError:
        pass
    connection.request("POST", "/2018-06-01/runtime/invocation/%s/response" % (
        event.headers["Lambda-Runtime-Aws-Request-Id"]), json.dumps(came))
    connection.getresponse().read()
