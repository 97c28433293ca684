# An assessment as rows: name, class, rule, step; a step that does not act by the mapping's identity is spelled out.
def acts($mapping):
  (.uuid // "" | ltrimstr("LVM-")) as $id
  | if .argv == ["dmsetup", "remove", "-u", $mapping.uuid] and $mapping.uuid != null and $mapping.uuid != "" then "remove"
    elif .argv == ["dmsetup", "remove", .mapping] or .argv == ["dmsetup", "remove", "--", .mapping] then
      (if ($mapping.uuid // "") == "" then "remove-by-name" else "remove-by-name though it has a uuid" end)
    elif .argv[0:3] == ["lvchange", "-an", "-S"] and (.argv | length) == 4
      and (.argv[3] | [scan("(?:vg_uuid|lv_uuid)=([A-Za-z0-9-]+)")[0] | gsub("-"; "")] | join("")) == $id then "lvchange"
    else "acts as \(.argv | tojson)" end;
def told($mapping; $phase):
  if .uuid != $mapping.uuid or .phase != $phase then "\(.phase) with another uuid or phase" else "\(.phase) \(acts($mapping))" end;

(reduce .mappings[] as $m ({}; .[$m.name] = $m)) as $mappings
| ([.plan.phase1[] | [., 1]] + [.plan.phase2[] | [., 2]]
   | map(.[0] as $step | .[1] as $phase
       | {name: $step.mapping, step: ($step | told($mappings[$step.mapping]; $phase))},
         ($step.children[] | {name: .mapping, step: "child of \($step.mapping)"}))
   | group_by(.name) | map({key: .[0].name, value: (map(.step) | join(" and "))}) | from_entries) as $steps
| (.mappings[] | [.name, .class, .rule, $steps[.name] // "-"]),
  (.missing[] | [.mapping, "missing", .rule, "-"]),
  ($steps | keys[] | select($mappings[.] == null) | [., "none", "none", $steps[.]])
| join("\t")
