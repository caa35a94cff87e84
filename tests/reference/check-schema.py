"""Holds the JSON Schema of scenarios to what the program reads: it takes each scenario, written as people do and as the program does, and refuses
what is wrong with a key, a word, a unit, a bound or a kind of value. Needs the modules jsonschema and yaml; passes over all of it without them.

usage: check-schema.py ORRERY SCENARIO…
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import jsonschema
    import yaml
except ImportError:
    print("this needs Python's modules jsonschema and yaml")
    sys.exit(77)


class Loader(yaml.SafeLoader):
    """Reads scalars as YAML 1.2 has them, where `off` is a word."""
    yaml_implicit_resolvers = {}


Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(null|~|)$"), ["n", "~", ""])
Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]*\.[0-9]+([eE][-+]?[0-9]+)?$"), list("-+0123456789."))

BROKEN = """
modle: primary-replica
--
title: no model
--
model: primary-replcia
--
model: {name: primary-replica, bug: [x]}
--
model: primary-replica
optoins: {}
--
model: primary-replica
options: {replica: 2}
--
model: primary-replica
options: {synchronous-commit: maybe}
--
model: primary-replica
options: {apply-delay: 5}
--
model: primary-replica
options: {apply-delay: lognormal}
--
model: primary-replica
options: {router: {policy: time-widow}}
--
model: primary-replica
options: {replicas: -1}
--
model: primary-replica
duration: 5
--
model: primary-replica
seed: -1
--
model: primary-replica
nodes: {primary: {cpus: 2}}
--
model: primary-replica
clients: {hosts: 0}
--
model: primary-replica
clients: [alice]
--
model: primary-replica
clients: {contact: anyone}
--
model: primary-replica
network: {loss: 0.1}
--
model: primary-replica
network: {bandwidth: 1Gbit}
--
model: primary-replica
network: {links: {from: primary}}
--
model: primary-replica
clocks: {skew: normal(mean 5ms sd 1ms)}
--
model: primary-replica
disk: {write: fast}
--
model: primary-replica
workload: {object: registre}
--
model: primary-replica
workload: {arrival: 1000/s, mix: {read: 100%}}
--
model: primary-replica
workload: {arrival: poisson(1/s), mix: {raed: 100%}}
--
model: primary-replica
workload: {keys: {choose: zipf}}
--
model: primary-replica
workload: {operations: [{raed: x}]}
--
model: primary-replica
workload: {operations: [{write: x}]}
--
model: primary-replica
workload: {operations: [{read: x, at: 5}]}
--
model: primary-replica
faults: [{at: 1s, crush: primary}]
--
model: primary-replica
faults: [{at: 1s, crash: primary, knd: os}]
--
model: primary-replica
faults: [{at: 1, crash: primary}]
--
model: primary-replica
faults: [{when: {sink: primary}, crash: primary}]
--
model: primary-replica
pins: [{message: wal, after: 5s}]
--
model: primary-replica
expect: {read-your-write: holds}
--
model: primary-replica
expect: {convergence: hold}
--
model: primary-replica
expect: {latency.read.p99: 5ms}
--
model: primary-replica
sweep: {options.replicas: 3}
""".split("--\n")


def main(orrery, *files):
    schema = json.loads(subprocess.run([orrery, "reference", "schema"], capture_output=True, check=True).stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    problems = []

    def first_error(text):
        return next(iter(validator.iter_errors(yaml.load(text, Loader))), None)

    def program_takes(text):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            return subprocess.run([orrery, "validate", file.name], capture_output=True, check=False).returncode == 0

    for file in files:
        canonical = subprocess.run([orrery, "validate", "--write", file], capture_output=True, check=True, text=True).stdout
        for text in pathlib.Path(file).read_text(encoding="utf-8"), canonical:
            error = first_error(text)
            if error:
                problems.append(f"{file}: the schema refuses it at {list(error.path)}: {error.message[:300]}")
    for text in BROKEN:
        if program_takes(text):
            problems.append(f"the program takes this:\n{text}")
        if not first_error(text):
            problems.append(f"the schema takes this:\n{text}")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


sys.exit(main(*sys.argv[1:]))
