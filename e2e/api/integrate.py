"""The guide's web service, from start to customer data, by Python's standard library alone."""

import json
import os
import sys
import time
import urllib.request

BASE = os.environ["PORTAL_URL"]
KEY = os.environ["CROSSACCOUNT_KEY"]


def call(method, path, body=None):
    request = urllib.request.Request(BASE + path, method=method)
    request.add_header("Authorization", "Bearer " + KEY)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status, answer.headers, json.load(answer)


def say(what):
    print(json.dumps(what), flush=True)


with urllib.request.urlopen(BASE + "/integrate", timeout=60) as page:
    say({"integrate": page.status})

customer = sys.argv[1]
_, _, started = call(
    "POST",
    "/api/integration/start",
    {"customer_id": customer, "customer_name": "Python Ltd", "region": "us-east-1"},
)
say(started)

# The customer opens the launch link, and says the role's ARN.
role_arn = sys.stdin.readline().strip()
status, headers, done = call(
    "POST",
    "/api/integration/complete",
    {"customer_id": customer, "role_arn": role_arn, "external_id": started["external_id"]},
)
while status == 202 or done.get("state") == "running":
    time.sleep(1)
    status, _, done = call("GET", headers["Location"])
say({"complete": done.get("status", done.get("outcome"))})

_, _, data = call("GET", "/api/customer/" + customer + "/data")
say(data)
