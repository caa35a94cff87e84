# The model's page (models/atomic-commitment/README.md): what it names is there: scenarios, options, bugs, messages, facts, properties, figures, files.
> file names
cd "$ORRERY_SOURCE/models/atomic-commitment"
grep -o '`[a-z0-9.-]*`' README.md | tr -d '`' | sort -u | while read -r name; do
  test -e "$name.yaml" || test -e "$name" || orrery models atomic-commitment | grep -q -w -e "$name" || orrery properties | grep -q "^$name " ||
    orrery figures | grep -q "^$name " || case $name in a | b | k1 | k2 | coordinator | participant1 | participant2) ;; *) echo "what is $name?" ;; esac
done
> end
$ sh names
----

# And what is there is named: no scenario and no bug is missing in it.
$ cd "$ORRERY_SOURCE/models/atomic-commitment"
  for file in *.yaml; do grep -q "\`${file%.yaml}\`" README.md || echo "$file is not on the page"; done
  orrery models atomic-commitment --json | sed -n '/"bugs"/,/"attributes"\|"messages"/s/.*"name" *: *"\([a-z0-9-]*\)".*/\1/p' |
    while read -r bug; do grep -q "^| \`$bug\` |" README.md || echo "$bug is not on the page"; done
----
