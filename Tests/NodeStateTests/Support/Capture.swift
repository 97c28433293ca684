import Glibc

@testable import NodeState

/// A capture of `Tests/Fixtures/captures`, as a tool printed it.
struct Capture {
  let bytes: [UInt8]
  let origin: EntryOrigin

  /// Reads `SOURCE/NAME.txt`; a capture that is not there ends the test run.
  init(_ path: String) {
    let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    bytes = Self.read("/\(tests)/Fixtures/captures/\(path).txt")
    origin = EntryOrigin(entry: 0, path: "\(path).txt")
  }

  init(bytes: [UInt8], path: String = "test") {
    self.bytes = bytes
    origin = EntryOrigin(entry: 0, path: path)
  }

  init(text: String, path: String = "test") { self.init(bytes: Array(text.utf8), path: path) }

  /// The part of the bytes that a location is of.
  func text(at location: SourceLocation) -> String {
    let start = Int(location.start)
    return String(decoding: bytes[start..<(start + Int(location.length))], as: UTF8.self)
  }

  private static func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { fatalError("no capture \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}

/// Returns the sentence that a parser refuses with; nil when it takes the bytes.
func refusal(_ parse: () throws(ParseError) -> Void) -> String? {
  do throws(ParseError) {
    try parse()
    return nil
  } catch {
    return error.description
  }
}
