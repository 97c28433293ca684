import BundleFormat
import TestSupport
import Testing

/// Escaping, against a plain one that goes character by character.
@Suite struct JSONEscapingTests {
  /// What stands between the quotes.
  private func escaped(_ text: String) -> String {
    text.unicodeScalars.map(escaped).joined()
  }

  private func escaped(_ scalar: UnicodeScalar) -> String {
    switch scalar.value {
    case 0x22, 0x5C: return "\\\(scalar)"
    case 0x0A: return "\\n"
    case 0x0D: return "\\r"
    case 0x09: return "\\t"
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E,
      0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      return scalar.utf16.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    default: return String(scalar)
    }
  }

  private func written(_ write: (inout JSONWriter) -> Void) -> String {
    // Small, so that room has to be made again and again.
    var json = JSONWriter(capacity: 1)
    write(&json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  private static let scalars: [UnicodeScalar] = [
    "\"", "\\", "\u{0}", "\u{1F}", "\n", "\u{7F}", "\u{80}", "\u{9F}", "\u{A0}", "\u{AD}", "é",
    "\u{61C}", "\u{7FF}", "\u{800}", "\u{200A}", "\u{200B}", "\u{200F}", "\u{2010}", "\u{2027}",
    "\u{2028}", "\u{202E}", "\u{202F}", "\u{205F}", "\u{2060}", "\u{206F}", "\u{2070}", "\u{FEFF}",
    "\u{FFFD}", "\u{10000}", "\u{10FFFF}", "\u{180D}", "\u{180E}", "\u{180F}", "\u{FFF8}",
    "\u{FFF9}", "\u{FFFB}", "\u{FFFC}", "\u{DFFFF}", "\u{E0000}", "\u{E0041}", "\u{E007F}",
    "\u{E0080}",
  ]

  @Test func `any text is escaped as a character-by-character escaping does it`() {
    var generator = SeededGenerator(seed: 1)
    for round in 0..<4000 {
      // From hardly any special character to nothing else.
      let share = Int.random(in: 0...16, using: &generator)
      var text = ""
      for _ in 0..<Int.random(in: 0...90, using: &generator) {
        let isSpecial = Int.random(in: 0..<16, using: &generator) < share
        let scalar =
          isSpecial
          ? Self.scalars.randomElement(using: &generator)!
          : UnicodeScalar(UInt8.random(in: 0x20..<0x7F, using: &generator))
        text.unicodeScalars.append(scalar)
      }
      let expected = "\"\(escaped(text))\""
      #expect(written { $0.value(text) } == expected, "round \(round)")
      let member = written {
        $0.beginObject()
        $0.key(text)
        $0.value(1)
        $0.endObject()
      }
      #expect(member == "{\(expected):1}", "round \(round)")
      // The same bytes anywhere in memory, with special ones before and behind them.
      let before = Int.random(in: 0..<20, using: &generator)
      let bytes = Array((String(repeating: "\"", count: before) + text + "\"\u{0}\\").utf8)
      let piece = written {
        $0.beginText()
        $0.text(utf8: bytes.span.extracting(before..<before + text.utf8.count))
        $0.endText()
      }
      #expect(piece == expected, "round \(round)")
      let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
      var isTaken = false
      let taken = written {
        $0.beginText()
        isTaken = $0.text(ifASCII: bytes.span.extracting(before..<before + text.utf8.count))
        $0.endText()
      }
      #expect(isTaken == isASCII, "round \(round)")
      #expect(taken == (isASCII ? expected : "\"\""), "round \(round)")
    }
  }

  @Test(arguments: [0, 1, 15, 16, 63, 64, 65, 128, 129, 5000])
  func `as many quotes as there are have room`(count: Int) {
    for filler in ["", "x", "eight by", "more than sixteen bytes"] {
      let text = String(repeating: "\"" + filler, count: count)
      let expected = String(repeating: "\\\"" + filler, count: count)
      #expect(written { $0.value(text) } == "\"\(expected)\"")
    }
  }

  @Test func `a text that ends amid a character is written as it is`() {
    // Nobody hands over such bytes; none behind them are read for it.
    for bytes in [[0xE2, 0x80, 0xA8], [0xF3, 0xA0, 0x81, 0x81]] as [[UInt8]] {
      for count in 1..<bytes.count {
        var json = JSONWriter()
        json.text(utf8: bytes.span.extracting(first: count))
        #expect(json.bytes == Array(bytes[..<count]))
      }
    }
  }
}
