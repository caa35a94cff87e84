# Each model's page is held to what the program does. Its commands run.
> file commands
cd "$ORRERY_SOURCE"
grep -ho '`orrery [^`]*`' models/*/README.md | tr -d '`' > "$OLDPWD/list"
while read -r command; do
  eval "$command" > /dev/null || echo "fails: $command"
done < "$OLDPWD/list"
test "$(wc -l < "$OLDPWD/list")" -ge 5 && echo tried
> end
$ sh commands
----
tried

# What it names is there: scenarios, options, bugs, properties, figures.
> file names
cd "$ORRERY_SOURCE"
for page in models/*/README.md; do
  model=$(basename "$(dirname "$page")")
  { orrery models "$model"; orrery properties; orrery figures; } > "$OLDPWD/known"
  grep -o '`[a-z0-9-]*`' "$page" | tr -d '`' | sort -u | while read -r name; do
    test -e "models/$model/$name.yaml" || grep -q -e "$name" "$OLDPWD/known" || echo "$model: what is $name?"
  done
done
> end
$ sh names
----
