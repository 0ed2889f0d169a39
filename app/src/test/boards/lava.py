"""Lets LAVA check the job template, find the boot's result in a serial log, and read the lines of a report."""

import re
import sys

import pexpect
import yaml
from lava_common.schemas import validate
from lava_dispatcher.actions.test.shell import handle_testcase

job, said, lines = sys.argv[1:]
with open(job) as file:
    template = yaml.safe_load(file)
validate(template)

monitor = template["actions"][2]["test"]["monitors"][0]
child = pexpect.spawn("cat", [said], timeout=10)
child.expect(monitor["start"])
# The order is that of LAVA's monitor.py: the end comes before the pattern.
results = []
while True:
    if child.expect([monitor["end"], monitor["pattern"]]) == 0:
        break
    found = child.match.groupdict()
    results.append(monitor["fixupdict"].get(found["result"].decode(), found["result"].decode()))
if results != ["pass"]:
    sys.exit("lava.py: the monitor found %s" % results)

cases = 0
with open(lines) as file:
    for line in file:
        signal = re.fullmatch(r"<LAVA_SIGNAL_(\S+) ([^>]+)>\n", line)
        found = handle_testcase(signal.group(2).split())
        if found["result"] not in ("pass", "fail", "skip", "unknown") or not found["test_case_id"]:
            sys.exit("lava.py: %s" % line)
        cases += 1
if cases == 0:
    sys.exit("lava.py: no line")
print("test-boards: LAVA accepts the job, finds that the boot passed, and reads %d results" % cases)
