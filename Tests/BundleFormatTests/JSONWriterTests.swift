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

  @Test func `quotes, backslashes, control characters and line separators are escaped`() {
    #expect(written("a\"b\\c") == #""a\"b\\c""#)
    #expect(written("\n\r\t\u{0}\u{1F}\u{7F}") == "\"\\n\\r\\t\\u0000\\u001f\u{7F}\"")
    #expect(written("\u{2028}\u{2029}") == #""\u2028\u2029""#)
    #expect(written("</script>\u{2027}\u{202A}é") == "\"</script>\u{2027}\u{202A}é\"")
    #expect(written("12345678\u{2028}12345678\"") == #""12345678\u202812345678\"""#)
    #expect(written("") == #""""#)
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

  @Test(arguments: [0, 9, 10, -1, 1_234_567_890, Int.max, Int.min])
  func `an integer is written with all its digits`(number: Int) {
    #expect(text { $0.value(number) } == String(number))
  }

  @Test func `a document that goes out in parts is the same document`() {
    func write(_ json: inout JSONWriter, drain: (inout JSONWriter) -> Void) {
      json.beginObject()
      json.key(literal: "list")
      json.beginArray()
      for number in 1...3 {
        json.value(number)
        drain(&json)
      }
      json.endArray()
      json.endObject()
      json.endDocument()
    }
    var whole = JSONWriter(pretty: true)
    write(&whole) { _ in }
    var parts: [UInt8] = []
    var json = JSONWriter(pretty: true)
    write(&json) { $0.drain { parts += $0 } }
    #expect(parts + json.bytes == whole.bytes)
    #expect(whole.bytes.last == UInt8(ascii: "\n"))
  }

  @Test func `members that were written elsewhere follow those of the open container`() {
    func write(_ json: inout JSONWriter, _ numbers: ClosedRange<Int>) {
      for number in numbers {
        json.beginObject()
        json.key(literal: "number")
        json.value(number)
        json.endObject()
      }
    }
    var whole = JSONWriter(pretty: true)
    whole.beginArray()
    write(&whole, 1...4)
    whole.endArray()
    var json = JSONWriter(pretty: true)
    json.beginArray()
    var rest = json.continuation()
    write(&rest, 3...4)
    write(&json, 1...2)
    json.append(rest)
    json.endArray()
    #expect(json.bytes == whole.bytes)
  }

  @Test func `a word and bytes become one text, escaped`() {
    var json = JSONWriter()
    json.value("a\"b: ", Array("x\ty".utf8)[...])
    #expect(json.bytes == Array(#""a\"b: x\ty""#.utf8))
  }
}
