/// Where a report's row has its values, found by the row before.
///
/// LVM prints every row with the same keys in the same order, as lsblk does its devices, and most values of
/// a row are those of the row before. So a row is read by comparing, as far as both are the same; only the
/// value in which they differ is walked to its end, and from there on it goes again. JSON's grammar is not
/// looked at: a row with the same bytes between its values as one that the grammar took is a row.
struct RowTemplate {
  /// A value: what is between its quotes, where it has any.
  struct Value {
    var start: Int
    var end: Int
    /// Whether the row before has the same value.
    var isRepeated: Bool

    var range: Range<Int> { start..<end }
  }

  /// Where the row stands.
  private(set) var row = 0..<0
  private(set) var values: [Value] = []
  /// Whether other rows may be compared with this one.
  private var isUsable = false

  init() {}

  /// Takes a row that the grammar has read.
  ///
  /// - Parameter isPlain: Whether it stands on one line, and each value is a string as it stands there.
  init(row: Range<Int>, values: [Range<Int>], isPlain: Bool) {
    self.row = row
    self.values = values.map { Value(start: $0.lowerBound, end: $0.upperBound, isRepeated: false) }
    isUsable = isPlain
  }

  /// Moves to the row at a position; false, and of no further use, when that isn't laid out alike.
  ///
  /// - Parameter endOfValue: Returns where a value ends that isn't that of the row before, nil for one that
  ///   can't stand there. It gets the value's index, its start, and up to where it is still the same.
  @inline(__always)
  mutating func move(
    to position: Int, in bytes: Span<UInt8>,
    endOfValue: (_ index: Int, _ start: Int, _ same: Int) -> Int?
  ) -> Bool {
    guard isUsable,
      let end = Self.read(&values, of: row, at: position, in: bytes, endOfValue: endOfValue)
    else {
      isUsable = false
      return false
    }
    row = position..<end
    return true
  }

  /// Replaces the values of the row before by those at a position, and returns where that row ends.
  @inline(__always)
  private static func read(
    _ values: inout [Value], of before: Range<Int>, at position: Int, in bytes: Span<UInt8>,
    endOfValue: (_ index: Int, _ start: Int, _ same: Int) -> Int?
  ) -> Int? {
    var values = values.mutableSpan
    // How far the rows lie apart, and how far the row before is known to go on alike.
    var shift = position - before.lowerBound
    var same = bytes.endOfRepetition(of: before, shiftedBy: shift)
    for index in values.indices {
      let old = values[index]
      let start = old.start &+ shift
      if old.end < same || same == before.upperBound {
        values[index] = Value(start: start, end: old.end &+ shift, isRepeated: true)
        continue
      }
      // What differs before the value is no row of this form.
      guard same >= old.start,
        let end = endOfValue(index, start, min(same, old.end) &+ shift)
      else { return nil }
      shift = end - old.end
      // What follows begins with the value's closing quote, where it has one.
      same = bytes.endOfRepetition(of: old.end..<before.upperBound, shiftedBy: shift)
      values[index] = Value(start: start, end: end, isRepeated: false)
    }
    return same == before.upperBound ? before.upperBound + shift : nil
  }
}

extension Span where Element == UInt8 {
  /// Returns how far a range's bytes stand at another place, too: the end of the range, or the first byte
  /// that differs.
  @inline(__always)
  fileprivate func endOfRepetition(of range: Range<Int>, shiftedBy shift: Int) -> Int {
    precondition(range.lowerBound >= 0 && range.lowerBound + shift >= 0)
    let end = Swift.min(range.upperBound, Swift.min(count, count - shift))
    var index = range.lowerBound
    func difference(_ offset: Int) -> UInt64 {
      uncheckedWord(at: index &+ offset) ^ uncheckedWord(at: index &+ offset &+ shift)
    }
    while index &+ 32 <= end {
      if difference(0) | difference(8) | difference(16) | difference(24) != 0 { break }
      index &+= 32
    }
    while index &+ 8 <= end {
      let difference = uncheckedWord(at: index) ^ uncheckedWord(at: index &+ shift)
      if difference != 0 { return index &+ difference.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < end, self[unchecked: index] == self[unchecked: index &+ shift] { index &+= 1 }
    return index
  }
}
