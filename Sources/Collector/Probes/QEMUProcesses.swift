import BundleFormat

/// Which virtual machines run, by PVE's own test: pid file and command line agree.
///
/// Source: `/proc/PID/cmdline`, `/proc/PID/fd`, `/run/qemu-server/ID.pid`; `PVE::QemuServer::Helpers`.
struct QEMUProcesses {
  private let root: Root
  private let processes: ProcessFolders

  init(below root: Root) {
    self.root = root
    processes = ProcessFolders(below: root)
  }

  /// One JSON line a process, then one for each pid file that no process answers to.
  ///
  /// - Throws: ``FileError`` when there is no `/proc`.
  func lines() throws(FileError) -> [UInt8] {
    var lines: [UInt8] = []
    var answered: Set<String> = []
    for pid in try processes.pids() {
      let arguments = processes.arguments(of: pid)
      guard Self.isMachine(arguments) else { continue }
      let machine = machine(pid, arguments)
      if machine.agrees, let file = machine.pidFile { answered.insert(Self.runPath(file)) }
      lines += machine.line
    }
    return lines + deadPIDFiles(besides: answered)
  }

  /// Whether a command line is that of a machine: PVE starts `/usr/bin/kvm -id 100`.
  ///
  /// `qemu-img` and the like are machines only when they say which.
  static func isMachine(_ arguments: [String]) -> Bool {
    let name = arguments.first?.split(separator: "/").last ?? ""
    return name == "kvm" || name.hasPrefix("qemu-system-")
      || ((name.hasSuffix("kvm") || name.hasPrefix("qemu-")) && arguments.contains("-id"))
  }

  private struct Machine {
    var pid: Int
    var start: Int?
    var id: String?
    var arg0: String
    var pidFile: String?
    var agrees: Bool
    var isIncoming: Bool
    var paths: [String]

    var line: [UInt8] {
      var json = JSONWriter()
      json.beginObject()
      json.key("pid")
      json.value(pid)
      json.key("start")
      json.value(start)
      json.key("id")
      json.value(id)
      json.key("arg0")
      json.value(arg0)
      json.key("pidFile")
      json.value(pidFile)
      json.key("pidFileAgrees")
      json.value(agrees)
      json.key("incoming")
      json.value(isIncoming)
      json.key("paths")
      json.value(paths)
      json.endObject()
      return json.bytes + [UInt8(ascii: "\n")]
    }
  }

  private func machine(_ pid: Int, _ arguments: [String]) -> Machine {
    func value(of option: String) -> String? {
      guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else {
        return nil
      }
      return arguments[index + 1]
    }
    var paths: [String] = []
    for (option, value) in zip(arguments, arguments.dropFirst())
    where option == "-drive" || option == "-blockdev" {
      paths += KeptTokens.devicePaths(in: Array(value.utf8)[...])
        .map { String(decoding: $0, as: UTF8.self) }
    }
    processes.forEachDeviceFile(of: pid) { path in
      if Self.mayBeDisk(path) { paths.append(path) }
    }
    let pidFile = value(of: "-pidfile")
    let id = value(of: "-id").flatMap { Int($0) != nil ? $0 : nil }
    // Start time in clock ticks since boot: field 22 of proc(5).
    let start = processes.status(of: pid).flatMap { status in
      status.fields.count > 19 ? Int(status.fields[19]) : nil
    }
    return Machine(
      pid: pid, start: start, id: id, arg0: arguments.first ?? "", pidFile: pidFile,
      agrees: pidFile.flatMap { root.line(of: Self.runPath($0)) }.flatMap { Int($0) } == pid,
      isIncoming: arguments.contains("-incoming"), paths: unique(paths))
  }

  /// `/var/run` is a link to `/run`, which below another root would lead out of it.
  private static func runPath(_ path: String) -> String {
    path.hasPrefix("/var/run/") ? String(path.dropFirst(4)) : path
  }

  /// Leaves out what every machine holds open and no disk is.
  static func mayBeDisk(_ path: String) -> Bool {
    let others = [
      "null", "zero", "full", "random", "urandom", "kvm", "ptmx", "fuse", "hpet", "tty",
    ]
    let folders = ["net/", "pts/", "vfio/", "shm/", "hugepages/", "vhost-", "bus/", "char/", "tap"]
    let name = path.dropFirst(5)
    return !others.contains { name == $0 } && !folders.contains { name.hasPrefix($0) }
  }

  private func unique(_ paths: [String]) -> [String] {
    var seen: Set<String> = []
    return paths.filter { seen.insert($0).inserted }
  }

  private func deadPIDFiles(besides answered: Set<String>) -> [UInt8] {
    let folder = "/run/qemu-server"
    var lines: [UInt8] = []
    for name in (try? root.names(in: folder)) ?? [] where name.hasSuffix(".pid") {
      let path = "\(folder)/\(name)"
      guard !answered.contains(path), let pid = root.line(of: path).flatMap({ Int($0) }) else {
        continue
      }
      var json = JSONWriter()
      json.beginObject()
      json.key("pid")
      json.value(pid)
      json.key("id")
      json.value(String(name.dropLast(4)))
      json.key("pidFile")
      json.value(path)
      json.key("alive")
      json.value(false)
      json.endObject()
      lines += json.bytes + [UInt8(ascii: "\n")]
    }
    return lines
  }
}
