import TestSupport

@testable import NodeState

/// A capture of `Tests/Fixtures/captures`, as a tool printed it.
struct Capture {
  let bytes: [UInt8]
  let origin: EntryOrigin

  /// Reads `SOURCE/NAME.txt`; a capture that is not there ends the test run.
  init(_ path: String) {
    let file = "\(TestFiles.packageRoot)/Tests/Fixtures/captures/\(path).txt"
    guard let bytes = TestFiles.bytes(of: file) else { fatalError("no capture \(path)") }
    self.bytes = bytes
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
