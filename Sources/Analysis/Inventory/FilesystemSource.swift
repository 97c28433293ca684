/// The paths by which a line of fstab finds its device.
///
/// Source: fstab(5), `fs_spec`; the links of tags are made by udev's `60-persistent-storage.rules`.
struct FilesystemSource {
  /// Paths below `/dev`, of which any may be the device's; empty for a line that names none.
  let paths: [String]

  private static let folders = [
    "UUID": "by-uuid", "LABEL": "by-label", "PARTUUID": "by-partuuid", "PARTLABEL": "by-partlabel",
    "ID": "by-id",
  ]

  init(line: String) {
    let field = line.split(whereSeparator: \.isWhitespace).first.map(Self.unescaped) ?? ""
    let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, let folder = Self.folders[String(parts[0])] {
      let link = Self.linkName(Self.unquoted(parts[1]))
      // udev writes most ids in small letters, and mount takes them in both.
      paths = Set([link, link.lowercased()]).sorted().map { "/dev/disk/\(folder)/\($0)" }
    } else {
      let path = DevicePaths.normalised(field)
      paths = field.hasPrefix("/") && path.hasPrefix("/dev/") ? [path] : []
    }
  }

  /// Reads `\040`, as fstab writes a blank.
  private static func unescaped(_ field: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(field.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), case let digits = rest.prefix(3), digits.count == 3,
        let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Takes off one pair of quotes.
  private static func unquoted(_ text: Substring) -> Substring {
    guard text.count > 1, let mark = text.first, "\"'".contains(mark), text.last == mark else {
      return text
    }
    return text.dropFirst().dropLast()
  }

  /// Writes a label as udev calls its link: `a b` is `a\x20b`.
  private static func linkName(_ label: Substring) -> String {
    var name = ""
    for scalar in label.unicodeScalars {
      let isPlain =
        !scalar.isASCII || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || "#+-.:=@_".unicodeScalars.contains(scalar)
      let code = String(scalar.value, radix: 16)
      name += isPlain ? String(scalar) : "\\x\(code.count < 2 ? "0" : "")\(code)"
    }
    return name
  }
}
