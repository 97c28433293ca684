/// A text of 8 to 48 bytes as words that are compared at once: six of them, of which some overlap where the
/// text is shorter.
struct ShortText: Equatable {
  private let count: Int
  /// What the text is said of, where that matters.
  private let subject: UInt8
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64
  private let fifth: UInt64
  /// The last eight bytes.
  private let last: UInt64

  /// Takes a range; nil for a shorter or a longer one.
  @inline(__always)
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>, of subject: UInt8 = 0) {
    guard range.count >= 8, range.count <= 48 else { return nil }
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    let end = range.upperBound &- 8
    func word(_ offset: Int) -> UInt64 {
      bytes.uncheckedWord(at: min(range.lowerBound &+ offset, end))
    }
    count = range.count
    self.subject = subject
    (first, second, third) = (word(0), word(8), word(16))
    (fourth, fifth, last) = (word(24), word(32), word(40))
  }

  /// A number below 256 that nearly always differs between two texts that are not the same.
  fileprivate var digest: Int {
    func mixed(_ sum: UInt64, _ word: UInt64) -> UInt64 {
      let product = (sum ^ word) &* 0x9E37_79B9_7F4A_7C15
      return product ^ product >> 32
    }
    let head = mixed(mixed(mixed(UInt64(subject), first), second), third)
    return Int(mixed(mixed(mixed(head, fourth), fifth), last) >> 56)
  }
}

/// What short texts meant that were read before.
///
/// There is room for 256, and no text gives way to a later one: so whatever a bundle holds, little is kept.
struct ShortTexts<Meaning> {
  private var known: [(text: ShortText, meaning: Meaning)?] = Array(repeating: nil, count: 256)

  /// Returns what a text meant; nil for one that is not kept.
  @inline(__always)
  subscript(text: ShortText) -> Meaning? {
    guard let known = known[text.digest], known.text == text else { return nil }
    return known.meaning
  }

  /// Keeps a text, if its place is free.
  mutating func keep(_ text: ShortText, meaning: Meaning) {
    let place = text.digest
    if known[place] == nil { known[place] = (text, meaning) }
  }
}
