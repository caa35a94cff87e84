"""Holds the reference to what the program knows: each command, option, model, fault, property, figure, distribution and object, with its settings,
words and messages, is on its page, and no page is of something else; man(1) has nothing to complain of; the completions offer all options and names,
and no option that the program refuses; the page on the scenario language names every key, the page on properties every property and every arrow of
the map, and no other.

usage: check-reference.py ORRERY SCENARIO-PAGE PROPERTIES-PAGE
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PROBLEMS = []
CATALOGS = ["objects", "faults", "properties", "figures", "distributions", "formats"]


def run(*arguments, status=0):
    ran = subprocess.run([ORRERY, *arguments], capture_output=True, text=True, check=False)
    if ran.returncode != status:
        PROBLEMS.append(f"orrery {' '.join(arguments)}: status {ran.returncode}\n{ran.stderr}")
    return ran.stdout


def told(*arguments):
    return json.loads(run(*arguments, "--json"))


def demand(holds, what):
    if not holds:
        PROBLEMS.append(what)


def page(name):
    """The words of a page, without the marks of roff."""
    text = run("reference", "man", name)
    text = re.sub(r"\\f[BR]|\\&", "", text).replace("\\-", "-").replace("\\(ha", "^").replace("\\(ti", "~").replace("\\(ga", "`").replace("\\e", "\\")
    return re.sub(r"\s+", " ", text)


def holds_fields(text, where, fields):
    for field in fields:
        demand(f" {field['name']} " in text, f"{where} lacks {field['name']}")
        demand(not field["doc"] or re.sub(r"[`\s]+", " ", field["doc"]).strip() in text.replace("`", " ").replace("  ", " ")
               or field["doc"].replace("`", "") in text, f"{where} does not say what {field['name']} means")
        for choice in field.get("choices", []):
            demand(f" {choice['name']} " in text, f"{where} lacks the word {choice['name']} of {field['name']}")
        holds_fields(text, where, field.get("fields", []))


def check_commands(commands, pages):
    overview = page("orrery.1")
    for command in commands:
        name = f"orrery-{command['name']}.1"
        text = page(name)
        pages.discard(name)
        demand(f"orrery-{command['name']}(1)" in overview, f"orrery.1 lacks {command['name']}")
        demand(command["summary"] in text, f"{name} lacks its summary")
        for option in command["options"]:
            demand(f"--{option['name']} " in text, f"{name} lacks --{option['name']}")
            demand(re.sub(r"\s+", " ", option["doc"]) in text, f"{name} does not say what --{option['name']} does")
        check_completion(command)


def check_completion(command):
    offered = set(run("complete", "--", command["name"], "--").split())
    known = {f"--{option['name']}" for option in command["options"]} | {"--help"}
    demand(offered == known, f"options of {command['name']} that are offered: {sorted(offered ^ known)}")
    for option in command["options"]:
        if command["name"] != "complete":
            ran = subprocess.run([ORRERY, command["name"], f"--{option['name']}"], capture_output=True, text=True, check=False,
                                 stdin=subprocess.DEVNULL)
            demand("there is no option" not in ran.stderr, f"{command['name']} does not take --{option['name']}: {ran.stderr}")


def check_catalogs(pages):
    for catalog in CATALOGS:
        name = f"orrery-{catalog}.7"
        text = page(name)
        pages.discard(name)
        entries = told(catalog)
        headings = set(re.findall(r"^\.SH (.*)$", run("reference", "man", name), re.MULTILINE)) - {"NAME"}
        demand({heading.replace("\\-", "-") for heading in headings} == {entry["name"] for entry in entries}, f"{name} is of {sorted(headings)}")
        demand(set(run("complete", "--", catalog, "").split()) == {entry["name"] for entry in entries}, f"completions of {catalog}")
        for entry in entries:
            holds_fields(text, name, entry["settings"])
            for step in entry.get("steps", []):
                demand(f" {step['name']} " in text, f"{name} lacks the step {step['name']}")


def check_models(pages):
    models = told("models", *[model["name"] for model in told("models")])
    for model in models:
        name = f"orrery-{model['name']}.7"
        text = page(name)
        pages.discard(name)
        holds_fields(text, name, model["settings"])
        for section in ("bugs", "actions", "messages", "timers", "facts"):
            holds_fields(text, name, [{**row, "doc": None} for row in model.get(section, [])])
        for scenario in model.get("scenarios", []):
            demand(scenario["name"] in run("complete", "--", "run", scenario["name"]).split(), f"no completion {scenario['name']}")
    demand(set(run("complete", "--", "models", "").split()) == {model["name"] for model in models}, "completions of models")


def keys(schema):
    """All keys that a part of the schema knows, with those of the parts within it."""
    for name, inner in schema.get("properties", {}).items():
        yield name
        yield from keys(inner)
    for inner in [*schema.get("anyOf", []), *schema.get("allOf", []), schema.get("items"), schema.get("additionalProperties")]:
        if isinstance(inner, dict):
            yield from keys(inner)


def check_scenario_page(path, pages):
    text = page("orrery-scenario.5")
    pages.discard("orrery-scenario.5")
    written = pathlib.Path(path).read_text(encoding="utf-8")
    settings = {setting["name"] for entry in told("faults") + told("objects") for setting in every_field(entry["settings"])}
    settings |= {step["name"] for entry in told("objects") for step in entry["steps"]}
    settings |= {field["name"] for model in told("models") for field in every_field(model.get("attributes", []))}
    schema = json.loads(run("reference", "schema"))
    for part, inner in schema["properties"].items():
        demand(f" {part}" in text, f"orrery-scenario.5 lacks {part}")
        for key in {part, *(keys(inner) if part != "expect" else [])}:
            demand(re.search(rf"\b{re.escape(key)}\b", written) or key in settings, f"docs/scenario.md lacks {key}, of {part}")


def check_map_page(path):
    text = pathlib.Path(path).read_text(encoding="utf-8")
    names = [entry["name"] for entry in told("properties")]
    properties = told("properties", *names)
    drawn = [(stronger, weaker, needs.strip()) for stronger, weaker, needs in re.findall(r"^    (\S+) → (\S+)(.*)$", text, re.MULTILINE)]
    known = {(entry["name"], weaker["name"], weaker.get("doc", "")) for entry in properties for weaker in entry.get("implies", [])}
    for name in names:
        demand(f"`{name}`" in text, f"docs/properties.md lacks {name}")
    demand(known and set(drawn) == known, f"arrows of docs/properties.md that are drawn or known alone: {sorted(set(drawn) ^ known)}")
    demand(len(drawn) == len(set(drawn)), "docs/properties.md draws an arrow twice")
    for word in ("highly available", "sticky available", "unavailable"):
        row = re.search(rf"^\|[^|]*: {word} \|(.*)\|$", text, re.MULTILINE)
        served = {entry["name"] for entry in properties if any(f" {word}." in says["name"] for says in entry.get("in-a-partition", []))}
        demand(row and set(re.findall(r"`([^`]+)`", row[1])) == served, f"docs/properties.md on what is {word}: {sorted(served)}")


def every_field(fields):
    for field in fields:
        yield field
        yield from every_field(field.get("fields", []))


def check_formats(names):
    with tempfile.TemporaryDirectory() as folder:
        run("reference", "man", "--into", folder)
        demand({file.name for file in pathlib.Path(folder).iterdir()} == names, "reference --into writes other pages than it lists")
        for file in sorted(pathlib.Path(folder).iterdir()):
            if shutil.which("man"):
                ran = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", file], capture_output=True, text=True, check=False)
                demand(ran.returncode == 0 and not ran.stderr, f"man complains of {file.name}:\n{ran.stderr}")
    with tempfile.TemporaryDirectory() as folder:
        run("reference", "markdown", "--into", folder)
        demand({file.name for file in pathlib.Path(folder).iterdir()} == {f"{name}.md" for name in names}, "pages of Markdown")


def main():
    names = {line.split()[0] for line in run("reference", "man").splitlines()}
    pages = names - {"orrery.1"}
    commands = told("help")
    overview = run("help")
    demand({command["name"] for command in commands} == set(re.findall(r"^  (\w+)", overview, re.MULTILINE)), "commands of help")
    check_commands(commands, pages)
    check_catalogs(pages)
    check_models(pages)
    check_scenario_page(sys.argv[2], pages)
    check_map_page(sys.argv[3])
    demand(not pages, f"pages of nothing: {pages}")
    check_formats(names)
    run("reference", "man", "orrery-nothing.1", status=64)
    for problem in PROBLEMS:
        print(problem)
    return 1 if PROBLEMS else 0


ORRERY = str(pathlib.Path(sys.argv[1]).resolve())
sys.exit(main())
