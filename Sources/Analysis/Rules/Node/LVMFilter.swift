/// LVM's filter of devices, as far as its patterns are of the usual forms.
///
/// Source: lvm.conf(5), `devices/global_filter`: the first pattern that matches decides, and what none
/// matches is accepted; a pattern without anchors may match anywhere.
struct LVMFilter {
  private let patterns: [Pattern]

  /// Reads `["a|/dev/sda|","r|.*|"]`, as lvmconfig prints it; nil for any other form.
  init?(_ text: String) {
    var patterns: [Pattern] = []
    // Between the quotes; a pattern with one of its own is beyond us.
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    guard parts.count % 2 == 1, !text.contains("\\\"") else { return nil }
    for index in stride(from: 1, to: parts.count, by: 2) {
      guard let pattern = Pattern(parts[index]) else { return nil }
      patterns.append(pattern)
    }
    self.patterns = patterns
  }

  /// Whether LVM takes a device; nil where a pattern that comes first is of another form.
  func accepts(_ path: String) -> Bool? {
    for pattern in patterns {
      guard let matches = pattern.matches(path) else { return nil }
      if matches { return pattern.accepts }
    }
    return true
  }
}

/// `a|TEXT|` or `r|TEXT|`.
private struct Pattern {
  let accepts: Bool
  /// What must follow each other, anything in between; an empty list is beyond us.
  private var pieces: [[UInt8]] = [[]]
  private var isAtStart = false
  private var isAtEnd = false
  /// Whether more follows of which nothing is known.
  private var isOpen = false

  /// How long a pattern may be that is looked at.
  private static let limit = 1024

  init?(_ text: Substring) {
    var bytes = Array(text.utf8)[...]
    guard let word = bytes.popFirst(), word == UInt8(ascii: "a") || word == UInt8(ascii: "r"),
      let opening = bytes.popFirst(), let closing = bytes.popLast(),
      opening == closing || [[40, 41], [91, 93], [123, 125]].contains([opening, closing]),
      bytes.count <= Self.limit
    else { return nil }
    accepts = word == UInt8(ascii: "a")
    if bytes.first == UInt8(ascii: "^") {
      isAtStart = true
      bytes.removeFirst()
    }
    read(bytes)
  }

  private mutating func read(_ pattern: ArraySlice<UInt8>) {
    var bytes = pattern
    while let byte = bytes.popFirst() {
      let next = bytes.first
      switch byte {
      case UInt8(ascii: ".") where next == UInt8(ascii: "*"):
        bytes.removeFirst()
        pieces.append([])
      case UInt8(ascii: "$") where bytes.isEmpty: isAtEnd = true
      case UInt8(ascii: "\\") where next.map { !Self.isAlphanumeric($0) } ?? false:
        pieces[pieces.count - 1].append(bytes.removeFirst())
      case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "{"):
        // The byte before may be there or not.
        _ = pieces[pieces.count - 1].popLast()
        return leaveOpen(bytes)
      case UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "|"),
        UInt8(ascii: "+"), UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "$"):
        return leaveOpen([byte] + bytes)
      default: pieces[pieces.count - 1].append(byte)
      }
    }
  }

  /// Stops at what isn't understood: what came before is needed all the same, unless it is one of two ways.
  private mutating func leaveOpen(_ rest: some Sequence<UInt8>) {
    isOpen = true
    var depth = 0
    for byte in rest {
      switch byte {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: "|") where depth <= 0: return pieces = [[]]
      default: break
      }
    }
  }

  /// Whether the pattern matches; nil where what is not understood decides.
  func matches(_ path: String) -> Bool? {
    let path = Array(path.utf8)
    var position = 0
    for (index, piece) in pieces.enumerated() {
      let isLast = index == pieces.count - 1
      if index == 0, isAtStart {
        guard path.starts(with: piece) else { return false }
        position = piece.count
        if isLast, isAtEnd, !isOpen { return position == path.count }
      } else if isLast, isAtEnd, !isOpen {
        return path.count - position >= piece.count && path.suffix(piece.count).elementsEqual(piece)
      } else {
        guard
          let start = (position...path.count).first(where: {
            path[$0...].starts(with: piece)
          })
        else { return false }
        position = start + piece.count
      }
    }
    return isOpen ? nil : true
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }
}
