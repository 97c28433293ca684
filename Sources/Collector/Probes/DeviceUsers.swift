import BundleFormat

/// Who uses a mapping: open files, mounts and swap.
///
/// Source: links of `/proc/PID/fd`, `/proc/PID/mountinfo` of each mount namespace, `/proc/swaps`.
struct DeviceUsers {
  private let root: Root
  private let processes: ProcessFolders
  /// Device numbers of mappings by path in `/dev`.
  private let numbers: [String: String]

  /// Takes the mappings in.
  ///
  /// - Throws: ``FileError`` when there is no `/sys/block`.
  init(below root: Root) throws(FileError) {
    self.root = root
    processes = ProcessFolders(below: root)
    let sysfs = SysfsMappings(below: root)
    var numbers: [String: String] = [:]
    for (name, number) in try sysfs.deviceNumbers() {
      numbers["/dev/\(name)"] = number
      // Without udev there is a device file in /dev/mapper in place of a link.
      if let mapped = root.line(of: "/sys/block/\(name)/dm/name") {
        numbers["/dev/mapper/\(mapped)"] = number
      }
    }
    self.numbers = numbers
  }

  /// One JSON line a use.
  ///
  /// - Throws: ``FileError`` when there is no `/proc`.
  func lines() throws(FileError) -> [UInt8] {
    if numbers.isEmpty { return [] }
    var lines: [UInt8] = []
    let mappings = Set(numbers.values)
    var namespaces: Set<String> = []
    if let own = root.target(ofLink: "/proc/self/ns/mnt") { namespaces.insert(own) }
    lines += mounts(in: "/proc/self/mountinfo", of: mappings, pid: 0)
    for pid in try processes.pids() {
      lines += openFiles(of: pid)
      guard let namespace = root.target(ofLink: "/proc/\(pid)/ns/mnt"),
        namespaces.insert(namespace).inserted
      else { continue }
      lines += mounts(in: "/proc/\(pid)/mountinfo", of: mappings, pid: pid)
    }
    return lines + swaps
  }

  private func openFiles(of pid: Int) -> [UInt8] {
    var held: [String] = []
    processes.forEachDeviceFile(of: pid) { path in
      if let number = device(path), !held.contains(number) { held.append(number) }
    }
    guard !held.isEmpty else { return [] }
    let name = processes.status(of: pid)?.name ?? ""
    return held.flatMap { line($0, "fd", pid, name) }
  }

  /// The mapping behind a path; a device file that udev has replaced since is marked by the kernel.
  private func device(_ path: String) -> String? {
    let mark = " (deleted)"
    let path = path.hasSuffix(mark) ? String(path.dropLast(mark.count)) : path
    if let number = numbers[path] { return number }
    // A path of LVM's own, where udev has not made it: a link to /dev/dm-N.
    guard path.split(separator: "/").count == 3, let target = root.target(ofLink: path),
      let name = target.split(separator: "/").last
    else { return nil }
    return numbers["/dev/\(name)"]
  }

  /// Reads `36 35 254:1 / /mnt/root rw - ext4 /dev/mapper/pve-root rw`.
  private func mounts(in path: String, of mappings: Set<String>, pid: Int) -> [UInt8] {
    guard let content = try? root.read(path, limit: 4 << 20) else { return [] }
    var lines: [UInt8] = []
    for text in content.bytes.split(separator: UInt8(ascii: "\n")) {
      let words = text.split(separator: UInt8(ascii: " "), maxSplits: 5)
      guard words.count > 4 else { continue }
      let number = String(decoding: words[2], as: UTF8.self)
      guard mappings.contains(number) else { continue }
      lines += line(number, "mount", pid, String(decoding: words[4], as: UTF8.self))
    }
    return lines
  }

  private var swaps: [UInt8] {
    guard let content = try? root.read("/proc/swaps") else { return [] }
    var lines: [UInt8] = []
    for text in String(decoding: content.bytes, as: UTF8.self).split(separator: "\n").dropFirst() {
      guard let path = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).first,
        let number = device(String(path))
      else { continue }
      lines += line(number, "swap", 0, String(path))
    }
    return lines
  }

  private func line(_ device: String, _ kind: String, _ pid: Int, _ detail: String) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("device")
    json.value(device)
    json.key("kind")
    json.value(kind)
    json.key("pid")
    json.value(pid)
    json.key("detail")
    json.value(detail)
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }
}
