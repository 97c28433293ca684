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
    let quoted = snapshot.text(at: location).drop { $0 == " " || $0 == "\t" }
    let entry = Int(location.entry)
    // One source, many files: the file's path stands before the line.
    if evidence.source == .guestConfigs, snapshot.bundle.entries.indices.contains(entry) {
      let path = snapshot.bundle.entries[entry].result.planned.path
      let file = path.split(separator: "/").suffix(3).joined(separator: "/")
      text = "\(file): \(quoted)"
    } else {
      text = String(quoted)
    }
  }
}
