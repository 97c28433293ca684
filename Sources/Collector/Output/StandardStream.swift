import BundleFormat
import Glibc

/// This program's own outputs.
public enum StandardStream {
  /// Writes text to standard output.
  ///
  /// - Returns: Whether all of it could be written.
  public static func show(_ text: String) -> Bool { write(Array(text.utf8), to: 1) }

  /// Says a sentence on standard error.
  ///
  /// It may name files that anybody named: nothing acts on a terminal.
  public static func complain(_ sentence: String) {
    _ = write(Array("dmcollect: \(TerminalText.escaped(sentence))\n".utf8), to: 2)
  }

  /// Writes all bytes; a signal doesn't end it.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = Glibc.write(
          descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return false }
        written += count
      }
      return true
    }
  }
}
