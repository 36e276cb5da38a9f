"""Makes the signature vectors beside this script, with botocore as the oracle.

    pip install -r Tests/requirements.txt && python3 Tests/AWSTests/Vectors/make_vectors.py

requests.json: calls that this project makes, made by botocore's own clients under a stopped clock and caught before
they are sent: what they were given (`input`), what went on the wire, and the Authorization header.
presigned.json: S3 URLs by `generate_presigned_url`, for keys that are hard to encode.
s3-urls.json, s3-listings.json: the same, and `list_objects_v2`, for each way of addressing a bucket.
The same botocore writes the same bytes; Tests/requirements.txt pins it.
"""

import datetime
import json
import pathlib
import uuid
from unittest import mock

import botocore.auth
import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.config import Config

HERE = pathlib.Path(__file__).parent
LONG_LIVED = {"accessKeyID": "AKIDEXAMPLE", "secretAccessKey": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
TEMPORARY = LONG_LIVED | {"sessionToken": "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaDGV1LWNlbnRyYWwtMSJ+/=="}
# The week-based year differs from the Gregorian one on some of these days.
TIMES = ["2025-12-29T00:00:00Z", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z", "2028-02-29T12:34:56Z"]

PHONE = "+4915112345678"
EMAIL = {
    "FromEmailAddress": "clinic@example.com",
    "Destination": {"ToAddresses": ["patient@example.com"]},
    "ReplyToAddresses": ["desk@example.com"],
    "Content": {
        "Simple": {
            "Subject": {"Data": "Ihr Termin – änd're ihn", "Charset": "UTF-8"},
            "Body": {
                "Text": {"Data": "Guten Tag,\n\t\"Frau\" O\\'Hara 🎉", "Charset": "UTF-8"},
                "Html": {"Data": "<p>Guten Tag &amp; auf Wiedersehen</p>", "Charset": "UTF-8"},
            },
        }
    },
    "ConfigurationSetName": "switchboard",
}
SMS = {
    "PhoneNumber": PHONE,
    "Message": "Termin: 5 & 6 Uhr = 100% +1 ~ é 🎉\n*/",
    "MessageAttributes": {
        "AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"},
        "AWS.SNS.SMS.SenderID": {"DataType": "String", "StringValue": "Clinic"},
        "AWS.SNS.SMS.MaxPrice": {"DataType": "Number", "StringValue": "0.50"},
        "AWS.MM.SMS.OriginationNumber": {"DataType": "String", "StringValue": "+12065550100"},
    },
}
TEXT = {
    "DestinationPhoneNumber": PHONE,
    "OriginationIdentity": "pool-a1b2c3",
    "MessageBody": "Termin: 5 & 6 Uhr 🎉",
    "MessageType": "TRANSACTIONAL",
    "ConfigurationSetName": "switchboard",
    "MaxPrice": "0.50",
    "TimeToLive": 600,
}
PUT = {
    "TableName": "idempotency",
    "Item": {"id": {"S": "SendEmail#ab/c"}, "state": {"S": "claimed"}, "expiresAt": {"N": "1798761600"}},
    "ConditionExpression": "attribute_not_exists(id) OR expiresAt < :now",
    "ExpressionAttributeValues": {":now": {"N": "1798675200"}},
    "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
}
DELETE = {
    "TableName": "idempotency",
    "Key": {"id": {"S": "SendEmail#ab/c"}},
    "ConditionExpression": "#state = :claimed",
    "ExpressionAttributeNames": {"#state": "state"},
    "ExpressionAttributeValues": {":claimed": {"S": "claimed"}},
}
INSTANCE = "2f0f1c5e-1d2b-4c3a-9b8a-7c6d5e4f3a2b"
QUEUES = ["1b2c3d4e-0000-4000-a000-000000000001", "1b2c3d4e-0000-4000-a000-000000000002"]
CURRENT = {
    "InstanceId": INSTANCE,
    "Filters": {"Queues": QUEUES},
    "Groupings": ["QUEUE"],
    "CurrentMetrics": [
        {"Name": "CONTACTS_IN_QUEUE", "Unit": "COUNT"}, {"Name": "OLDEST_CONTACT_AGE", "Unit": "SECONDS"},
    ],
    "MaxResults": 100,
}
HISTORICAL = {
    "ResourceArn": f"arn:aws:connect:eu-central-1:123456789012:instance/{INSTANCE}",
    "StartTime": 1798675200,
    "EndTime": 1798689600,
    "Interval": {"TimeZone": "UTC", "IntervalPeriod": "FIFTEEN_MIN"},
    "Filters": [{"FilterKey": "QUEUE", "FilterValues": QUEUES}],
    "Groupings": ["QUEUE", "CHANNEL"],
    "Metrics": [
        {"Name": "CONTACTS_HANDLED"},
        {"Name": "SERVICE_LEVEL", "Threshold": [{"Comparison": "LT", "ThresholdValue": 20}]},
    ],
    "MaxResults": 100,
}
CALLS = [
    ("sesv2", "send_email", EMAIL),
    ("sns", "publish", SMS),
    ("sns", "check_if_phone_number_is_opted_out", {"phoneNumber": PHONE}),
    ("pinpoint-sms-voice-v2", "send_text_message", TEXT),
    ("dynamodb", "get_item", {"TableName": "idempotency", "Key": DELETE["Key"],
                              "ConsistentRead": True}),
    ("dynamodb", "put_item", PUT),
    ("dynamodb", "delete_item", DELETE),
    ("secretsmanager", "get_secret_value", {
        "SecretId": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:a/b-X"}),
    ("connect", "list_queues", {"InstanceId": INSTANCE, "QueueTypes": ["STANDARD"], "NextToken": "to/ken+1==",
                                "MaxResults": 1000}),
    ("connect", "list_users", {"InstanceId": INSTANCE, "MaxResults": 1000}),
    ("connect", "get_current_metric_data", CURRENT),
    ("connect", "get_metric_data_v2", HISTORICAL),
]
KEYS = [
    "connect/clinic/CallRecordings/2026/12/31/0f3c_20261231T23:59_UTC.wav",
    "with space and+plus.mp3", "100%/%41.mp3", "é/ü🎉.mp3", "//double//slash", "a/../b/./c", "dots..",
    "quote'\"&=?#;,@!$()*[]{}|\\^`<>~-_.mp3",
]
HARD_KEYS = KEYS + [
    "a:b", "%2B+ ", "e\u0301", "\u00e9", "/lead", "..", ".", "q?x", "h#y", "a&b=c", "t\tab", "\u0001\u001f\u007f",
    "new\r\nline", "folder/", "\uffff\U0010ffff", "a" * 1024, "\U0001f389" * 256,
]
# Bucket, endpoint, region: virtual-hosted, by path for the dots, at endpoints of one's own, in other partitions.
PLACES = [
    ("recordings", None, "eu-central-1"), ("my.recordings", None, "eu-central-1"),
    ("recordings", "http://127.0.0.1:5000", "eu-central-1"),
    ("my.recordings", "https://s3.example.com:8443/base", "eu-central-1"),
    ("recordings", None, "cn-north-1"), ("recordings", None, "us-gov-west-1"),
]
LISTINGS = [
    {"MaxKeys": 1000}, {"Prefix": "jokes/en/", "MaxKeys": 1},
    {"Prefix": "é +%&=/?", "StartAfter": "é +%&=/?#~*'()", "MaxKeys": 7},
    {"ContinuationToken": "1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM+a==", "MaxKeys": 1000},
    {"StartAfter": "\u0001🎉//..", "MaxKeys": 999},
]


def client(service, region, credentials, endpoint=None, **options):
    session = botocore.session.Session()
    session.set_credentials(
        credentials["accessKeyID"], credentials["secretAccessKey"], credentials.get("sessionToken"))
    return session.create_client(service, region_name=region, endpoint_url=endpoint, config=Config(**options))


def stopped_clock(time):
    now = datetime.datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ")
    return mock.patch.object(botocore.auth, "get_current_datetime", lambda *args, **kwargs: now)


def catch(service, operation, arguments, region, credentials, time, **options):
    """What botocore would have sent."""
    caught = []

    def answer(request, **_):
        caught.append(request)
        return AWSResponse(request.url, 503, {}, mock.Mock(stream=lambda *a, **k: [b""]))

    # One try, since each would be signed alike; the invocation id is random otherwise.
    api = client(service, region, credentials, retries={"total_max_attempts": 1}, **options)
    api.meta.events.register("before-send", answer)
    with stopped_clock(time), mock.patch.object(uuid, "uuid4", lambda: "00000000-0000-4000-8000-000000000000"):
        try:
            getattr(api, operation)(**arguments)
        except botocore.exceptions.ClientError:
            pass
    request = caught[0]
    headers = {name: value.decode() if isinstance(value, bytes) else value for name, value in request.headers.items()}
    authorization = headers.pop("Authorization")
    signed = authorization.split("SignedHeaders=")[1].split(",")[0].split(";")
    body = request.body if isinstance(request.body, str) else (request.body or b"").decode()
    return {
        "service": service,
        "operation": operation,
        "signingName": authorization.split("/")[3],
        "region": region,
        "time": time,
        "credentials": credentials,
        "method": request.method,
        "url": request.url,
        "headers": {
            name: value for name, value in headers.items()
            if name.lower() in signed and name.lower() not in ("x-amz-date", "x-amz-security-token")
        },
        "body": body,
        "authorization": authorization,
    }


def presign(key, region, credentials, time, seconds):
    api = client("s3", region, credentials, signature_version="s3v4", s3={"addressing_style": "virtual"})
    with stopped_clock(time):
        url = api.generate_presigned_url(
            "get_object", Params={"Bucket": "recordings", "Key": key}, ExpiresIn=seconds)
    return {"key": key, "region": region, "time": time, "credentials": credentials, "seconds": seconds, "url": url}


def s3_options(bucket, endpoint):
    style = "path" if endpoint or "." in bucket else "virtual"
    return {"endpoint": endpoint, "signature_version": "s3v4", "s3": {"addressing_style": style}}


def s3_url(place, key, credentials, time, seconds):
    bucket, endpoint, region = place
    api = client("s3", region, credentials, **s3_options(bucket, endpoint))
    with stopped_clock(time):
        url = api.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=seconds)
    return {"bucket": bucket, "endpoint": endpoint, "key": key, "region": region, "time": time,
            "credentials": credentials, "seconds": seconds, "url": url}


def s3_listing(place, arguments, credentials, time):
    bucket, endpoint, region = place
    arguments = {"Bucket": bucket, "EncodingType": "url"} | arguments
    caught = catch("s3", "list_objects_v2", arguments, region, credentials, time, **s3_options(bucket, endpoint))
    names = {"Prefix": "prefix", "StartAfter": "startAfter", "ContinuationToken": "token", "MaxKeys": "pageSize"}
    return {"bucket": bucket, "endpoint": endpoint, "region": region, "time": time, "credentials": credentials,
            "url": caught["url"], "authorization": caught["authorization"],
            **{own: arguments[name] for name, own in names.items() if name in arguments}}


def write(name, vectors):
    (HERE / name).write_text(json.dumps(vectors, indent=2, ensure_ascii=False, sort_keys=True) + "\n")
    print(f"{name}: {len(vectors)} vectors")


requests = []
for number, (service, operation, arguments) in enumerate(CALLS):
    for credentials in (LONG_LIVED, TEMPORARY):
        time = TIMES[(number + (credentials is TEMPORARY)) % len(TIMES)]
        requests.append(catch(service, operation, arguments, "eu-central-1", credentials, time))
for time in TIMES:
    requests.append(catch("sesv2", "send_email", EMAIL, "us-gov-west-1", TEMPORARY, time))
requests.append(catch("sns", "publish", SMS, "cn-north-1", TEMPORARY, TIMES[0]))
write("requests.json", requests)

write("presigned.json", [
    presign(key, "eu-central-1", credentials, TIMES[number % len(TIMES)], seconds)
    for number, key in enumerate(KEYS)
    for credentials, seconds in ((LONG_LIVED, 604_800), (TEMPORARY, 60))
])

urls = [
    s3_url(PLACES[0], key, credentials, TIMES[number % len(TIMES)], seconds)
    for number, key in enumerate(HARD_KEYS)
    for credentials, seconds in ((LONG_LIVED, 604_800), (TEMPORARY, 60))
]
urls += [
    s3_url(place, KEYS[2], credentials, time, 300)
    for place in PLACES[1:4] for credentials in (LONG_LIVED, TEMPORARY) for time in TIMES
]
urls += [s3_url(place, KEYS[1], TEMPORARY, TIMES[1], 1) for place in PLACES[4:]]
write("s3-urls.json", urls)

write("s3-listings.json", [
    s3_listing(place, arguments, credentials, TIMES[number % len(TIMES)])
    for place in PLACES[:2]
    for number, arguments in enumerate(LISTINGS)
    for credentials in (LONG_LIVED, TEMPORARY)
] + [s3_listing(place, LISTINGS[2], TEMPORARY, TIMES[2]) for place in PLACES[2:]])
