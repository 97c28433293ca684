import BundleFormat
import BundleReader
import Glibc
import Testing

/// Where the bundle goes, and that there is a whole one or none.
struct OutputTests {
  @Test func `a folder gets a file named after node and time, readable by its owner alone`() throws
  {
    let node = try FakeNode()
    let run = try node.collect(to: "\(node.folder)/out")
    #expect(run.exitCode == 0)
    let name = try #require(try node.outputs().first)
    #expect(try node.outputs().count == 1)
    #expect(name.hasPrefix("dmcollect-pve1-20") && name.hasSuffix("Z.tar.zst"))
    #expect(String(decoding: run.output, as: UTF8.self) == "\(node.folder)/out/\(name)\n")
    var status = stat()
    #expect(stat("\(node.folder)/out/\(name)", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    let bundle = try NodeBundle(reading: .path("\(node.folder)/out/\(name)"))
    #expect(bundle.manifest.node.name == "pve1")
  }

  @Test func `runs within one second keep each other's bundles`() throws {
    let node = try FakeNode()
    for _ in 0..<3 { #expect(try node.collect(to: "\(node.folder)/out").exitCode == 0) }
    #expect(try node.outputs().count == 3)
  }

  @Test(arguments: ["zst", "gz", "tar"]) func `every format can be streamed`(
    _ format: String
  ) throws {
    let node = try FakeNode()
    let script = "\"$0\" \"$@\" >'\(node.bundle)'"
    let run = try node.start(script, ["-o", "-", "--format", format])
    #expect(run.exitCode == 0, "\(run.said)")
    #expect(try node.outputs() == ["node.tar"])
    #expect(try node.read().status(of: .lvs) == .collected)
  }

  @Test func `keep removes this node's older bundles and nothing else`() throws {
    let node = try FakeNode()
    let others = [
      "dmcollect-pve2-20200101T000000Z.tar.zst", "dmcollect-pve1-notes.txt",
      "dmcollect-pve1-20200101T000000Z.tar.zst.asc",
    ]
    let old = [
      "dmcollect-pve1-20200101T000000Z.tar.zst", "dmcollect-pve1-20210101T000000Z.tar.gz",
      "dmcollect-pve1-20220101T000000Z.tar.zst",
    ]
    for name in others + old { try FakeNode.shell("touch '\(node.folder)/out/\(name)'") }
    #expect(try node.collect(["--keep", "2"], to: "\(node.folder)/out").exitCode == 0)
    let left = try node.outputs()
    #expect(left.count == others.count + 2)
    #expect(Set(left).isSuperset(of: others + [old[2]]))
  }

  @Test func `keep never removes the bundle that was just written`() throws {
    let node = try FakeNode()
    let younger = "dmcollect-pve1-20990101T000000Z.tar.zst"
    try FakeNode.shell("touch '\(node.folder)/out/\(younger)'")
    let run = try node.collect(["--keep", "1"], to: "\(node.folder)/out")
    #expect(run.exitCode == 0)
    let left = try node.outputs()
    #expect(left.count == 1 && left != [younger])
  }

  @Test func `a stream that nobody reads ends the run`() throws {
    let node = try FakeNode()
    node.stub("lvs", "head -c 300000 /dev/urandom | od -An -tx1")
    let run = try node.start(
      "{ \"$0\" \"$@\"; echo \"status $?\" >&2; } | sleep 4",
      ["-o", "-", "--format", "tar", "--timeout", "1", "--deadline", "1.5"])
    #expect(run.said.contains("standard output took nothing more in time"), "\(run.said)")
    #expect(run.said.contains("status 3"))
  }

  @Test func `what a killed run left behind is no obstacle`() throws {
    let node = try FakeNode()
    let run = try node.start(
      ": >'\(node.folder)/out/.node.tar.'$$.tmp; exec \"$0\" \"$@\"", ["-o", node.bundle])
    #expect(run.exitCode == 0, "\(run.said)")
    #expect(try node.outputs().contains("node.tar"))
  }

  @Test func `closed standard streams never become the bundle's`() throws {
    let node = try FakeNode()
    let stream = try node.start("exec \"$0\" \"$@\" >&-", ["-o", "-"])
    #expect(stream.exitCode == 3)
    #expect(stream.said.contains("standard output"))
    node.stub("dmesg", "echo 'device-mapper: x'")
    let run = try node.start("exec \"$0\" \"$@\" <&- >&- 2>&-", ["-v", "-o", node.bundle])
    #expect(run.exitCode == 0)
    #expect(try node.read().entries.allSatisfy(\.isIntact))
    #expect(try node.read().text(of: .kernelLog) == "device-mapper: x\n")
  }

  @Test func `a second run in the folder is refused and told who is there`() throws {
    let node = try FakeNode()
    let folder = open("\(node.folder)/out", O_RDONLY | O_DIRECTORY)
    defer { close(folder) }
    #expect(flock(folder, LOCK_EX | LOCK_NB) == 0)
    let run = try node.collect()
    #expect(run.exitCode == 3)
    #expect(run.said.contains("process \(getpid())"), "\(run.said)")
    #expect(try node.outputs().isEmpty)
    flock(folder, LOCK_UN)
    #expect(try node.collect().exitCode == 0)
  }

  @Test func `a full disk leaves nothing behind`() throws {
    let node = try FakeNode()
    let run = try node.start("ulimit -f 8; exec \"$0\" \"$@\"", ["-o", node.bundle])
    #expect(run.exitCode == 3)
    #expect(run.said.contains("no bundle was written"))
    #expect(try node.outputs().isEmpty)
  }

  @Test func `a full stream and a closed pipe are errors that say so`() throws {
    let node = try FakeNode()
    let full = try node.start("\"$0\" \"$@\" >/dev/full", ["-o", "-"])
    #expect(full.exitCode == 3)
    #expect(full.said.contains("No space left on device"))
    let closed = try node.start(
      "{ \"$0\" \"$@\"; echo \"status $?\" >&2; } | true", ["-o", "-", "--format", "tar"])
    #expect(closed.said.contains("status 3"))
    #expect(closed.said.contains("Broken pipe"))
  }

  @Test(arguments: ["TERM", "INT", "HUP", "QUIT", "USR1", "ALRM", "XCPU", "PWR", "ABRT", "SEGV"])
  func `a signal leaves neither file nor child`(
    _ signal: String
  ) throws {
    let node = try FakeNode()
    node.stub("lvs", "echo $$ >'\(node.folder)/pid'; sleep 60")
    let script = """
      env --default-signal=INT,QUIT "$0" "$@" & run=$!
      until [ -s '\(node.folder)/pid' ]; do sleep 0.1; done
      kill -\(signal) $run; wait $run; echo "status $?" >&2
      """
    // What sh starts in the background ignores SIGINT until told otherwise.
    let run = try node.start(script, ["-o", node.bundle])
    #expect(run.said.contains("status 3"), "\(run.said)")
    #expect(run.said.contains("no bundle was written"))
    #expect(try node.outputs().isEmpty)
    let pid = String(
      decoding: try FakeNode.bytes(of: "\(node.folder)/pid").dropLast(), as: UTF8.self)
    // A zombie that nobody waits for is dead, too. Unharmed, it would sleep for a minute.
    let alive = """
      for try in $(seq 100); do
        ps -o stat= -p \(pid) | grep -qv Z || exit 0
        sleep 0.2
      done
      echo alive
      """
    #expect(try FakeNode.shell(alive).isEmpty)
  }

  @Test func `a signal while programs are started leaves none of them`() throws {
    let node = try FakeNode()
    // Each ends the run as soon as it is there: while the next ones are on their way.
    let tools = ["qm", "pct", "pvecm", "pveversion", "lsblk", "dpkg-query"]
    for tool in tools {
      node.stub(
        tool, "echo $$ >>'\(node.folder)/pids'; kill -TERM $PPID 2>/dev/null; exec sleep 60")
    }
    let run = try node.start(
      "for try in $(seq 60); do \"$0\" \"$@\" 2>/dev/null; done; sleep 1",
      ["-o", node.bundle, "--only", "qm-list,pct-list,cluster-status,pve-version,lsblk,packages"])
    #expect(run.exitCode == 0)
    let left = try FakeNode.shell(
      """
      for pid in $(cat '\(node.folder)/pids'); do
        ps -o pid=,stat=,args= -p $pid | grep 'sleep 60' && kill -KILL $pid
      done
      """)
    #expect(left.isEmpty, "\(left)")
  }

  @Test(arguments: [0, 1]) func `a signal behind the bundle's last byte doesn't make it fail`(
    _ status: Int
  ) throws {
    let node = try FakeNode()
    if status == 1 { node.stub("vgs", "exit 5") }
    // Removing old bundles keeps the run busy once the new one has its name.
    let old = "dmcollect-pve1-2019%02d%02dT%06dZ.tar.zst"
    let script = """
      cd '\(node.folder)/out' || exit 9
      for month in $(seq 10); do for day in $(seq 28); do for time in $(seq 20); do
        printf '\(old)\\n' $month $day $time
      done; done; done | xargs touch
      first=$(printf '\(old)' 10 28 20); last=$(printf '\(old)' 1 1 1)
      "$0" "$@" & run=$!
      while [ -e $first ]; do :; done
      kill -TERM $run; wait $run; echo "status $?" >&2
      [ -e $last ] && echo "in time" >&2
      """
    let run = try node.start(script, ["-o", "\(node.folder)/out", "--keep", "1"])
    #expect(run.said.contains("status \(status)\n"), "\(run.said)")
    #expect(run.said.contains("in time"))
    #expect(run.said.contains("the bundle was written before"))
    #expect(!run.said.contains("no bundle"))
    let written = try #require(
      try node.outputs().first { !$0.hasPrefix("dmcollect-pve1-2019") && $0.hasSuffix(".zst") })
    #expect(
      try NodeBundle(reading: .path("\(node.folder)/out/\(written)")).status(of: .lvs)
        == .collected)
  }

  @Test func `a target that is no file is not replaced`() throws {
    let node = try FakeNode()
    mkfifo(node.bundle, 0o600)
    let run = try node.collect()
    #expect(run.exitCode == 3)
    #expect(try node.outputs() == ["node.tar"])
  }

  @Test func `a folder that isn't there is an error before anything is asked`() throws {
    let node = try FakeNode()
    let run = try node.collect(to: "\(node.folder)/none/x.tar")
    #expect(run.exitCode == 3)
    #expect(run.said.contains("No such file or directory"))
    #expect(access("\(node.folder)/log", F_OK) != 0)
  }

  @Test func `an older bundle stays when the new one fails`() throws {
    let node = try FakeNode()
    #expect(try node.collect().exitCode == 0)
    let before = try FakeNode.bytes(of: node.bundle)
    _ = try node.start("ulimit -f 8; exec \"$0\" \"$@\"", ["-o", node.bundle])
    #expect(try FakeNode.bytes(of: node.bundle) == before)
  }

  @Test func `dry-run and list ask nothing`() throws {
    let node = try FakeNode()
    let dry = try node.collect(["--dry-run", "--skip", "vgs"])
    let text = String(decoding: dry.output, as: UTF8.self)
    #expect(text.contains("lvs: \(node.folder)/bin/lvs -a --readonly"))
    #expect(text.contains("vgs: skipped"))
    _ = try node.collect(["--list"])
    #expect(access("\(node.folder)/log", F_OK) != 0)
    #expect(try node.outputs().isEmpty)
  }
}
