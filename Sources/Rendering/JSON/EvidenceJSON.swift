import Analysis
import BundleFormat
import NodeState

/// A piece of evidence as a member of `evidence`: source, line and text.
///
/// The text is an ``EvidenceQuote``'s. A big node's document has tens of thousands of them, so those of
/// plain ASCII go straight from the bundle into the document, without a text in between.
struct EvidenceJSON {
  private let evidence: Evidence
  private let snapshot: NodeSnapshot

  init(_ evidence: Evidence, in snapshot: NodeSnapshot) {
    self.evidence = evidence
    self.snapshot = snapshot
  }

  func write(to json: inout JSONWriter) {
    json.beginObject(onOneLine: true)
    if let location = evidence.location, let quoted = plainText(at: location) {
      json.member("source", evidence.source.rawValue)
      json.member("line", Int(location.line))
      json.key(literal: "text")
      json.value(EvidenceQuote.prefix(of: evidence, in: snapshot), quoted)
    } else {
      let quote = EvidenceQuote(evidence, in: snapshot)
      json.member("source", quote.source)
      json.member("line", quote.line)
      json.member("text", quote.text)
    }
    json.endObject()
  }

  /// The line without the blanks at its start; nil where it isn't plain ASCII.
  private func plainText(at location: SourceLocation) -> ArraySlice<UInt8>? {
    let bytes = snapshot.bytes(at: location)
    var all: UInt8 = 0
    for byte in bytes { all |= byte }
    guard all < 0x80 else { return nil }
    return bytes.drop { $0 == UInt8(ascii: " ") || $0 == 9 }
  }
}
