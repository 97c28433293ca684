import Analysis
import BundleFormat
import NodeState

/// Evidence as members of `evidence`: source, line and text, the text as an ``EvidenceQuote`` has it.
///
/// A big node's document has tens of thousands of them. So the lines go from where they lie in the bundle
/// straight into the document, and two threads that quote the same source don't count references to it.
struct EvidenceJSON: @unchecked Sendable {
  /// They keep their bytes where they are: an entry's content is never changed.
  private let entries: [BundleEntry]
  /// Each entry's bytes; empty where it has none.
  private let contents: [UnsafeBufferPointer<UInt8>]

  init(_ snapshot: NodeSnapshot) {
    entries = snapshot.bundle.entries
    contents = entries.map { entry in
      entry.content?.withUnsafeBufferPointer { $0 } ?? UnsafeBufferPointer(start: nil, count: 0)
    }
  }

  func write(_ evidence: borrowing Evidence, to json: inout JSONWriter) {
    json.beginObject(onOneLine: true)
    json.member("source", evidence.source.rawValue)
    guard let location = evidence.location else {
      json.member("line", nil as Int?)
      json.member("text", evidence.note ?? "")
      return json.endObject()
    }
    json.member("line", Int(location.line))
    json.key(literal: "text")
    json.beginText()
    if EvidenceQuote.hasManyFiles(evidence.source) { writeFile(of: location, to: &json) }
    let line = line(at: location)
    if !json.text(ifASCII: line.span) { json.text(String(decoding: line, as: UTF8.self)) }
    json.endText()
    json.endObject()
  }

  private func writeFile(of location: SourceLocation, to json: inout JSONWriter) {
    guard entries.indices.contains(Int(location.entry)) else { return }
    let path = entries[Int(location.entry)].result.planned.path.utf8.span
    json.text(utf8: path.extracting(droppingFirst: EvidenceQuote.startOfFile(in: path)))
    json.text(literal: ": ")
  }

  /// The line without the blanks at its start, as ``NodeSnapshot/bytes(at:limit:)`` cuts it.
  private func line(at location: SourceLocation) -> UnsafeBufferPointer<UInt8> {
    let entry = Int(location.entry)
    guard contents.indices.contains(entry) else { return UnsafeBufferPointer(start: nil, count: 0) }
    let content = contents[entry]
    let range = NodeSnapshot.range(of: location, in: content.count)
    var start = range.lowerBound
    while start < range.upperBound, content[start] == UInt8(ascii: " ") || content[start] == 9 {
      start += 1
    }
    return UnsafeBufferPointer(rebasing: content[start..<range.upperBound])
  }
}
