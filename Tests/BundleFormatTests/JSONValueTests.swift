import BundleFormat
import TestSupport
import Testing

@Suite struct JSONValueTests {
  private func parse(_ text: String) throws(JSONError) -> JSONValue {
    try JSONValue(parsing: Array(text.utf8))
  }

  private func error(_ text: String) -> JSONError? { error(Array(text.utf8)) }

  private func error(_ bytes: [UInt8]) -> JSONError? {
    do throws(JSONError) {
      _ = try JSONValue(parsing: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test func `every kind of value is read`() throws {
    let value = try parse(
      " {\"a\": [1, -2.5e1, true, false, null, \"x\"],\n\t\"b\": {}, \"c\": []}\r\n")
    #expect(
      value["a"]?.array == [
        .integer(1), .double(-25), .bool(true), .bool(false), .null, .string("x"),
      ])
    #expect(value["b"]?.object?.members.isEmpty == true)
    #expect(value["c"] == .array([]))
    #expect(value["d"] == nil)
    #expect(value["a"]?["a"] == nil)
    #expect(try parse("3").double == 3)
  }

  @Test func `an object keeps its order, and of a key that stands twice the last value counts`()
    throws
  {
    let small = try parse(#"{"z":1,"a":2,"z":3}"#)
    #expect(small.object?.members.map(\.key) == ["z", "a"])
    #expect(small["z"]?.integer == 3)
    let many = (0..<40).map { "\"k\($0 % 30)\":\($0)" }.joined(separator: ",")
    let large = try parse("{\(many)}")
    #expect(large.object?.members.count == 30)
    #expect(large["k5"]?.integer == 35)
    #expect(large.object?.members.first?.key == "k0")
  }

  @Test func `escapes become their characters`() throws {
    #expect(try parse(#""\"\\\/\b\f\n\r\t""#).string == "\"\\/\u{8}\u{C}\n\r\t")
    #expect(try parse(#""\u0041\u00e9\u20AC\ud83d\ude00\u0000""#).string == "Aé€😀\0")
    #expect(try parse(#"{"\u0061":1}"#)["a"]?.integer == 1)
  }

  @Test(arguments: [
    #""\x""#, #""\u12""  "#, #""\u12g4""#, #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#,
    #""\ud800x""#, #""\ud83d\n""#, "\"\u{1}\"", "\"\n\"", "\"a\tb\"",
  ])
  func `a string with a bad escape, half a pair or a control character is refused`(text: String) {
    #expect(error(text) == .invalidString(line: 1))
  }

  @Test func `a string of ill-formed UTF-8 is refused`() {
    let sequences: [[UInt8]] = [
      [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    ]
    for sequence in sequences {
      #expect(error([0x22] + sequence + [0x22]) == .invalidString(line: 1), "\(sequence)")
    }
    #expect(error(Array("\"é€😀\u{10FFFF}\"".utf8)) == nil)
  }

  @Test(arguments: ["-", "+1", "1.", ".5", "1e", "1e+", "1e999", "-1E400", "--1", "1.e3"])
  func `a number against the grammar or beyond a double is refused`(text: String) {
    #expect(error(text) != nil)
  }

  @Test func `numbers keep what they can`() throws {
    #expect(try parse("9223372036854775807") == .integer(.max))
    #expect(try parse("-9223372036854775808") == .integer(.min))
    #expect(try parse("9223372036854775808") == .double(9_223_372_036_854_775_808))
    #expect(try parse("1e2") == .double(100))
    #expect(try parse("0.5") == .double(0.5))
    #expect(error(String(repeating: "9", count: 400)) == .invalidNumber(line: 1))
    #expect(error("01") == .unexpectedByte(0x31, line: 1, expected: "the end"))
  }

  @Test(arguments: [
    "", "  ", "{", "[", "[1", "[1,", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "\"a", "\"a\\",
    "\"\\u12", "tru",
  ])
  func `a text that ends too early says so`(text: String) {
    #expect(error(text) == .unexpectedEnd(line: 1))
  }

  @Test(arguments: [
    "[1,]", "{,}", "{\"a\":1,}", "{\"a\" 1}", "{1:1}", "[1 2]", "[}", "{]", "nul!", "'a'", "// x",
    "1 2", "[] []", "\u{FEFF}1", "NaN", "Infinity", "True", "{\"a\":}", "]", "}", ",",
  ])
  func `what the grammar does not have is refused`(text: String) {
    #expect(error(text) != nil)
  }

  @Test func `an error names its line and what stands there`() {
    #expect(error("{\n\"a\": 1,\n\n}")?.description == "line 4: expected a key, found \"}\"")
    #expect(error("[1,\n2]\n\u{0}")?.description == "line 3: expected the end, found byte 0")
  }

  @Test func `containers lie in each other up to the limit and no deeper`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(error(nested(JSONScanner.maximumDepth)) == nil)
    #expect(error(nested(JSONScanner.maximumDepth + 1)) == .tooDeep(line: 1))
    #expect(error(String(repeating: "{\"a\":", count: 10_000)) == .tooDeep(line: 1))
  }

  @Test func `a part of the bytes is a document of its own`() throws {
    let bytes = Array("{\"a\":1}\n{\"a\":2}\n{\"a\":".utf8)
    #expect(try JSONValue(parsing: bytes, in: 8..<15, line: 2)["a"]?.integer == 2)
    #expect(throws: JSONError.unexpectedEnd(line: 3)) {
      try JSONValue(parsing: bytes, in: 16..<21, line: 3)
    }
  }

  @Test func `printing and parsing undo each other`() throws {
    var generator = SeededGenerator(seed: 20_261_122)
    for round in 0..<400 {
      let value = JSONValue.random(depth: 4, using: &generator)
      for pretty in [false, true] {
        var writer = JSONWriter(pretty: pretty)
        writer.value(value)
        #expect(try JSONValue(parsing: writer.bytes) == value, "round \(round) of seed 20261122")
      }
    }
  }

  @Test func `no damage to a document traps`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<1500 {
      var writer = JSONWriter()
      writer.value(JSONValue.random(depth: 3, using: &generator))
      var bytes = writer.bytes
      for _ in 0..<3 {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator) / 4)
      if let error = error(bytes) { #expect(error.line >= 1) }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func value(_ value: JSONValue) {
    switch value {
    case .object(let object):
      beginObject()
      for member in object.members {
        key(member.key)
        self.value(member.value)
      }
      endObject()
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .string(let text): self.value(text)
    case .integer(let number): self.value(number)
    case .double(let number): self.value(number, decimals: 3)
    case .bool(let truth): self.value(truth)
    case .null: null()
    }
  }
}

extension JSONValue {
  fileprivate static func random(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
    case 0: return .string(randomText(using: &generator))
    case 1: return .integer(Int.random(in: .min ... .max, using: &generator))
    // Eighths with a remainder: three decimals say them wholly, and they are no integers.
    case 2: return .double(Double(Int.random(in: -999...999, using: &generator)) + 0.125)
    case 3: return .bool(Bool.random(using: &generator))
    case 4: return .null
    case 5, 6:
      let count = Int.random(in: 0..<12, using: &generator)
      return .object(
        JSONObject(
          (0..<count).map { _ in
            .init(
              key: randomText(using: &generator), value: random(depth: depth - 1, using: &generator)
            )
          }))
    default:
      let count = Int.random(in: 0..<5, using: &generator)
      return .array((0..<count).map { _ in random(depth: depth - 1, using: &generator) })
    }
  }

  private static func randomText(using generator: inout SeededGenerator) -> String {
    let alphabet: [Character] = ["a", "b", "\"", "\\", "\n", "\0", "é", "€", "😀", "\u{2028}", " "]
    let length = Int.random(in: 0..<20, using: &generator)
    return String((0..<length).map { _ in alphabet.randomElement(using: &generator)! })
  }
}
