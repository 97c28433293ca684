import BundleFormat
import NodeState

/// Why a rule fits, and the evidence.
///
/// Nearly all mappings are healthy for the same few reasons: their sentences are put together only when
/// somebody reads them.
enum Ground: Sendable {
  case told(String, [Evidence])
  /// A configuration's line names the mapping at a location: the line's place and the rest of the sentence.
  /// The evidence is the mapping, the line and, of a guest that runs here, its process.
  case reference(ResolvedReference, String, mapping: SourceLocation)

  var why: String {
    switch self {
    case .told(let why, _): why
    case .reference(let reference, let rest, _): reference.sentence(rest)
    }
  }

  /// Hands over the sentence part by part.
  func forEachPart(_ body: (SentencePart) -> Void) {
    switch self {
    case .told(let why, _): body(.text(why))
    case .reference(let reference, let rest, _): reference.forEachPart(rest, body)
    }
  }

  var evidence: [Evidence] {
    if case .told(_, let evidence) = self { return evidence }
    var evidence: [Evidence] = []
    evidence.reserveCapacity(3)
    forEachEvidence { evidence.append($0) }
    return evidence
  }

  /// Hands over the evidence piece by piece.
  func forEachEvidence(_ body: (Evidence) -> Void) {
    switch self {
    case .told(_, let evidence): evidence.forEach(body)
    case .reference(let reference, _, let location):
      body(Evidence(location, from: .dmsetupInfo))
      body(reference.evidence)
      if let process = reference.guestProcess { body(process) }
    }
  }
}

/// A part of a sentence: what is written elsewhere at once needs no text of the whole.
public enum SentencePart: Sendable {
  case text(String)
  case number(Int)
}
