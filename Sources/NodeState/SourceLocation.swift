import BundleFormat

/// Where in a bundle a fact stands: an entry and a line in it.
public struct SourceLocation: Hashable, Sendable {
  /// The entry's position in ``NodeBundle/entries``.
  public let entry: Int32
  /// The line, from 1.
  public let line: Int32
  /// Where the line starts in the entry's bytes.
  public let start: Int32
  /// Its length without the line break.
  public let length: Int32

  public init(entry: Int, line: Int, range: Range<Int>) {
    self.entry = Int32(truncatingIfNeeded: entry)
    self.line = Int32(truncatingIfNeeded: line)
    self.start = Int32(truncatingIfNeeded: range.lowerBound)
    self.length = Int32(truncatingIfNeeded: range.count)
  }
}
