"""keep-map-in-stories.py: the verdicts on every history that stories and the page on histories show keep to the map of properties.

Each file that a story writes, and each block of docs/histories.md, is given to keep-map, which judges it by all properties, each for itself. What is
no history (scenarios, scripts, files that are broken on purpose) it can't read; the rest must not contradict the map, and something must be decided
of it. So the map is held against every anomaly that is told of here, beside the thousands of random histories of the units.

usage: keep-map-in-stories.py KEEP-MAP SOURCE
"""

import pathlib
import re
import subprocess
import sys
import tempfile

FEWEST = 40  # a pattern that finds none any more would pass


def texts(source):
    for story in sorted((source / "tests/stories").rglob("*.story")):
        for name, text in re.findall(r"(?ms)^> file (\S+)\n(.*?)^> end$", story.read_text(errors="surrogateescape")):
            yield f"{story.relative_to(source)}: {name}", text
    page = source / "docs/histories.md"
    for number, text in enumerate(re.findall(r"(?ms)^```\w*\n(.*?)^```$", page.read_text())):
        yield f"{page.relative_to(source)}: block {number + 1}", text


def main():
    keep_map, source = sys.argv[1], pathlib.Path(sys.argv[2])
    wrong, judged = [], 0
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "history"
        for where, text in texts(source):
            file.write_text(text, errors="surrogateescape")
            ran = subprocess.run([keep_map, file], capture_output=True, text=True, check=False)
            if ran.returncode not in (0, 1):
                wrong.append(f"{where}: keep-map ended with {ran.returncode}: {ran.stderr}")
            elif ran.returncode == 0:
                judged += 1
            elif "which implies" in ran.stdout or "no property was decided" in ran.stdout:
                wrong.append(f"{where}: {ran.stdout}")
    if judged < FEWEST:
        wrong.append(f"only {judged} were histories; there were {FEWEST} and more")
    print(f"{judged} histories, {len(wrong)} wrong", *wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
