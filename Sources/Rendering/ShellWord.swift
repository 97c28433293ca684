/// A word that a shell reads as exactly this text.
///
/// Nothing from a bundle is put into a command but through this type.
public struct ShellWord: Hashable, Sendable, CustomStringConvertible {
  public let text: String

  public init(_ text: String) { self.text = text }

  /// The word, in single quotes unless all of its bytes are harmless everywhere in a command.
  public var description: String {
    if isPlain { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: #"'\''"#) + "'"
  }

  private var isPlain: Bool {
    let bytes = text.utf8.span
    for position in bytes.indices where !Self.isHarmless(bytes[position]) { return false }
    return !bytes.isEmpty
  }

  private static func isHarmless(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "_"),
      UInt8(ascii: "/"), UInt8(ascii: ","):
      true
    default: false
    }
  }

  /// Joins arguments to one command line.
  public static func line(_ arguments: [String]) -> String {
    var line = ""
    for (position, argument) in arguments.enumerated() {
      if position > 0 { line += " " }
      line += ShellWord(argument).description
    }
    return line
  }
}
