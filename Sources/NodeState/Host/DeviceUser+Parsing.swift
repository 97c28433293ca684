extension DeviceUser {
  /// Reads who uses mappings. Source: probe `device-users`.
  ///
  /// - Throws: ``ParseError`` when a line is none of the probe's.
  static func parse(_ bytes: [UInt8], from origin: EntryOrigin) throws(ParseError) -> [DeviceUser] {
    var users: [DeviceUser] = []
    for line in try JSONLines.parse(bytes, from: origin) {
      guard let kind = Kind(rawValue: try line.text("kind")) else {
        throw line.expected("fd, mount or swap as kind")
      }
      users.append(
        DeviceUser(
          device: try line.device("device"), kind: kind, pid: try line.number("pid"),
          detail: try line.text("detail"), location: line.location))
    }
    return users
  }
}
