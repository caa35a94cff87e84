"""tidy.py: the rules of the house that a program can hold.

Some promises are kept by all of the code or by none: that rooms include only downwards, that nothing in the library can be written to, that no
result depends on the machine. Each is a function here which takes the tree and yields what breaks it, as FILE:LINE: what is wrong. A rule that never
trips would be worth nothing, so each has canaries: small trees that break it, and on which it must speak.

usage: tidy.py SOURCE BUILD     checks the source and what was built of it; prints TAP
"""

import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

# Which rooms a room may include from, besides itself.
ROOMS = {
    "base": [],
    "object": ["base"],
    "scenario": ["base", "object"],
    "trace": ["base", "object", "scenario"],
    "engine": ["base", "object", "scenario", "trace"],
    "history": ["base", "object", "trace"],
    "check": ["base", "object", "history"],
    "report": ["base", "object", "scenario", "trace", "history", "check"],
    "export": ["base", "object", "scenario", "trace", "history", "check"],
    "explore": ["base", "object", "scenario", "engine", "trace", "history", "check", "report", "export"],
}
# What gathers the tables of all rooms must see them.
GATHERERS = ["lib/report/catalog-new.c"]
MODELS_INCLUDE = ["base", "object", "engine"]

CODE_COLUMNS = 110
COLUMNS = 150  # of comments, headers, lists and scripts

# What must not stand in code: where, a pattern over code without comments and strings, and what to do instead.
BANNED = [
    (("lib", "models", "sim"), r"\bGRand\b|\bg_rand(om)?_|\bs?rand \(|\bs?random \(|drand48|getrandom|arc4random",
     "draws come from base/draw.h, keyed by what they are for"),
    (("lib", "models"), r"\btime \(|\bg_get_(real|monotonic)_time\b|clock_gettime|gettimeofday|_new_now\b|\bclock \(\)",
     "there is only virtual time"),
    (("lib", "models", "sim"), r"\bg_hash_table_(foreach|iter_|get_(keys|values)|find)",
     "a hash table has no order; keep an array beside it"),
    (("lib", "models", "sim"), r"(?<!g_ascii_)\bstrto(d|f|ld)\b|\batof\b|\bg_strtod\b",
     "numbers are read by g_ascii_strtod, which knows no locale"),
    (("lib", "models"), r"(?<![\w.>])(log(2|10|1p)?|exp(2|m1)?|pow|sin|cos|tan|atan2?|cbrt|hypot|fma|[lt]gamma|erfc?)[fl]? \(",
     "the C library's functions differ between machines; use base/maths.h"),
    (("lib", "models"), r"\b(v?f?printf|puts|putchar|fputs|g_print|g_printerr|g_message|g_warning|setlocale)\b *\(",
     "the library never prints"),
    (("lib", "models"), r"(?<!\w)(_?exit|abort|quick_exit|system|getenv|g_getenv|g_spawn\w*) \(",
     "the library never exits, and asks the host nothing"),
    (("lib", "models", "sim"), r"(?<!\w)qsort \(", "equal elements must keep their order: g_qsort_with_data"),
    (("lib", "models", "sim"), r"(?<!\w)assert \(", "g_assert stays on in release builds"),
    (("lib", "models"), r"\blong double\b|__DATE__|__TIME__|__TIMESTAMP__", "that differs between machines or builds"),
]
# Where a banned word may stand all the same, and why.
PARDONED = {
    ("lib/engine/event-queue.c", "qsort ("),  # no two events are equal
    ("models/primary-replica/primary.c", "qsort ("),  # equal positions are the same in all
}
FLOAT_FORMAT = re.compile(r"%[-+#0]*[0-9]*(\.([0-9]+|\*))?l?[fgeFGE](?![a-z])")


