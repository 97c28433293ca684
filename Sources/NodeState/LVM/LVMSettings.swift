/// Settings of LVM on the node, by their full names.
///
/// Source: `lvmconfig --type full devices/filter …`: one line `filter=["a|.*|"]` a setting that is set;
/// without arguments sections in braces.
enum LVMSettings {
  /// Reads all settings.
  ///
  /// - Parameter argv: The command line, which says what section a bare name is of.
  /// - Throws: ``ParseError`` for a line that is no setting.
  static func parse(
    _ bytes: Span<UInt8>, argv: [String]?, from origin: EntryOrigin
  ) throws(ParseError) -> [String: String] {
    let fullNames = Dictionary(
      (argv ?? []).compactMap { word in
        word.split(separator: "/").last.map { (String($0), word) }
      }, uniquingKeysWith: { first, _ in first })
    var settings: [String: String] = [:]
    var sections: [String] = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      let text = bytes.trimmed(line)
      if text.isEmpty || bytes[text.lowerBound] == UInt8(ascii: "#") { continue }
      if bytes.equals(text, "}") {
        if !sections.isEmpty { sections.removeLast() }
      } else if bytes[text.upperBound - 1] == UInt8(ascii: "{") {
        sections.append(bytes.text(bytes.trimmed(text.lowerBound..<(text.upperBound - 1))))
      } else if let equals = bytes.firstIndex(of: UInt8(ascii: "="), in: text),
        equals > text.lowerBound
      {
        let name = bytes.text(text.lowerBound..<equals)
        let value = bytes.text((equals + 1)..<text.upperBound)
        let full = sections.isEmpty ? fullNames[name] ?? name : "\(sections[0])/\(name)"
        settings[full] = value
      } else {
        throw origin.expected("a setting", in: bytes, text, line: lines.number)
      }
    }
    return settings
  }
}
