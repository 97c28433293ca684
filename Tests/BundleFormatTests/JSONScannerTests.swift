import BundleFormat
import Testing

@Suite struct JSONScannerTests {
  private let report = Array(
    """
    {
      "report": [
        {"lv": [
          {"lv_name":"root", "lv_size":"1024", "note":"a\\"b"},
          {"lv_name":"swap", "lv_size":"-7"}
        ]}
      ],
      "log": [[{"x":[1,{"y":2}]}], null, true]
    }
    """.utf8)

  @Test func `tokens come in order and end with the end`() throws {
    var scanner = JSONScanner(Array(#"{"a":[1,"x",true,false,null,{}],"b":-2.5}"#.utf8))
    var tokens: [JSONScanner.Token] = []
    while tokens.last != .end { tokens.append(try scanner.next()) }
    #expect(
      tokens == [
        .beginObject, .key, .beginArray, .number, .string, .true, .false, .null, .beginObject,
        .endObject, .endArray, .key, .number, .endObject, .end,
      ])
    #expect(try scanner.next() == .end)
  }

  @Test func `keys are compared, values taken and the rest skipped`() throws {
    var scanner = JSONScanner(report)
    var names: [String] = []
    var sizes: [Int?] = []
    var lines: [Int] = []
    #expect(try scanner.next() == .beginObject)
    while try scanner.next() == .key {
      guard scanner.matches("report") else {
        try scanner.skipValue()
        continue
      }
      while try scanner.next() != .endArray {
        guard scanner.depth == 5 || scanner.depth == 4 else { continue }
        if scanner.matches("lv_name") {
          _ = try scanner.next()
          names.append(scanner.text)
          lines.append(scanner.line)
          let start = String(decoding: report[scanner.lineStart...].prefix(5), as: UTF8.self)
          #expect(start == "     " || start == "    {")
        } else if scanner.matches("lv_size") {
          _ = try scanner.next()
          sizes.append(scanner.integer)
        }
      }
    }
    #expect(names == ["root", "swap"])
    #expect(sizes == [1024, -7])
    #expect(lines == [4, 5])
  }

  @Test func `a string's range is its bytes, and escapes are known`() throws {
    var scanner = JSONScanner(Array(#"["ab", "c\u0064"]"#.utf8))
    _ = try scanner.next()
    _ = try scanner.next()
    #expect(scanner.range == 2..<4)
    #expect(!scanner.hasEscapes)
    let first = scanner.range
    _ = try scanner.next()
    #expect(scanner.range == 8..<15)
    #expect(scanner.hasEscapes)
    #expect(scanner.text == "cd")
    #expect(scanner.matches("cd"))
    #expect(!scanner.matches("c"))
    #expect(scanner.text(in: first, hasEscapes: false) == "ab")
  }

  @Test func `skipping a container ends right behind it`() throws {
    var scanner = JSONScanner(Array(#"[[1,[2,{"a":[]}],3],4]"#.utf8))
    _ = try scanner.next()
    _ = try scanner.next()
    _ = try scanner.next()
    try scanner.skipContainer()
    #expect(try scanner.next() == .number)
    #expect(scanner.integer == 4)
  }

  @Test func `only plain decimal integers are integers`() throws {
    func integer(_ text: String) throws -> Int? {
      var scanner = JSONScanner(Array("\"\(text)\"".utf8))
      _ = try scanner.next()
      return scanner.integer
    }
    #expect(try integer("34359738368") == 34_359_738_368)
    #expect(try integer("\(Int.min)") == Int.min)
    #expect(try integer("\(Int.max)") == Int.max)
    for text in ["", "-", "1.5", "0x10", " 1", "+1", "9223372036854775808", "1B"] {
      #expect(try integer(text) == nil, "\(text)")
    }
  }

  @Test func `a truncated report is an error, wherever it ends`() {
    for length in 0..<report.count {
      #expect(throws: JSONError.self, "cut after \(length) bytes") {
        var scanner = JSONScanner(Array(report[..<length]))
        while try scanner.next() != .end {}
      }
    }
  }
}
