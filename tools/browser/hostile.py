"""Makes a bundle whose every text tries to become markup: hostile.py TREE TARGET.

TREE is an unpacked bundle. Names of guests, mappings, volumes, processes, nodes and files, versions,
reasons and standard error are replaced by injection strings, in both readings, and the hashes made anew.
"""

import hashlib
import json
import pathlib
import shutil
import sys

STRINGS = [
    "<img src=x onerror=pwn()>",
    '"><script>pwn()</script>',
    "'-->]]><svg/onload=pwn()>",
    "</style><script>pwn()</script>",
    "</title></textarea><iframe src=javascript:pwn()>",
    "&lt;script&gt;pwn()&lt;/script&gt;&#60;b&#62;",
    "<a href=//evil.example/ autofocus onfocus=pwn()>",
    "${pwn()}{{pwn()}}`pwn()`\\x3cb\\x3e",
]
used = 0


def payload(prefix=""):
    """The next string, marked so that the page can be searched for it."""
    global used
    used += 1
    return f"{prefix}PWN{used}{STRINGS[used % len(STRINGS)]}"


def replace(text, old, new, quoted=False):
    return text.replace(old, json.dumps(new)[1:-1] if quoted else new)


def main(tree, target):
    shutil.copytree(tree, target)
    end_path = target / "manifest-end.json"
    manifest = json.loads((target / "manifest.json").read_text())
    end = json.loads(end_path.read_text())

    # What stands in many places is replaced by the same everywhere.
    everywhere = {
        "vm-100-disk": payload("vm-100-").replace("/", "|"),
        "UML": payload(),
    }
    for path in sorted(target.rglob("*")):
        if not path.is_file() or path.name.startswith("manifest"):
            continue
        text = path.read_text(errors="surrogateescape")
        quoted = text.lstrip().startswith("{")
        for old, new in everywhere.items():
            text = replace(text, old, new, quoted)
        if path.name == "pve-version.out":
            text = text.replace("pve-manager/", "pve-manager/" + payload().replace("/", "|") + "/")
        if path.name == "filesystems.out":
            text += f"none ext4 100 99 1 99% /{payload()}\n"
        if path.name == "qm-list.out":
            text = text.replace("running", "running" + payload())
        if path.name == "kernel-log.out":
            text += payload() + "\n"
        if path.suffix == ".conf":
            text = f"name: {payload()}\nlock: {payload()}\ndescription: {payload()}\n{text}scsi9: local:{payload()}\n[{payload()}]\n"
        path.write_text(text, errors="surrogateescape")
    lines = [{"pid": 7, "name": payload(), "cpuPercent": 12.5, "residentBytes": 4096}]
    (target / "commands/top-processes.out").write_text("".join(json.dumps(line) + "\n" for line in lines))
    for name in ("lvs", "vgs", "qm-list"):
        (target / f"commands/{name}.err").write_text(f"  WARNING: {payload()}\n")

    manifest["node"]["cluster"] = payload()
    manifest["tool"]["version"] = payload()
    renamed = {}
    for result in end["results"]:
        if result["path"].endswith("lsblk.out"):
            renamed[result["path"]] = result["path"].replace("lsblk", payload().replace("/", "|"))
    for result in end["results"]:
        result["path"] = renamed.get(result["path"], result["path"])
        if result["id"] in ("lvs", "vgs", "qm-list"):
            result["stderr"] = {"path": f"commands/{result['id']}.err", "bytes": 0, "sha256": ""}
        if result["id"] in ("uptime", "load"):
            result["status"] = "timedOut"
        if result["id"] == "top-processes":
            result["status"] = "collected"
    for old, new in renamed.items():
        if (target / old).exists():
            (target / old).rename(target / new)
    for planned in manifest["entries"]:
        planned["path"] = renamed.get(planned["path"], planned["path"])
        if planned["id"] == "uptime":
            planned["source"] = "/proc/" + payload()
    for result in end["results"]:
        for part in (result, result.get("stderr")):
            if part and part.get("path") and (target / part["path"]).is_file():
                content = (target / part["path"]).read_bytes()
                part["bytes"] = len(content)
                part["sha256"] = hashlib.sha256(content).hexdigest()
    (target / "manifest.json").write_text(json.dumps(manifest))
    end_path.write_text(json.dumps(end))
    (target / payload("unlisted").replace("/", "|")).write_text("")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
