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
    let entry = Int(location.entry)
    // One source, many files: the file's path stands before the line.
    if evidence.source == .guestConfigs, snapshot.bundle.entries.indices.contains(entry) {
      let path = snapshot.bundle.entries[entry].result.planned.path
      text = "\(Self.file(path)): \(Substring(quoted))"
    } else {
      text = String(Substring(quoted))
    }
  }

  /// `pve1/qemu-server/100.conf` of a longer path.
  private static func file(_ path: String) -> Substring {
    let bytes = path.utf8
    var start = bytes.endIndex
    var slashes = 0
    while start > bytes.startIndex {
      let before = bytes.index(before: start)
      if bytes[before] == UInt8(ascii: "/") {
        slashes += 1
        if slashes == 3 { break }
      }
      start = before
    }
    return path[start...]
  }
}
