import Analysis
import BundleFormat
import NodeState

/// A piece of evidence as people read it: source, line and text.
struct EvidenceQuote {
  let source: String
  /// From 1; nil for a fact about the source as a whole.
  let line: Int?
  let text: String

  init(_ evidence: Evidence, in snapshot: NodeSnapshot) {
    source = evidence.source.rawValue
    guard let location = evidence.location else {
      line = nil
      text = evidence.note ?? ""
      return
    }
    line = Int(location.line)
    let quoted = snapshot.text(at: location).utf8.drop { $0 == UInt8(ascii: " ") || $0 == 9 }
    text = Self.prefix(of: evidence, in: snapshot) + Substring(quoted)
  }

  private static let manyFiles: Set<SourceID> = [.guestConfigs, .lvmBackup, .haConfig]

  /// `pve1/qemu-server/100.conf: ` for a source of many files: the file's path stands before the line.
  static func prefix(of evidence: Evidence, in snapshot: NodeSnapshot) -> String {
    guard manyFiles.contains(evidence.source), let entry = evidence.location.map({ Int($0.entry) }),
      snapshot.bundle.entries.indices.contains(entry)
    else { return "" }
    return file(snapshot.bundle.entries[entry].result.planned.path) + ": "
  }

  /// `pve1/qemu-server/100.conf` of a longer path.
  private static func file(_ path: String) -> String {
    var path = path
    return path.withUTF8 { bytes in
      var start = bytes.count
      var slashes = 0
      while start > 0 {
        if bytes[start - 1] == UInt8(ascii: "/") {
          slashes += 1
          if slashes == 3 { break }
        }
        start -= 1
      }
      return String(decoding: bytes[start...], as: UTF8.self)
    }
  }
}
