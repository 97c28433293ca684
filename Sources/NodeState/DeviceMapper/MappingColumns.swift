/// Which columns `dmsetup info -c` was asked for, and what parts them.
///
/// Source: dmsetup(8), options `-o` and `--separator`.
struct MappingColumns {
  enum Column {
    /// `isMangled`: whether dmsetup itself made every byte of it printable.
    case name(isMangled: Bool)
    case uuid(isMangled: Bool)
    case major
    case minor
    case openCount
    case segmentCount
    case attributes
    case other
  }

  let columns: [Column]
  let separator: UInt8
  /// Whether they are those that the collector asks for.
  let areUsual: Bool

  private static let usualNames =
    "mangled_name,mangled_uuid,major,minor,open,segments,events,attr"

  /// Reads what a command line asks for; what it doesn't say is as the collector asks.
  init(argv: [String]?) {
    var names = Self.usualNames
    var separator = UInt8(ascii: "|")
    let words = argv ?? []
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : ""
      switch word {
      case "-o", "--options": names = next
      case "--separator": separator = next.utf8.first ?? separator
      default:
        if word.hasPrefix("--separator=") {
          separator = word.utf8.dropFirst(12).first ?? separator
        } else if word.hasPrefix("--options=") {
          names = String(word.dropFirst(10))
        }
      }
    }
    self.separator = separator
    areUsual = names == Self.usualNames
    columns = names.split(separator: ",").map { Self.column(named: $0) }
  }

  private static func column(named name: Substring) -> Column {
    switch name {
    case "mangled_name": .name(isMangled: true)
    case "name": .name(isMangled: false)
    case "mangled_uuid": .uuid(isMangled: true)
    case "uuid": .uuid(isMangled: false)
    case "major": .major
    case "minor": .minor
    case "open": .openCount
    case "segments": .segmentCount
    case "attr": .attributes
    default: .other
    }
  }
}
