import BundleFormat
import BundleReader
import Glibc
import Spawn
import TestSupport
import Testing

/// A node for the collector: a tree for `--root`, and stubs of its tools first in `PATH`.
///
/// Every stub writes its arguments into a log before it answers.
final class FakeNode {
  /// Holds `root`, `bin`, `out` and `log`.
  var folder: String { temporary.path }
  private let temporary = TemporaryFolder()

  init() throws {
    for name in ["root", "bin", "out"] { mkdir("\(folder)/\(name)", 0o755) }
    chmod(folder, 0o755)
    writeFiles()
    writeStubs()
  }

  // MARK: The node

  /// Writes a file of the node.
  func write(_ path: String, _ text: String) {
    Self.write("\(folder)/root\(path)", text)
  }

  /// Removes a file or folder of the node.
  func remove(_ path: String) throws { _ = try Self.shell("rm -rf '\(folder)/root\(path)'") }

  /// Replaces what a tool does: a script of `sh`.
  func stub(_ name: String, _ script: String) {
    let path = "\(folder)/bin/\(name)"
    Self.write(path, "#!/bin/sh\nprintf '%s\\n' \"\(name) $*\" >>'\(folder)/log'\n\(script)\n")
    chmod(path, 0o755)
  }

  func link(_ path: String, to target: String) {
    let link = "\(folder)/root\(path)"
    Self.makeFolders(of: link)
    unlink(link)
    symlink(target, link)
  }

  private func writeFiles() {
    write("/etc/machine-id", "0123456789abcdef0123456789abcdef\n")
    write("/proc/sys/kernel/random/boot_id", "6f1f1c9e-0000-4000-8000-000000000001\n")
    write("/proc/sys/kernel/hostname", "pve1.example.org\n")
    write("/etc/pve/storage.cfg", "dir: local\n\tpath /var/lib/vz\n\nlvm: san\n\tvgname vg_san\n")
    write("/etc/pve/.vmlist", #"{"version":1,"ids":{"100":{"node":"pve1","type":"qemu"}}}"#)
    write(
      "/etc/pve/.members",
      #"{"nodename":"pve1","cluster":{"name":"house","quorate":1},"nodelist":{"pve1":{"id":1,"#
        + #""online":1,"ip":"192.0.2.11"}}}"#)
    write(Self.configuration, "name: web\nscsi0: san:vm-100-disk-0,size=1G\n")
    write("/proc/net/unix", "00: 00000002 0 0 1 1 9 @/var/lib/lxc/110/command\n00: 2 0 0 1 1 8\n")
    write("/proc/stat", "cpu  1 2 3 4\n")
    write("/proc/uptime", "100.00 50.00\n")
  }

  /// The configuration of the one guest.
  static let configuration = "/etc/pve/nodes/pve1/qemu-server/100.conf"

  private func writeStubs() {
    let silent = [
      "pct", "pvecm", "pveversion", "lsblk", "dpkg-query", "multipath", "iscsiadm", "df", "zpool",
      "systemctl", "dmesg", "lvmconfig",
    ]
    for name in silent { stub(name, "echo \(name)") }
    stub(
      "dmsetup",
      """
      case $1 in
        info) echo 'vg_san-vm--100--disk--0|LVM-x|253|0|1|1|0|L--w' ;;
        table) echo 'vg_san-vm--100--disk--0: 0 2097152 linear 8:16 2048' ;;
      esac
      """)
    stub("qm", "printf '%10s %-20s %-10s\\n' VMID NAME STATUS")
    stub("lvs", "echo '{\"report\":[{\"lv\":[]}]}'")
    stub("vgs", "echo '{\"report\":[{\"vg\":[]}]}'")
    stub("pvs", "echo '{\"report\":[{\"pv\":[]}]}'")
  }

  // MARK: The run

  struct Run {
    let exitCode: Int?
    let output: [UInt8]
    let said: String
    let milliseconds: Int
  }

  /// Runs the collector on this node; by default into `out`.
  func collect(_ options: [String] = [], to target: String? = nil) throws -> Run {
    let words = ["-o", target ?? bundle] + options
    return try start("exec \"$0\" \"$@\"", words)
  }

  /// Runs a script of `sh` that starts the collector as `"$0" --root … "$@"`.
  func start(
    _ script: String, _ options: [String], timeoutSeconds: Double = 60
  ) throws -> Run {
    let command = Command(
      executable: "/bin/sh",
      arguments: ["sh", "-c", script, Self.collector, "--root", "\(folder)/root"] + options,
      environment: ["PATH=\(folder)/bin:/usr/bin:/bin", "HOME=/root"],
      timeoutSeconds: timeoutSeconds)
    let result = try ProgramPool.run(command)
    return Run(
      exitCode: result.exitCode, output: result.output,
      said: String(decoding: result.errorOutput, as: UTF8.self),
      milliseconds: result.durationMilliseconds)
  }

  /// Where ``collect(_:to:)`` writes.
  var bundle: String { "\(folder)/out/node.tar" }

  /// The bundle that the last run wrote.
  func read() throws -> NodeBundle { try NodeBundle(reading: .path(bundle)) }

  /// The bundle's bytes, not compressed: the whole text that somebody could find in it.
  func text() throws -> String { String(decoding: try Self.bytes(of: bundle), as: UTF8.self) }

  /// What the stubs were called with, a line a call.
  func calls() throws -> [String] {
    String(decoding: try Self.bytes(of: "\(folder)/log"), as: UTF8.self).split(separator: "\n")
      .map(String.init)
  }

  /// What lies in the output folder.
  func outputs() throws -> [String] {
    try Self.shell("ls -A '\(folder)/out'").split(separator: "\n").map(String.init)
  }

  // MARK: The machine that the tests run on

  /// The collector that was built beside these tests.
  static let collector: String = {
    let maps = String(decoding: (try? bytes(of: "/proc/self/maps")) ?? [], as: UTF8.self)
    let bundle = maps.split(separator: "\n").lazy.compactMap { line in
      line.split(separator: " ").last.flatMap { $0.hasSuffix(".xctest") ? $0 : nil }
    }.first
    let folder = bundle.flatMap { $0.lastIndex(of: "/") }.flatMap { bundle?[..<$0] } ?? "."
    return "\(folder)/dmcollect"
  }()

  @discardableResult
  static func shell(_ script: String) throws -> String {
    let command = Command(
      executable: "/bin/sh", arguments: ["sh", "-c", script],
      environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"], timeoutSeconds: 60)
    return String(decoding: try ProgramPool.run(command).output, as: UTF8.self)
  }

  static func bytes(of path: String) throws -> [UInt8] {
    try #require(TestFiles.bytes(of: path), "\(path) can't be opened")
  }

  private static func write(_ path: String, _ text: String) {
    makeFolders(of: path)
    // A program that another test starts meanwhile must not hold it open: it could not be run then.
    guard let file = fopen(path, "wbe") else { return }
    _ = Array(text.utf8).withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    fclose(file)
  }

  private static func makeFolders(of path: String) {
    for index in path.indices.dropFirst() where path[index] == "/" {
      mkdir(String(path[..<index]), 0o755)
    }
  }
}

extension NodeBundle {
  /// An answer as text; nil when there is none.
  func text(of source: SourceID, reading: Int = 1) -> String? {
    entry(of: source, reading: reading)?.content.map { String(decoding: $0, as: UTF8.self) }
  }

  func status(of source: SourceID, reading: Int = 1) -> EntryResult.Status? {
    entry(of: source, reading: reading)?.result.status
  }
}
