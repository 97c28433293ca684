import Glibc

/// The system's words for error numbers.
public enum ErrorText {
  /// Returns what an `errno` means: `No space left on device`.
  public static func of(_ errorNumber: Int32) -> String {
    guard let text = strerror(errorNumber) else { return "error \(errorNumber)" }
    return String(cString: text)
  }
}
