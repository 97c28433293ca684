import Analysis
import BundleFormat
import NodeState

/// How the files of a report are called.
public enum ReportName {
  /// The node's name where it is fit for a file, else one made of the bundle's hash; without an extension.
  ///
  /// A file name never begins with a hyphen, which would pass for an option, or a dot.
  public static func of(_ assessment: Assessment) -> String {
    let bundle = assessment.snapshot.bundle
    let name = bundle.manifest.node.name
    let isFit =
      (1...63).contains(name.utf8.count) && !name.hasPrefix("-") && !name.hasPrefix(".")
      && name.utf8.allSatisfy(isFit)
    return isFit ? name : "node-" + (bundle.sha256 ?? String(repeating: "0", count: 12)).prefix(12)
  }

  /// The cleanup script beside a report of that name.
  public static func script(beside name: String) -> String { "\(name)-cleanup.sh" }

  /// Names in an HTML page the script that stands beside it, where the page's files got another name than
  /// the node's: only when all bundles were read is it known which of two nodes is called alike.
  public static func html(_ page: [UInt8], of name: String, renamed newName: String) -> [UInt8] {
    let (old, new) = ("sh \(script(beside: name))", "sh \(script(beside: newName))")
    return Array(String(decoding: page, as: UTF8.self).replacing(old, with: new).utf8)
  }

  private static func isFit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