class Tree:
    """The files of the project: their names from its top on, with their text."""

    def __init__(self, texts, root=None, build=None):
        self.texts = texts
        self.root = root
        self.build = build

    @classmethod
    def read(cls, root, build):
        listing = subprocess.run(
            ["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        if listing.returncode == 0:
            names = [name for name in listing.stdout.decode().split("\0") if name]
        else:
            names = [os.path.relpath(os.path.join(folder, name), root)
                     for folder, folders, files in os.walk(root)
                     if not folders.__setitem__(slice(None), [f for f in folders if not f.startswith((".git", "build"))])
                     for name in files]
        texts = {}
        for name in sorted(names):
            try:
                with open(os.path.join(root, name), encoding="utf-8") as file:
                    texts[name] = file.read()
            except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
                pass  # a picture, or deleted and not yet committed
        return cls(texts, root, build)

    def files(self, *suffixes, below=("",)):
        for name, text in self.texts.items():
            if name.endswith(suffixes) and name.startswith(tuple(folder and folder + "/" for folder in below)):
                yield name, text

    def built(self, name):
        with open(os.path.join(self.build, name), encoding="utf-8") as file:
            return json.load(file)


TOKEN = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)


def blank(token):
    return re.sub(r"[^\n]", " ", token)


def code_of(text):
    """C without its comments and without what its strings say; lines stay where they are."""
    return TOKEN.sub(lambda match: blank(match[0]) if match[0][0] == "/" else '""', text)


def without_comments(text):
    return TOKEN.sub(lambda match: blank(match[0]) if match[0][0] == "/" else match[0], text)


def lines(text):
    return enumerate(text.split("\n"), 1)


def include_direction(tree):
    for name, text in tree.files(".c", ".h", below=("lib", "models")):
        room = name.split("/")[1] if name.startswith("lib/") else "models"
        allowed = MODELS_INCLUDE if room == "models" else ROOMS.get(room, []) + [room]
        for number, line in lines(text):
            match = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
            if not match:
                continue
            parts = match[1].split("/")
            if name in GATHERERS or (room == "models" and len(parts) == 1):  # a model's own
                continue
            if parts[0] not in allowed or len(parts) < 2:
                yield f"{name}:{number}: {room} must not include {match[1]}; it may include from {', '.join(allowed)}"


def opening_comment(tree):
    for name, text in tree.files(".c", ".h", ".h.in"):
        base = os.path.basename(name).removesuffix(".in")
        if not text.startswith(f"/* {base}: "):
            yield f"{name}:1: does not open with `/* {base}: ` and what a teacher would say"
    for name, text in tree.files("meson.build"):
        if not text.startswith("# "):
            yield f"{name}:1: does not open with a comment"
    for name, text in tree.texts.items():
        if text.startswith("#!") and not text.split("\n")[1].startswith("# "):
            yield f"{name}:2: the script does not open with a comment"


def line_length(tree):
    for name, text in tree.texts.items():
        is_code = name.endswith((".c", ".h", "meson.build", ".py")) or text.startswith("#!")
        for number, line in lines(text if is_code else ""):
            if len(line) > COLUMNS:
                yield f"{name}:{number}: {len(line)} columns; at most {COLUMNS}"
        for number, line in lines(without_comments(text) if name.endswith(".c") else ""):
            if CODE_COLUMNS < len(line.rstrip()) <= COLUMNS:
                yield f"{name}:{number}: {len(line.rstrip())} columns of code; at most {CODE_COLUMNS}"


def banned_words(tree):
    for folders, pattern, instead in BANNED:
        expression = re.compile(pattern)
        for name, text in tree.files(".c", ".h", below=folders):
            for number, line in lines(code_of(text)):
                match = expression.search(line)
                if match and (name, match[0]) not in PARDONED:
                    yield f"{name}:{number}: {match[0].strip()}: {instead}"


def float_formats(tree):
    for name, text in tree.files(".c", ".h", below=("lib", "models", "sim")):
        for number, line in lines(without_comments(text)):
            for string in re.findall(r'"(?:\\.|[^"\\])*"', line):
                match = FLOAT_FORMAT.search(string)
                if match and "g_ascii_formatd" not in line:
                    yield f"{name}:{number}: {match[0]} follows the locale; use g_ascii_formatd or g_ascii_dtostr"


def white_space(tree):
    for name, text in tree.texts.items():
        if name.endswith((".story", ".svg", ".csv", ".json", ".ipynb")):
            continue
        for number, line in lines(text):
            if line != line.rstrip():
                yield f"{name}:{number}: white space at the end"
            if "\t" in line and name.endswith((".c", ".h", ".py", ".yaml", "meson.build")):
                yield f"{name}:{number}: a tab"
        if text and (not text.endswith("\n") or text.endswith("\n\n")):
            yield f"{name}: must end with one newline"


def machine_paths(tree):
    """Nothing may name a place of one machine, or promise work instead of doing it."""
    places = re.compile("|".join(["/" + "work/", "/" + "home/", "/" + "root/", "/" + "tmp/", "/" + "Users/", r"\b" + "shared" + "/"]))
    promises = re.compile(r"\b(TO" + "DO|FIX" + r"ME|XX" + r"X)\b")
    for name, text in tree.texts.items():
        for number, line in lines(text):
            match = places.search(line)
            if match and name != ".ci/run":
                yield f"{name}:{number}: {match[0]} is a place of one machine"
            if promises.search(line) and name.endswith((".c", ".h", ".py", ".yaml", ".md", "meson.build")):
                yield f"{name}:{number}: do it, or say it in an issue"


def formatted(tree):
    """All code is laid out by clang-format; whoever has none of it leaves that to others."""
    if not shutil.which("clang-format"):
        return
    files = list(tree.files(".c"))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for (name, text), right in zip(files, pool.map(lambda file: layout(tree.root, file[1]), files)):
            if text != right:
                yield f"{name}: not laid out by the rules; `clang-format -i` does it"


def layout(root, text):
    return subprocess.run(["clang-format", "--assume-filename", "x.c"], cwd=root, input=text.encode(),
                          stdout=subprocess.PIPE, check=True).stdout.decode()


def documents(tree):
    """What the documents speak of exists, and the two commands are among it."""
    place = re.compile(r"`((?:lib|sim|models|tests|scripts|docs|notebooks-data)/[\w./-]*\w)(?: [^`]*)?`|\]\(([^)#:\s]+)(?:#[^)]*)?\)")
    for name, text in tree.files(".md"):
        for number, line in lines(text):
            for from_top, from_here in place.findall(line):
                path = from_top or os.path.normpath(os.path.join(os.path.dirname(name), from_here))
                meant = re.search(r"[A-Z]{2}", path) and not path.endswith(".md")
                if not meant and not any(file == path or file.startswith(path + "/") for file in tree.texts):
                    if not (tree.root and os.path.exists(os.path.join(tree.root, path))):
                        yield f"{name}:{number}: there is no {path}"
    for command in ("scripts/run", "scripts/test"):
        if "README.md" in tree.texts and command not in tree.texts["README.md"]:
            yield f"README.md: does not tell of {command}"


def dead_files(tree):
    """All code is compiled, all headers are included by something, and all scenarios and stories were found."""
    compiled = {os.path.relpath(os.path.join(unit["directory"], unit["file"]), tree.root)
                for unit in tree.built("compile_commands.json")}
    installed = {os.path.relpath(path, tree.root) for path in tree.built("meson-info/intro-installed.json")}
    tested = " ".join(word for test in tree.built("meson-info/intro-tests.json") for word in test["cmd"])
    included = set(re.findall(r'(?m)^\s*#\s*include\s*"(?:[^"]*/)?([^"/]+)"', "\n".join(text for _, text in tree.files(".c", ".h", ".in"))))
    for name, _ in tree.files(".c"):
        if name not in compiled:
            yield f"{name}: no meson.build names it"
    for name, _ in tree.files(".h"):
        if name not in installed and os.path.basename(name) not in included:
            yield f"{name}: neither installed nor included"
    for name, _ in tree.files(".yaml", below=("models",)):
        if name not in installed:
            yield f"{name}: not installed; `meson setup --reconfigure` finds new files"
        if "commands" in compiled and name not in tested:
            yield f"{name}: no test runs it; `meson setup --reconfigure` finds new files"
    for name, _ in tree.files(".story", below=("tests",)):
        if name not in tested:
            yield f"{name}: no test runs it; `meson setup --reconfigure` finds new files"


def writable_globals(tree):
    """The library holds no state: what is not constant, or constant once loaded, is an error."""
    for folder in ("lib", "models"):
        for place, _, files in os.walk(os.path.join(tree.build, folder)):
            for file in files:
                if file.endswith(".o"):
                    yield from writable_symbols(os.path.join(place, file), folder)


def writable_symbols(path, folder):
    table = subprocess.run(["objdump", "-t", path], stdout=subprocess.PIPE, check=True).stdout.decode()
    for line in table.split("\n"):
        match = re.match(r"[0-9a-f]+ .{7} (\S+)\s+[0-9a-f]+ +(?:\.hidden )?(\S+)$", line)
        if match and match[1] != match[2] and re.match(r"\.(data(?!\.rel\.ro)|t?bss|tdata)|\*COM\*", match[1]):
            yield f"{folder}: {match[2]} in {os.path.basename(path)} is in {match[1]}, which can be written to"


SOURCE_RULES = [include_direction, opening_comment, line_length, banned_words, float_formats, white_space, machine_paths,
                documents]
BUILD_RULES = [formatted, dead_files, writable_globals]

# What each rule must speak about: a file of a tree, and what in it is wrong.
CANARIES = [
    (include_direction, "lib/base/x.c", '#include "engine/model.h"\n'),
    (include_direction, "lib/check/x.c", '#include "trace/trace.h"\n'),
    (include_direction, "lib/scenario/x.c", '  #  include "trace/trace.h"\n'),
    (include_direction, "lib/base/x.c", '#include "time.h"\n'),
    (include_direction, "models/x/x.c", '#include "trace/trace.h"\n'),
    (opening_comment, "lib/base/x.c", "#include <glib.h>\n"),
    (opening_comment, "lib/base/x.c", "/* y.c: a copy. */\n"),
    (opening_comment, "lib/meson.build", "subdir('base')\n"),
    (opening_comment, "scripts/x", "#!/bin/sh\nset -eu\n"),
    (line_length, "lib/base/x.c", "int x = " + "1 + " * 30 + "1;\n"),
    (line_length, "lib/base/x.h", "/* " + "word " * 30 + "*/\n"),
    (banned_words, "lib/base/x.c", "static guint32 x = g_random_int ();\n"),
    (banned_words, "models/x/x.c", "  srand (time (NULL));\n"),
    (banned_words, "lib/check/x.c", "  g_hash_table_iter_init (&iter, table);\n"),
    (banned_words, "sim/x.c", "  g_hash_table_foreach (table, print, NULL);\n"),
    (banned_words, "lib/base/x.c", "  double x = strtod (text, NULL);\n"),
    (banned_words, "lib/base/x.c", "  return log (x);\n"),
    (banned_words, "models/x/x.c", "  return x + pow (x, 2);\n"),
    (banned_words, "lib/base/x.c", '  printf ("here\\n");\n'),
    (banned_words, "lib/base/x.c", "  exit (1);\n"),
    (banned_words, "lib/base/x.c", "  qsort (array, n, size, compare);\n"),
    (banned_words, "lib/base/x.c", "  assert (x > 0);\n"),
    (float_formats, "lib/report/x.c", '  g_string_append_printf (text, "%.3f ms", x);\n'),
    (float_formats, "sim/x.c", '  g_print ("%g\\n", x);\n'),
    (white_space, "lib/base/x.c", "int x; \n"),
    (white_space, "lib/base/x.c", "\tint x;\n"),
    (white_space, "README.md", "One\n\n"),
    (white_space, "README.md", "One"),
    (machine_paths, "docs/x.md", "See /" + "home/me/x.\n"),
    (machine_paths, "docs/x.md", "See ../sha" + "red/x.\n"),
    (machine_paths, "lib/base/x.c", "/* TO" + "DO: all. */\n"),
    (documents, "README.md", "Run `scripts/run`, then `scripts/test`; read `lib/none.c`.\n"),
    (documents, "docs/x.md", "See [that](none.md#part).\n"),
    (documents, "README.md", "One command does it.\n"),
]

# What no rule may speak about.
INNOCENT = {
    "lib/engine/x.c": "/* x.c: names what it must not use: log (x), g_random_int (), strtod. */\n"
                      '#include "engine/model.h"\n#include "base/time.h"\n\n'
                      "static const char text[] = \"exp (1) is not called, 50% for sure\";\n"
                      "double x = orr_log (y) + g_ascii_strtod (t, NULL) + orr_catalog (z);\n",
    "models/x/x.c": '/* x.c: a model. */\n#include "x.h"\n#include "engine/model.h"\n',
    "lib/meson.build": "# A room.\n",
    "README.md": "Run `scripts/run` or `scripts/test --suite unit`; see [it](docs/x.md), `lib/engine/x.c` and `models/NAME/NAME.c`.\n",
    "docs/x.md": "[Back](../README.md).\n",
    "scripts/run": "#!/bin/sh\n# Runs.\n",
    "scripts/test": "#!/bin/sh\n# Tests.\n",
}

WRITABLE = "int counter = 1;\n", "static int zero; int *get (void) { return &zero; }\n", "_Thread_local int mine;\n", \
    "int f (void) { static int calls; return ++calls; }\n"
CONSTANT = 'const char *const names[] = { "a", "b" };\nstatic const int primes[] = { 2, 3 };\nint f (int i) { return primes[i]; }\n'


def canary_of_writable_globals():
    """Compiles what breaks the rule, and what does not, and says which of them it got wrong."""
    with tempfile.TemporaryDirectory() as folder:
        for text, must_speak in [(text, True) for text in WRITABLE] + [(CONSTANT, False)]:
            path = os.path.join(folder, "x.o")
            subprocess.run(["cc", "-fPIC", "-c", "-x", "c", "-", "-o", path], input=text.encode(), check=True)
            if bool(list(writable_symbols(path, "lib"))) != must_speak:
                yield f"writable_globals is wrong about {text!r}"


def canary_of_dead_files():
    """A tree of which nothing was built, each of whose files must be missed."""
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "meson-info"))
        for name in ("compile_commands.json", "meson-info/intro-installed.json", "meson-info/intro-tests.json"):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write("[]")
        names = ["lib/base/x.c", "lib/base/x.h", "models/x/x.yaml", "tests/stories/x.story"]
        problems = list(dead_files(Tree(dict.fromkeys(names, ""), folder, folder)))
        for name in names:
            if not any(problem.startswith(name + ":") for problem in problems):
                yield f"dead_files did not miss {name}"


def canaries(tree):
    for rule, name, text in CANARIES:
        if not list(rule(Tree({name: text}))):
            yield f"{rule.__name__} does not speak about {text!r} in {name}"
    for rule in SOURCE_RULES:
        yield from (f"{rule.__name__} speaks about what is innocent: {problem}" for problem in rule(Tree(INNOCENT)))
        if not any(canary[0] is rule for canary in CANARIES):
            yield f"{rule.__name__} has no canary"
    yield from canary_of_writable_globals()
    yield from canary_of_dead_files()
    if shutil.which("clang-format") and layout(tree.root, "int  x;\n") != "int x;\n":
        yield "formatted does not mend what is laid out badly"


def main(root, build):
    tree = Tree.read(os.path.abspath(root), os.path.abspath(build))
    rules = SOURCE_RULES + BUILD_RULES + [canaries]
    failed = False
    print(f"1..{len(rules)}")
    for number, rule in enumerate(rules, 1):
        problems = list(rule(tree))
        failed = failed or bool(problems)
        print(f"{'not ' if problems else ''}ok {number} - {rule.__name__.replace('_', ' ')}", flush=True)
        for problem in problems:
            print(problem, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
