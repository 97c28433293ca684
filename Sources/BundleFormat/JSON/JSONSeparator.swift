/// What stands between two members of an open container: a comma, and in a pretty document a blank, or a
/// line break and the indentation.
@usableFromInline
struct JSONSeparator: Sendable {
  /// Its first bytes, the first one lowest. Blanks follow them.
  @usableFromInline let head: UInt64
  /// How many bytes it has in all, from 1.
  @usableFromInline let count: Int
  /// Whether each member stands on a line of its own.
  let breaksLines: Bool

  /// In a compact document, and between documents.
  static let compact = JSONSeparator(head: 0x2020_2020_2020_202C, count: 1, breaksLines: false)

  /// In a pretty document's container that stands on one line.
  static let onOneLine = JSONSeparator(head: 0x2020_2020_2020_202C, count: 2, breaksLines: false)

  /// In another container of a pretty document, the innermost of `depth` that are open.
  static func lines(atDepth depth: Int) -> JSONSeparator {
    JSONSeparator(head: 0x2020_2020_2020_0A2C, count: 2 &+ 2 &* depth, breaksLines: true)
  }
}

extension ByteBuffer {
  /// Puts what stands between two members. Needs room for its bytes and for sixteen more.
  @inlinable @inline(__always)
  mutating func put(_ separator: JSONSeparator) {
    end.storeBytes(of: separator.head.littleEndian, as: UInt64.self)
    end.storeBytes(of: 0x2020_2020_2020_2020, toByteOffset: 8, as: UInt64.self)
    if separator.count > 16 { blank(from: 16, to: separator.count) }
    advance(by: separator.count)
  }

  /// Puts a line break and an indentation. Needs room for its bytes and for sixteen more.
  mutating func putLine(blanks: Int) {
    end.storeBytes(of: UInt64(0x2020_2020_2020_200A).littleEndian, as: UInt64.self)
    blank(from: 8, to: blanks &+ 1)
    advance(by: blanks &+ 1)
  }

  /// Makes blanks of bytes behind the end, eight at a time, without putting them.
  @usableFromInline @inline(never)
  func blank(from start: Int, to limit: Int) {
    for offset in stride(from: start, to: limit, by: 8) {
      end.storeBytes(of: 0x2020_2020_2020_2020, toByteOffset: offset, as: UInt64.self)
    }
  }
}
