"""Holds the scenarios that the documents show to what the program reads: every block of YAML in a document that names a model must be right.

usage: check-documents.py ORRERY DOCUMENT…
"""

import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(document):
    """The blocks of a document, each with the line on which it starts."""
    text = pathlib.Path(document).read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        yield text.count("\n", 0, match.start()) + 2, match.group(1)


def validate(orrery, text):
    """What the program says against a scenario; nothing where it is right."""
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "scenario.yaml").write_text(text, encoding="utf-8")
        run = subprocess.run([orrery, "validate", "scenario.yaml"], cwd=folder, capture_output=True, text=True, check=False)
        return "" if run.returncode == 0 else run.stdout + run.stderr


def main(orrery, documents):
    shown = [(document, line, text) for document in documents for line, text in blocks(document) if re.search(r"^model:", text, re.MULTILINE)]
    if not shown:
        sys.exit("the documents show no scenario")
    if not validate(orrery, "modle: primary-replica\n"):
        sys.exit("a broken scenario was not refused")
    wrong = [(document, line, said) for document, line, text in shown if (said := validate(orrery, text))]
    for document, line, said in wrong:
        print(f"{document}:{line}: the program does not read this scenario:\n{said}")
    sys.exit(1 if wrong else 0)


main(str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2:])
