import BundleFormat

/// Text on its way into a page: whatever it holds, it stays text.
///
/// `& < > " '` become references, so that the result is safe between tags and inside a quoted attribute
/// alike. Characters that nobody sees or that turn the reading direction are written as escapes,
/// `\x1b` and `\u{202e}`, as on a terminal.
///
/// Source: WHATWG HTML, 13.1.2.3 and 13.1.3.
enum HTMLText {
  /// Appends the text to a page's bytes.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    let isDone: Bool? = text.utf8.withContiguousStorageIfAvailable {
      appendPlain($0, to: &bytes)
    }
    if isDone == true { return }
    var visible = TerminalText.escaped(text)
    visible.withUTF8 { escape($0, to: &bytes) }
  }

  /// Appends printable ASCII; false, with nothing appended, for a text that holds anything else.
  private static func appendPlain(
    _ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]
  ) -> Bool {
    var hasSpecial = false
    for byte in text {
      if byte < 0x20 || byte > 0x7E { return false }
      hasSpecial = hasSpecial || isSpecial(byte)
    }
    if hasSpecial {
      escape(text, to: &bytes)
    } else {
      bytes.append(contentsOf: text)
    }
    return true
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }

  private static func escape(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): bytes.append(markup: "&amp;")
      case UInt8(ascii: "<"): bytes.append(markup: "&lt;")
      case UInt8(ascii: ">"): bytes.append(markup: "&gt;")
      case UInt8(ascii: "\""): bytes.append(markup: "&#34;")
      case UInt8(ascii: "'"): bytes.append(markup: "&#39;")
      default: bytes.append(byte)
      }
    }
  }
}

extension [UInt8] {
  /// Appends our own markup as it stands.
  mutating func append(markup: StaticString) {
    append(
      contentsOf: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
  }
}
