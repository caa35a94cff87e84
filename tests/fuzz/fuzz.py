#!/usr/bin/env python3
# Feeds the fuzz targets.
#
# replay TARGET PROGRAM SOURCE
#     runs the target over its corpus once: seeds made from the scenarios and stories of the source, and whatever was found before (found/TARGET/).
# campaign TARGET SOURCE BUILD SECONDS
#     builds the targets with clang, libFuzzer and the sanitizers, and lets libFuzzer look for more, so long. Its corpus is kept in BUILD for the next
#     time. An input that breaks the target is left there as crash-…; it belongs into found/TARGET/ once it is understood.
#     Skipped (77) where there is no clang or no libFuzzer.
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

SEED_BYTES_MAX = 20000
INPUT_BYTES_MAX = {"scenario": 8192, "set": 4096, "distribution": 400, "trace": 400, "history": 4096}
SKIPPED = 77


def story_files(source):
    """The files that stories write."""
    for story in sorted((source / "tests/stories").rglob("*.story")):
        for content in re.findall(r"^> file \S+\n(.*?)^> end$", story.read_text(errors="surrogateescape"), re.M | re.S):
            yield content


def scenarios(source):
    for path in sorted((source / "models").rglob("*.yaml")):
        yield path.read_text()
    yield from re.findall(r"```yaml\n(.*?)```", (source / "docs/scenario.md").read_text(), re.S)
    yield from story_files(source)


def sets(source):
    for story in sorted((source / "tests/stories").rglob("*.story")):
        for value in re.findall(r"--set[ =]('[^']*'|\"[^\"]*\"|\S+)", story.read_text(errors="surrogateescape")):
            yield value.strip("'\"")


def distributions(source):
    texts = (source / "docs/scenario.md").read_text() + "".join(scenarios(source))
    yield from sorted(set(re.findall(r"[a-z]+\((?:[^()\n]|\([^()\n]*\))*\)(?: \+ [^,}\n`]+)?", texts)))
    yield from sorted(set(re.findall(r"-?[0-9][0-9.]*(?:ns|us|ms|s|min|h|d)\b", texts)))


def damages(_source):
    draw = random.Random(1)
    for _ in range(300):
        yield bytes(draw.randrange(256) for _ in range(draw.choice([6, 11, 16, 40])))


def histories(source):
    """The texts of the tables of good and broken histories, and of the page that has one in each format."""
    for name in ("good-histories.h", "broken-histories.h"):
        table = (source / "tests/unit" / name).read_text()
        for literals in re.findall(r'(?:"(?:\\.|[^"\\\n])*"\s*)+', table):
            text = "".join(re.findall(r'"((?:\\.|[^"\\])*)"', literals))
            yield text.encode("latin-1").decode("unicode_escape").encode("latin-1")
    yield from re.findall(r"^```\w*\n(.*?)^```$", (source / "docs/histories.md").read_text(), re.M | re.S)
    yield from story_files(source)


SEEDS = {"scenario": scenarios, "set": sets, "distribution": distributions, "trace": damages, "history": histories}


def write_seeds(target, source, folder):
    folder.mkdir(parents=True, exist_ok=True)
    seeds = (seed if isinstance(seed, bytes) else seed.encode(errors="surrogateescape") for seed in SEEDS[target](source))
    for number, seed in enumerate(sorted({seed for seed in seeds if len(seed) <= SEED_BYTES_MAX})):
        (folder / f"seed-{number:04}").write_bytes(seed)


def found(target, source):
    folder = source / "tests/fuzz/found" / target
    return sorted(folder.iterdir()) if folder.is_dir() else []


def replay(target, program, source):
    source = pathlib.Path(source)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        write_seeds(target, source, folder)
        inputs = sorted(folder.iterdir()) + found(target, source)
        run = subprocess.run([program, *inputs], stderr=subprocess.PIPE)
        if run.returncode != 0:
            said = run.stderr.decode(errors="replace").splitlines()
            last = [line for line in said if os.path.exists(line)][-1:]
            sys.stderr.write("\n".join(said[-60:]) + "\n")
            for path in last:
                sys.stderr.write(f"--- the input was\n{pathlib.Path(path).read_bytes()!r}\n")
            return 1
        return 0


def has_fuzzer():
    if not shutil.which("clang"):
        return False
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "try.c"
        program.write_text("int LLVMFuzzerTestOneInput (const char *d, unsigned long n) { return d == 0 && n == 1; }\n")
        return subprocess.run(["clang", "-fsanitize=fuzzer", program, "-o", program.with_suffix("")], capture_output=True).returncode == 0


def build_fuzzers(source, build):
    log = build.with_suffix(".log")
    with open(log, "w") as out:
        if not (build / "build.ninja").exists():
            options = ["-Dfuzzers=true", "-Dbuilds=false", "-Dbuildtype=debugoptimized", "-Db_sanitize=address,undefined", "-Db_lundef=false",
                       "-Dc_args=-fsanitize=fuzzer-no-link"]
            subprocess.run(["meson", "setup", *options, build, source], env=dict(os.environ, CC="clang"), stdout=out, stderr=out, check=True)
        targets = [f"tests/fuzz/fuzz-{target}" for target in SEEDS]
        subprocess.run(["ninja", "-C", build, *targets], stdout=out, stderr=out, check=True)


def write_dictionary(source, path):
    words = {word for text in scenarios(source) for word in re.findall(r"[a-z][a-z-]{2,}", text)}
    path.write_text("".join(f'"{word}"\n' for word in sorted(words)))


def campaign(target, source, build, seconds):
    if not has_fuzzer():
        return SKIPPED
    source, build = pathlib.Path(source), pathlib.Path(build)
    build.parent.mkdir(parents=True, exist_ok=True)
    build_fuzzers(source, build)
    corpus, seeds, words = build / f"corpus-{target}", build / f"seeds-{target}", build / f"words-{target}"
    corpus.mkdir(exist_ok=True)
    shutil.rmtree(seeds, ignore_errors=True)
    write_seeds(target, source, seeds)
    for path in found(target, source):
        shutil.copy(path, seeds / path.name)
    write_dictionary(source, words)
    environment = dict(os.environ, G_DEBUG="fatal-criticals", G_SLICE="always-malloc", ASAN_OPTIONS="detect_leaks=1:allocator_may_return_null=0",
                       UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1")
    return subprocess.run([build / f"tests/fuzz/fuzz-{target}", corpus, seeds, f"-max_total_time={seconds}", f"-dict={words}", "-timeout=10",
                           "-rss_limit_mb=2048", f"-max_len={INPUT_BYTES_MAX[target]}", "-print_final_stats=1",
                           f"-artifact_prefix={build}/{target}-"], env=environment, cwd=build).returncode


if __name__ == "__main__":
    sys.exit({"replay": replay, "campaign": campaign}[sys.argv[1]](*sys.argv[2:]))
