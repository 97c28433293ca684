import BundleFormat

/// The kernel's own list of mappings. Source: `/sys/block/dm-*`, kernel `drivers/md/dm-sysfs.c`.
struct SysfsMappings {
  private let root: Root

  init(below root: Root) { self.root = root }

  /// The kernel's names of all mappings that have had a table, `dm-0`, in byte order.
  ///
  /// - Throws: ``FileError`` when there is no `/sys/block`.
  func kernelNames() throws(FileError) -> [String] {
    try root.names(in: "/sys/block").filter { $0.hasPrefix("dm-") }
  }

  /// Device numbers, `253:0`, by kernel name.
  ///
  /// - Throws: ``FileError`` when there is no `/sys/block`.
  func deviceNumbers() throws(FileError) -> [String: String] {
    var numbers: [String: String] = [:]
    for name in try kernelNames() { numbers[name] = root.line(of: "/sys/block/\(name)/dev") }
    return numbers
  }

  /// One JSON line a mapping.
  ///
  /// - Throws: ``FileError`` when there is no `/sys/block`.
  func lines() throws(FileError) -> [UInt8] {
    var lines: [UInt8] = []
    for name in try kernelNames() {
      let folder = "/sys/block/\(name)"
      var json = JSONWriter()
      json.beginObject()
      json.key("kernelName")
      json.value(name)
      json.key("device")
      json.value(root.line(of: "\(folder)/dev"))
      json.key("name")
      json.value(root.line(of: "\(folder)/dm/name"))
      json.key("uuid")
      json.value(root.line(of: "\(folder)/dm/uuid"))
      for (key, file) in [
        ("suspended", "dm/suspended"), ("sizeSectors", "size"), ("readOnly", "ro"),
      ] {
        json.key(key)
        json.value(root.line(of: "\(folder)/\(file)").flatMap { Int($0) })
      }
      json.key("slaves")
      json.value(neighbours("\(folder)/slaves"))
      json.key("holders")
      json.value(neighbours("\(folder)/holders"))
      json.endObject()
      lines += json.bytes + [UInt8(ascii: "\n")]
    }
    return lines
  }

  private func neighbours(_ folder: String) -> [String] {
    ((try? root.names(in: folder)) ?? []).compactMap { root.line(of: "\(folder)/\($0)/dev") }
  }
}
