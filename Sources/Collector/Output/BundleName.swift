import BundleFormat

/// How bundles' files are called: `dmcollect-NODE-20261122T195400Z.tar.zst`.
struct BundleName {
  let node: String
  let at: Timestamp

  /// The name without suffix: also the archive's top folder.
  var stem: String { "\(prefix)\(at.compact)" }

  /// The name that comes next.
  var aSecondLater: BundleName {
    BundleName(node: node, at: Timestamp(secondsSinceEpoch: at.secondsSinceEpoch + 1))
  }

  private var prefix: String { "dmcollect-\(Self.safe(node))-" }

  /// Returns a node's name, or `node` where it holds what file names should not.
  private static func safe(_ node: String) -> String {
    let isSafe =
      !node.isEmpty && node.utf8.count <= 63
      && node.utf8.allSatisfy {
        $0.isWordByte || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
      }
    return isSafe ? node : "node"
  }

  /// The time in the name of a bundle of this node; nil for any other file.
  func time(of name: String) -> String? {
    guard name.hasPrefix(prefix) else { return nil }
    let rest = name.dropFirst(prefix.count)
    let stamp = rest.prefix(16)
    let digits = stamp.prefix(8) + stamp.dropFirst(9).prefix(6)
    guard stamp.count == 16, stamp.dropFirst(8).first == "T", stamp.last == "Z",
      digits.count == 14, digits.utf8.allSatisfy(\.isDigit),
      Settings.Format.allCases.contains(where: { rest.dropFirst(16) == $0.suffix })
    else { return nil }
    return String(stamp)
  }

  /// Returns the top folder for a file that the operator named.
  static func top(of file: String) -> String {
    var name = file[...]
    for suffix in [".tar.zst", ".tar.gz", ".tar", ".tgz", ".tzst", ".zst", ".gz"]
    where name.hasSuffix(suffix) && name.utf8.count > suffix.utf8.count {
      name = name.dropLast(suffix.count)
      break
    }
    let safe = name.utf8.map { byte in
      byte.isWordByte || "._+-".utf8.contains(byte) ? byte : UInt8(ascii: "_")
    }
    let text = String(decoding: safe, as: UTF8.self)
    return text.allSatisfy { $0 == "." } ? "dmcollect" : text
  }

  /// The format that a file's name asks for; nil when it doesn't say.
  static func format(of file: String) -> Settings.Format? {
    if file.hasSuffix(".tar.gz") || file.hasSuffix(".tgz") { return .gz }
    return file.hasSuffix(".tar") ? .tar : nil
  }
}
