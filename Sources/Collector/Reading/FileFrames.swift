/// What a helper that reads files says on its standard output, frame by frame.
///
/// A frame is a line `KIND NUMBER NUMBER` and as many bytes as its last number says:
/// `open 0 N` with a path before it is touched, so that the parent knows which one hangs;
/// `read T N` with the content, T 1 when the file holds more; `fail E N` with the path of a file
/// or folder that could not be read; `none E 0` when a question found nothing: E is 0 when the
/// folder is there.
enum FileFrame: Hashable {
  case open(path: String)
  case read(FileContent)
  case failed(FileError)
  case nothing(errorNumber: Int32)

  /// The frame as it is sent.
  var bytes: [UInt8] {
    switch self {
    case .open(let path): Self.frame("open", 0, Array(path.utf8))
    case .read(let content): Self.frame("read", content.isTruncated ? 1 : 0, content.bytes)
    case .failed(let error): Self.frame("fail", Int(error.errorNumber), Array(error.path.utf8))
    case .nothing(let errorNumber): Self.frame("none", Int(errorNumber), [])
    }
  }

  private static func frame(_ kind: String, _ number: Int, _ payload: [UInt8]) -> [UInt8] {
    Array("\(kind) \(number) \(payload.count)\n".utf8) + payload
  }

  /// Reads the whole frames of what a helper has said; one that was cut off is left out.
  static func parse(_ bytes: [UInt8]) -> [FileFrame] {
    var frames: [FileFrame] = []
    var position = 0
    while let lineEnd = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) {
      let words = bytes[position..<lineEnd].split(separator: UInt8(ascii: " "))
        .map { String(decoding: $0, as: UTF8.self) }
      guard words.count == 3, let number = Int32(words[1]), let count = Int(words[2]),
        count >= 0, count <= bytes.count - lineEnd - 1
      else { break }
      let payload = bytes[(lineEnd + 1)..<(lineEnd + 1 + count)]
      let path = String(decoding: payload, as: UTF8.self)
      switch words[0] {
      case "open": frames.append(.open(path: path))
      case "read":
        frames.append(.read(FileContent(bytes: Array(payload), isTruncated: number == 1)))
      case "fail": frames.append(.failed(FileError(path: path, errorNumber: number)))
      case "none": frames.append(.nothing(errorNumber: number))
      default: return frames
      }
      position = lineEnd + 1 + count
      if position >= bytes.count { break }
    }
    return frames
  }
}
