import Analysis
import BundleFormat
import NodeState

/// Where a result stands: a line of a file of the bundle, and the thing that it is about.
struct SARIFLocation {
  private let evidence: Evidence?
  private let assessment: Assessment

  init(_ evidence: Evidence?, of assessment: Assessment) {
    self.evidence = evidence
    self.assessment = assessment
  }

  /// - Parameter subject: Nil for a related location, which names nothing.
  func write(naming subject: String?, to json: inout JSONWriter) {
    let snapshot = assessment.snapshot
    json.beginObject()
    if let evidence, let place = evidence.location,
      snapshot.bundle.entries.indices.contains(Int(place.entry))
    {
      json.key(literal: "physicalLocation")
      json.beginObject()
      json.key(literal: "artifactLocation")
      json.beginObject(onOneLine: true)
      json.member("uri", Self.uri(snapshot.bundle.entries[Int(place.entry)].result.planned.path))
      json.member("uriBaseId", "BUNDLE")
      json.endObject()
      json.key(literal: "region")
      json.beginObject()
      json.member("startLine", max(1, Int(place.line)))
      json.key(literal: "snippet")
      json.beginObject(onOneLine: true)
      json.member("text", EvidenceQuote(evidence, in: snapshot).text)
      json.endObject()
      json.endObject()
      json.endObject()
    }
    if let subject {
      json.key(literal: "logicalLocations")
      json.beginArray()
      json.beginObject(onOneLine: true)
      json.member("name", subject)
      json.member("fullyQualifiedName", "\(assessment.inventory.nodeName)/\(subject)")
      json.endObject()
      json.endArray()
    }
    json.endObject()
  }

  /// A path as a relative reference: all but unreserved characters and slashes percent-encoded.
  ///
  /// Source: RFC 3986, 2.1 and 2.3.
  static func uri(_ path: String) -> String {
    var uri = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        uri += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return uri
  }
}
