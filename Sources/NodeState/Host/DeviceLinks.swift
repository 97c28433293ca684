import BundleFormat

/// Links below `/dev` and the devices that they lead to.
///
/// Source: probe `dev-links`, one line `{"path":"/dev/disk/by-id/x","device":"253:0"}` a link.
enum DeviceLinks {
  /// Reads all links but those that say themselves which mapping they lead to: of tens of thousands on a
  /// big node, nearly all.
  ///
  /// - Throws: ``ParseError`` when a line is none of the probe's.
  static func parse(
    _ content: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [String: DeviceNumber] {
    var links: [String: DeviceNumber] = [:]
    let bytes = content.span
    try forEach(of: content, from: origin, named: false) { path, device in
      links[path.text(in: bytes)] = device
    }
    return links
  }

  /// Reads the links that ``parse(_:from:)`` leaves out.
  ///
  /// - Throws: ``ParseError`` when a line is none of the probe's.
  static func parseNamed(
    _ content: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> TextIndex<DeviceNumber> {
    var links = TextIndex<DeviceNumber>(of: content)
    try forEach(of: content, from: origin, named: true) { path, device in
      switch path {
      case .plain(let range): links.set(range, to: device)
      case .text(let text): links.set(text, to: device)
      }
    }
    return links
  }

  /// A path where it stands, or read from a line in another form.
  private enum Path {
    case plain(Range<Int>)
    case text(String)

    func text(in bytes: Span<UInt8>) -> String {
      switch self {
      case .plain(let range): bytes.text(range)
      case .text(let text): text
      }
    }
  }

  /// Reads all links of one kind.
  ///
  /// - Parameter named: Whether those that are named after a mapping are wanted, or the others.
  private static func forEach(
    of content: [UInt8], from origin: EntryOrigin, named: Bool,
    _ take: (Path, DeviceNumber) -> Void
  ) throws(ParseError) {
    let bytes = content.span
    try origin.requireWholeLines(bytes)
    var lines = LineWalk()
    while true {
      var form = FormWalk(lines.rest(in: bytes))
      if let (path, device) = link(&form, in: bytes), lines.skip(to: form.position, in: bytes) {
        if isNamedAfterMapping(path, in: bytes) == named { take(.plain(path), device) }
        continue
      }
      guard let line = lines.next(in: bytes) else { return }
      if !bytes.trimmed(line).isEmpty {
        let link = try JSONLines.line(line, of: content, number: lines.number, from: origin)
        let (path, device) = (try link.text("path"), try link.device("device"))
        let text = path.utf8.span
        if isNamedAfterMapping(0..<text.count, in: text) == named { take(.text(path), device) }
      }
    }
  }

  private static func link(
    _ form: inout FormWalk, in bytes: Span<UInt8>
  ) -> (path: Range<Int>, device: DeviceNumber)? {
    guard form.skip("{\"path\":\"", in: bytes), let path = form.text(in: bytes),
      form.skip("\",\"device\":\"", in: bytes), let device = form.device(in: bytes),
      form.skip("\"}", in: bytes)
    else { return nil }
    return (path, device)
  }

  /// `/dev/mapper/NAME`, `/dev/GROUP/VOLUME`, `/dev/disk/by-id/dm-name-NAME` and `…/dm-uuid-UUID`.
  private static func isNamedAfterMapping(_ path: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    guard bytes.starts(path, with: "/dev/") else { return false }
    let rest = (path.lowerBound + 5)..<path.upperBound
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/"), in: rest) else { return false }
    let folder = rest.lowerBound..<slash
    if bytes.equals(folder, "disk") {
      return bytes.starts(rest, with: "disk/by-id/dm-name-")
        || bytes.starts(rest, with: "disk/by-id/dm-uuid-")
    }
    let name = (slash + 1)..<rest.upperBound
    return !folder.isEmpty && !bytes.equals(folder, "block") && !name.isEmpty
      && bytes.firstIndex(of: UInt8(ascii: "/"), in: name) == nil
  }
}

extension DeviceLinks {
  /// Reads the links that are named after mappings; none where they can't be used.
  static func named(in bundle: NodeBundle) -> TextIndex<DeviceNumber> {
    var sources = SourceReader(bundle)
    return sources.read(.devLinks) { text throws(ParseError) in
      try parseNamed(text.bytes, from: text.origin)
    }.value ?? TextIndex()
  }
}
