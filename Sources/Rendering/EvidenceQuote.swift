import Analysis
import BundleFormat
import NodeState

/// A piece of evidence as people read it: source, line and text.
struct EvidenceQuote {
  let source: String
  /// From 1; nil for a fact about the source as a whole.
  let line: Int?
  let text: String

  /// `lvs:12`, or the source alone.
  var place: String { line.map { "\(source):\($0)" } ?? source }

  init(_ evidence: Evidence, in snapshot: NodeSnapshot) {
    source = evidence.source.rawValue
    guard let location = evidence.location else {
      line = nil
      text = evidence.note ?? ""
      return
    }
    line = Int(location.line)
    let quoted = snapshot.text(at: location).utf8.drop { $0 == UInt8(ascii: " ") || $0 == 9 }
    let end = Self.isCut(location) ? "…" : ""
    text = Self.prefix(of: evidence, in: snapshot) + Substring(quoted) + end
  }

  /// `pve1/qemu-server/100.conf: ` for a source of many files: the file's path stands before the line.
  private static func prefix(of evidence: Evidence, in snapshot: NodeSnapshot) -> String {
    guard let location = evidence.location,
      let file = file(of: evidence.source, at: location, in: snapshot.bundle.entries)
    else { return "" }
    return file + ": "
  }

  /// `pve1/qemu-server/100.conf` of a line's entry, for a source of many files; nil for other sources.
  static func file(
    of source: SourceID, at location: SourceLocation, in entries: [BundleEntry]
  ) -> Substring? {
    guard hasManyFiles(source), entries.indices.contains(Int(location.entry)) else { return nil }
    let path = entries[Int(location.entry)].result.planned.path
    return Substring(path.utf8.dropFirst(startOfFile(in: path.utf8.span)))
  }

  /// Whether a line is longer than what is quoted of it; the quote then ends with `…`.
  static func isCut(_ location: SourceLocation) -> Bool {
    location.length > NodeSnapshot.quotedBytes
  }

  /// Whether a source's lines are in files of their own, so that the file is told before a line.
  static func hasManyFiles(_ source: SourceID) -> Bool {
    switch source {
    case .guestConfigs, .lvmBackup, .haConfig: true
    default: false
    }
  }

  /// Where the last three names of a path begin.
  static func startOfFile(in path: Span<UInt8>) -> Int {
    var start = path.count
    var slashes = 0
    while start > 0 {
      if path[start - 1] == UInt8(ascii: "/") {
        slashes += 1
        if slashes == 3 { break }
      }
      start -= 1
    }
    return start
  }
}
