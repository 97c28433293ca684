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
    return bytes.extracting(start..<(start + count)).bytes.isSame(
      as: others.extracting(otherStart..<(otherStart + count)).bytes)
  }
}

extension RawSpan {
  /// Whether both hold the same bytes: eight at a time, which are known to be there.
  fileprivate func isSame(as other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    var offset = 0
    while offset &+ 8 <= byteCount {
      let word = unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
      let otherWord = other.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
      if word != otherWord { return false }
      offset &+= 8
    }
    while offset < byteCount {
      let byte = unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
      if byte != other.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self) { return false }
      offset &+= 1
    }
    return true
  }
}
