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

  /// Writes an object.
  func write(_ item: Evidence, to json: inout JSONWriter) {
    json.beginObject(onOneLine: true)
    json.member("source", item.source.rawValue)
    if let location = item.location {
      json.member("line", Int(location.line))
      json.key(literal: "text")
      json.beginText()
      if EvidenceQuote.hasManyFiles(item.source) { writeFile(of: location, to: &json) }
      writeLine(at: location, to: &json)
      json.endText()
    } else {
      json.member("line", nil as Int?)
      json.member("text", item.note ?? "")
    }
    json.endObject()
  }

  private func writeFile(of location: SourceLocation, to json: inout JSONWriter) {
    guard entries.indices.contains(Int(location.entry)) else { return }
    let path = entries[Int(location.entry)].result.planned.path.utf8.span
    json.text(utf8: path.extracting(droppingFirst: EvidenceQuote.startOfFile(in: path)))
    json.text(literal: ": ")
  }

  /// Writes the line without the blanks at its start, as ``NodeSnapshot/bytes(at:limit:)`` cuts it.
  private func writeLine(at location: SourceLocation, to json: inout JSONWriter) {
    let entry = Int(location.entry)
    guard contents.indices.contains(entry) else { return }
    let content = contents[entry]
    let range = NodeSnapshot.range(of: location, in: content.count)
    var start = range.lowerBound
    while start < range.upperBound, content[start] == UInt8(ascii: " ") || content[start] == 9 {
      start += 1
    }
    let line = UnsafeBufferPointer(rebasing: content[start..<range.upperBound])
    if !json.text(ifASCII: line.span) { json.text(String(decoding: line, as: UTF8.self)) }
    if EvidenceQuote.isCut(location) { json.text("…") }
  }
}
