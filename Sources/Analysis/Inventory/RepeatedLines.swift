import BundleFormat
import NodeState

/// The lines of a source's two readings, to tell which of them are the same bytes.
///
/// What is read of a line depends on nothing else than its bytes and the command that printed it, so two
/// lines of one command with the same bytes say the same.
struct RepeatedLines {
  private let first: Reading?
  private let second: Reading?

  private struct Reading {
    let entry: Int
    let content: [UInt8]
  }

  init(of source: SourceID, in bundle: NodeBundle) {
    guard let one = bundle.positions(of: source, reading: 1).first,
      let other = bundle.positions(of: source, reading: 2).first,
      bundle.entries[one].result.planned.argv == bundle.entries[other].result.planned.argv,
      let before = bundle.entries[one].content, let after = bundle.entries[other].content
    else {
      (first, second) = (nil, nil)
      return
    }
    first = Reading(entry: one, content: before)
    second = Reading(entry: other, content: after)
  }

  /// Whether a line of the first reading and one of the second are the same bytes; false for an empty one
  /// and for lines of other entries.
  func areSame(_ one: SourceLocation, _ other: SourceLocation) -> Bool {
    guard let first, let second, one.length == other.length, one.length > 0,
      Int(one.entry) == first.entry, Int(other.entry) == second.entry
    else { return false }
    let (start, otherStart, count) = (Int(one.start), Int(other.start), Int(one.length))
    let (bytes, others) = (first.content.span, second.content.span)
    guard start >= 0, otherStart >= 0, start + count <= bytes.count,
      otherStart + count <= others.count
    else { return false }
    let (line, otherLine) = (
      bytes.extracting(start..<(start + count)),
      others.extracting(otherStart..<(otherStart + count))
    )
    for index in line.indices where line[index] != otherLine[index] { return false }
    return true
  }
}
