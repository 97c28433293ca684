extension DeviceUser {
  /// Reads who uses mappings. Source: probe `device-users`.
  ///
  /// - Throws: ``ParseError`` when a line is none of the probe's.
  static func parse(_ bytes: [UInt8], from origin: EntryOrigin) throws(ParseError) -> [DeviceUser] {
    // Nearly all are the same program's.
    var details = TextCache()
    return try JSONLines.values(
      of: bytes, from: origin,
      plainly: { form, bytes, line in
        DeviceUser(&form, in: bytes, line: line, from: origin, &details).map { .some($0) }
      }
    ) { line throws(ParseError) in
      guard let kind = Kind(rawValue: try line.text("kind")) else {
        throw line.expected("fd, mount or swap as kind")
      }
      return DeviceUser(
        device: try line.device("device"), kind: kind, pid: try line.number("pid"),
        detail: try line.text("detail"), location: line.location)
    }
  }

  /// `{"device":"253:4","kind":"fd","pid":12,"detail":"kvm"}`
  private init?(
    _ form: inout FormWalk, in bytes: Span<UInt8>, line: Int, from origin: EntryOrigin,
    _ details: inout TextCache
  ) {
    guard form.skip("{\"device\":\"", in: bytes), let device = form.device(in: bytes),
      form.skip("\",\"kind\":\"", in: bytes), let kind = Kind(&form, in: bytes),
      form.skip("\",\"pid\":", in: bytes), let pid = form.number(in: bytes),
      form.skip(",\"detail\":\"", in: bytes), let detail = form.text(in: bytes),
      form.skip("\"}", in: bytes)
    else { return nil }
    self.init(
      device: device, kind: kind, pid: pid, detail: details.text(bytes, detail),
      location: origin.location(line, form.walked))
  }
}

extension DeviceUser.Kind {
  fileprivate init?(_ form: inout FormWalk, in bytes: Span<UInt8>) {
    if form.skip("fd", in: bytes) {
      self = .openFile
    } else if form.skip("mount", in: bytes) {
      self = .mount
    } else if form.skip("swap", in: bytes) {
      self = .swap
    } else {
      return nil
    }
  }
}
