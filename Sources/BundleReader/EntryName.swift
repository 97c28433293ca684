/// An entry's name, found to lead nowhere but into its bundle.
struct EntryName {
  /// The one folder that everything lies in.
  let top: ArraySlice<UInt8>
  /// The path below it; empty for the folder itself.
  let path: String

  /// Checks a name as an archive has it.
  ///
  /// - Parameter isFolder: Whether the entry is a folder, whose name may end in a slash.
  /// - Throws: ``BundleError/refusedEntry(name:reason:)`` and ``BundleError/limit(reason:)``.
  init(_ name: [UInt8], isFolder: Bool, limits: ReadingLimits) throws(BundleError) {
    func refusal(_ reason: String) -> BundleError {
      .refusedEntry(name: String(decoding: name, as: UTF8.self), reason: reason)
    }
    guard name.count <= limits.nameBytes else {
      throw .limit(reason: "a name has more than \(limits.nameBytes) bytes")
    }
    let slash = UInt8(ascii: "/")
    guard let first = name.first else { throw refusal("is an empty or unreadable name") }
    if first == slash { throw refusal("is an absolute name") }
    let end = isFolder && name.last == slash ? name.count - 1 : name.count

    let bytes = name.span
    var depth = 1
    var start = 0
    var topEnd = end
    for position in 0..<end where bytes[position] == slash {
      if let flaw = Self.flaw(ofComponent: start..<position, in: bytes) { throw refusal(flaw) }
      if depth == 1 { topEnd = position }
      depth += 1
      start = position + 1
    }
    if let flaw = Self.flaw(ofComponent: start..<end, in: bytes) { throw refusal(flaw) }
    guard depth <= limits.pathDepth else {
      throw .limit(reason: "a name has more than \(limits.pathDepth) components")
    }
    if let flaw = Self.flaw(ofText: name[..<end]) { throw refusal(flaw) }
    guard isFolder || topEnd < end else {
      throw refusal("does not lie in a top folder")
    }
    top = name[..<topEnd]
    path = String(decoding: name[topEnd..<end].dropFirst(), as: UTF8.self)
  }

  private static func flaw(ofComponent component: Range<Int>, in name: Span<UInt8>) -> String? {
    let dot = UInt8(ascii: ".")
    switch component.count {
    case 0: return "has an empty component"
    case 1 where name[component.lowerBound] == dot: return "has a component \".\""
    case 2 where name[component.lowerBound] == dot && name[component.lowerBound + 1] == dot:
      return "has a component \"..\""
    default: return nil
    }
  }

  private static func flaw(ofText bytes: ArraySlice<UInt8>) -> String? {
    if bytes.isPrintableASCII { return nil }
    if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "has a control character" }
    guard let text = String(validating: bytes, as: UTF8.self) else { return "is not UTF-8" }
    let controls: ClosedRange<Unicode.Scalar> = "\u{80}"..."\u{9F}"
    return text.unicodeScalars.contains(where: controls.contains) ? "has a control character" : nil
  }
}

extension ArraySlice<UInt8> {
  fileprivate var isPrintableASCII: Bool {
    withUnsafeBytes { bytes in
      // Counted from the blank on, all others are higher. No exit before the end: many bytes at once.
      var highest: UInt8 = 0
      for byte in bytes { highest = Swift.max(highest, byte &- 0x20) }
      return highest < 0x7F - 0x20
    }
  }
}
