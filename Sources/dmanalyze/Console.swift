import BundleFormat
import Glibc
import Rendering

/// Standard output and standard error.
enum Console {
  /// Whether severities may be coloured: a terminal that isn't asked to stay plain.
  static var isColored: Bool {
    isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
      && getenv("TERM").map { String(cString: $0) != "dumb" } ?? false
  }

  /// The columns of the terminal that standard output is; nil when it is none.
  ///
  /// `COLUMNS` counts more than what the terminal says of itself.
  static var width: Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    if let text = getenv("COLUMNS"), let columns = Int(String(cString: text)), columns > 0 {
      return columns
    }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// The columns in which prose is laid out.
  static var proseWidth: Int { min(Paragraph.width, width ?? Paragraph.width) }

  /// Prints a sentence for the operator, or several lines; what anybody named reaches no terminal as it
  /// is.
  static func warn(_ sentence: String) {
    let lines = sentence.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.map { TerminalText.escaped(String($0)) + "\n" }.joined()
    _ = write(Array(text.utf8), to: STDERR_FILENO)
  }

  /// Prints a result; false when it could not be written whole.
  static func print(_ text: String) -> Bool { print(Array(text.utf8)) }

  static func print(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { print($0) } }

  @Sendable static func print(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let isWritten = write(bytes, to: STDOUT_FILENO)
    if !isWritten {
      warn("dmanalyze: standard output: \(String(cString: strerror(errno)))")
    }
    return isWritten
  }

  /// Writes everything, however the system cuts it; false with `errno` set when it can't.
  static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
    bytes.withUnsafeBytes { write($0, to: descriptor) }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      offset += count
    }
    return true
  }
}
