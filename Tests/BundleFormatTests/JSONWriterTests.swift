import BundleFormat
import Testing

@Suite struct JSONWriterTests {
  private func text(pretty: Bool = false, _ write: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(pretty: pretty)
    write(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func written(_ value: String) -> String { text { $0.value(value) } }

  @Test func `members and elements are separated by commas`() {
    let written = text {
      $0.beginObject()
      $0.key("a")
      $0.value(1)
      $0.key("b")
      $0.beginArray()
      $0.value(true)
      $0.null()
      $0.value("x")
      $0.beginObject()
      $0.endObject()
      $0.endArray()
      $0.endObject()
    }
    #expect(written == #"{"a":1,"b":[true,null,"x",{}]}"#)
  }

  @Test func `a pretty document has a line a member, but for what stays on one line`() {
    let written = text(pretty: true) {
      $0.beginObject()
      $0.key("none")
      $0.beginArray()
      $0.endArray()
      $0.key("argv")
      $0.value(["lvs", "-a"])
      $0.key("rows")
      $0.beginArray()
      $0.beginObject(onOneLine: true)
      $0.key("id")
      $0.value(1)
      $0.key("inner")
      $0.beginObject()
      $0.key("deep")
      $0.value(2)
      $0.endObject()
      $0.endObject()
      $0.endArray()
      $0.endObject()
    }
    #expect(
      written == """
        {
          "none": [],
          "argv": ["lvs", "-a"],
          "rows": [
            {"id": 1, "inner": {"deep": 2}}
          ]
        }
        """)
  }

  @Test func `a line is indented as deep as it stands`() {
    let depth = 30
    let indents = (0...depth).map { String(repeating: "  ", count: $0) }
    let written = text(pretty: true) {
      for _ in 0..<depth { $0.beginArray() }
      $0.value(1)
      $0.value(2)
      for _ in 0..<depth { $0.endArray() }
    }
    let opening = indents.dropLast().map { $0 + "[" }
    let members = [indents[depth] + "1,", indents[depth] + "2"]
    let closing = indents.dropLast().reversed().map { $0 + "]" }
    #expect(written == (opening + members + closing).joined(separator: "\n"))
  }

  @Test func `quotes, backslashes, control characters and line separators are escaped`() {
    #expect(written("a\"b\\c") == #""a\"b\\c""#)
    #expect(written("\n\r\t\u{0}\u{1F}\u{7F}") == "\"\\n\\r\\t\\u0000\\u001f\\u007f\"")
    #expect(written("\u{2028}\u{2029}") == #""\u2028\u2029""#)
    #expect(written("</script>\u{2027}\u{2030}é") == "\"</script>\u{2027}\u{2030}é\"")
    #expect(written("12345678\u{2028}12345678\"") == #""12345678\u202812345678\"""#)
    #expect(written("") == #""""#)
  }

  @Test func `characters that a terminal acts upon, or nobody sees, are escaped`() {
    #expect(written("\u{80}\u{9B}31m\u{9F}\u{A0}") == "\"\\u0080\\u009b31m\\u009f\u{A0}\"")
    #expect(written("a\u{202E}b\u{2066}c") == #""a\u202eb\u2066c""#)
    #expect(written("\u{200B}\u{FEFF}\u{AD}\u{61C}") == #""\u200b\ufeff\u00ad\u061c""#)
    #expect(written("ü€–😀\u{2010}\u{205F}") == "\"ü€–😀\u{2010}\u{205F}\"")
  }

  @Test func `what is not there is null`() {
    let written = text {
      $0.beginArray()
      $0.value(nil as String?)
      $0.value(nil as Int?)
      $0.value(nil as Bool?)
      $0.value(nil as Double?, decimals: 2)
      $0.value(Double.nan, decimals: 2)
      $0.value(-Double.infinity, decimals: 2)
      $0.endArray()
    }
    #expect(written == "[null,null,null,null,null,null]")
  }

  @Test(arguments: [
    (0.0, 2, "0"), (-0.001, 2, "0"), (1.5, 0, "2"), (12.3456, 2, "12.35"), (12.30, 2, "12.3"),
    (-7.05, 1, "-7.1"), (0.05, 3, "0.05"), (100, 9, "100"), (1e300, 1, "1e+300"), (0.999, 2, "1"),
  ])
  func `a double is rounded to its decimals`(number: Double, decimals: Int, expected: String) {
    #expect(text { $0.value(number, decimals: decimals) } == expected)
  }

  @Test(arguments: [0, 9, 10, -1, 99_999_999, 100_000_000, 1_000_000_070, Int.max, Int.min])
  func `an integer is written with all its digits`(number: Int) {
    #expect(text { $0.value(number) } == String(number))
  }

  @Test func `a document written in parts, each for itself, is the same document`() {
    func write(_ numbers: ClosedRange<Int>, to json: inout JSONWriter) {
      for number in numbers {
        json.beginObject()
        json.key(literal: "number")
        json.value(number)
        json.endObject()
      }
    }
    var whole = JSONWriter(pretty: true)
    whole.beginObject()
    whole.key(literal: "list")
    whole.beginArray()
    write(1...4, to: &whole)
    whole.endArray()
    whole.endObject()
    whole.endDocument()

    var json = JSONWriter(pretty: true)
    json.beginObject()
    json.key(literal: "list")
    json.beginArray()
    var parts = json.bytes
    for numbers in [1...1, 2...4] {
      json.restart(atDepth: 2, afterMembers: numbers.lowerBound > 1)
      write(numbers, to: &json)
      parts += json.bytes
    }
    json.restart(atDepth: 2, afterMembers: true)
    json.endArray()
    json.endObject()
    json.endDocument()
    parts += json.withBytes { [UInt8]($0) }
    #expect(parts == whole.bytes)
    #expect(whole.bytes.last == UInt8(ascii: "\n"))
  }

  @Test func `pieces become one text, escaped`() {
    var json = JSONWriter()
    json.beginArray()
    json.beginText()
    json.text("a\"b: ")
    json.text(utf8: "-x\n".dropFirst().utf8.span)
    json.text(utf8: "x\ty".utf8.span)
    json.text(-7)
    json.endText()
    json.value("next")
    json.endArray()
    #expect(json.bytes == Array(#"["a\"b: x\nx\ty-7","next"]"#.utf8))
  }

  @Test(arguments: [
    "", "plain", "a \"quoted\" \u{1}", "twelve bytes", "é", "twelve bytes é", "\u{2028}",
  ])
  func `a piece is taken as ASCII only where it is`(piece: String) {
    var json = JSONWriter()
    json.beginText()
    let isTaken = json.text(ifASCII: piece.utf8.span)
    json.endText()
    #expect(isTaken == piece.utf8.allSatisfy { $0 < 0x80 })
    #expect(json.bytes == (isTaken ? Array(written(piece).utf8) : Array("\"\"".utf8)))
  }

  @Test func `each byte is escaped alike wherever it stands`() {
    for byte in UInt8(0)..<0x80 {
      let plain = (0x20...0x7E).contains(byte) && byte != 0x22 && byte != 0x5C
      for length in 0..<20 {
        for position in 0...length {
          var text = [UInt8](repeating: UInt8(ascii: "x"), count: length)
          text.insert(byte, at: position)
          let result = written(String(decoding: text, as: UTF8.self))
          let escape =
            plain
            ? String(UnicodeScalar(byte))
            : String(written(String(UnicodeScalar(byte))).dropFirst().dropLast())
          let filler = { String(repeating: "x", count: $0) }
          #expect(result == "\"" + filler(position) + escape + filler(length - position) + "\"")
        }
      }
    }
  }

  @Test func `a long text of escapes has room`() {
    let text = String(repeating: "\u{1}é\u{2028}", count: 5000)
    #expect(written(text) == "\"" + String(repeating: "\\u0001é\\u2028", count: 5000) + "\"")
  }
}
