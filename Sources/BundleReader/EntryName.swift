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
    var depth = 0
    var start = 0
    var topEnd: Int?
    for position in 0...end where position == end || bytes[position] == slash {
      depth += 1
      if topEnd == nil { topEnd = position }
      if let flaw = Self.flaw(ofComponent: start..<position, in: bytes) { throw refusal(flaw) }
      start = position + 1
    }
    guard depth <= limits.pathDepth else {
      throw .limit(reason: "a name has more than \(limits.pathDepth) components")
    }
    if let flaw = Self.flaw(ofText: name[..<end]) { throw refusal(flaw) }
    guard let topEnd, isFolder || topEnd < end else {
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
    let span = bytes.span
    var isASCII = true
    for position in span.indices {
      let byte = span[position]
      if byte < 0x20 || byte == 0x7F { return "has a control character" }
      if byte >= 0x80 { isASCII = false }
    }
    if isASCII { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else { return "is not UTF-8" }
    let controls: ClosedRange<Unicode.Scalar> = "\u{80}"..."\u{9F}"
    return text.unicodeScalars.contains(where: controls.contains) ? "has a control character" : nil
  }
}
