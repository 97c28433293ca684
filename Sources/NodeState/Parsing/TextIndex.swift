/// Values by texts of which most stand in one content: none of those is copied.
///
/// A big node has tens of thousands of device paths, of which hardly one is ever asked for.
public struct TextIndex<Value: Sendable>: Sendable {
  private let content: [UInt8]
  private var places: [Place] = []
  /// By the last bits of the hash, the first of the places that have them; -1 for none. Their number is a
  /// power of two.
  private var firsts: [Int32] = []
  /// Texts that don't stand in the content as they are meant.
  private var others: [String: Value]
  /// Another one in each process: nobody can write texts that all have one hash.
  private let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

  private struct Place: Sendable {
    /// An entry has fewer bytes than 2 GiB.
    let start: Int32
    let count: Int32
    let hash: UInt32
    var next: Int32
    var value: Value

    var range: Range<Int> { Int(start)..<(Int(start) + Int(count)) }
  }

  init(of content: [UInt8]) {
    self.content = content
    others = [:]
  }

  /// Makes an index of texts that stand nowhere else.
  public init(_ texts: [String: Value] = [:]) {
    content = []
    others = texts
  }

  /// The value of a text; nil for one without.
  public subscript(text: String) -> Value? {
    if let position = position(of: text.utf8.span) { return places[position].value }
    return others.isEmpty ? nil : others[text]
  }

  /// Sets the value of a text that stands at a range of the content and is plain ASCII.
  ///
  /// - Parameter isKept: Whether a value that the text has stays.
  mutating func set(_ range: Range<Int>, to value: Value, unlessPresent isKept: Bool = false) {
    if !others.isEmpty, case let text = content.span.text(range), others[text] != nil {
      if !isKept { others[text] = value }
      return
    }
    let hash = hash(of: content.span, range)
    if let position = position(of: content.span, range, hash) {
      if !isKept { places[position].value = value }
      return
    }
    if places.count == firsts.count { grow() }
    let slot = slot(of: hash)
    let position = Int32(truncatingIfNeeded: places.count)
    places.append(
      Place(
        start: Int32(range.lowerBound), count: Int32(range.count), hash: hash, next: firsts[slot],
        value: value))
    firsts[slot] = position
  }

  /// Sets the value of a text.
  ///
  /// - Parameter isKept: Whether a value that the text has stays.
  mutating func set(_ text: String, to value: Value, unlessPresent isKept: Bool = false) {
    if let position = position(of: text.utf8.span) {
      if !isKept { places[position].value = value }
    } else if !isKept || others[text] == nil {
      others[text] = value
    }
  }

  private func position(of text: Span<UInt8>) -> Int? {
    places.isEmpty ? nil : position(of: text, 0..<text.count, hash(of: text, 0..<text.count))
  }

  private func position(of text: Span<UInt8>, _ range: Range<Int>, _ hash: UInt32) -> Int? {
    if firsts.isEmpty { return nil }
    var next = firsts[slot(of: hash)]
    while next >= 0 {
      let place = places.span[Int(next)]
      if place.hash == hash, content.span.equals(place.range, range, of: text) { return Int(next) }
      next = place.next
    }
    return nil
  }

  private func slot(of hash: UInt32) -> Int { Int(hash) & (firsts.count - 1) }

  private mutating func grow() {
    firsts = Array(repeating: -1, count: max(64, 2 * firsts.count))
    for position in places.indices {
      let slot = slot(of: places[position].hash)
      places[position].next = firsts[slot]
      firsts[slot] = Int32(truncatingIfNeeded: position)
    }
  }

  private func hash(of bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    var hash = seed ^ UInt64(range.count)
    func mix(_ word: UInt64) {
      let product = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash = product ^ product >> 32
    }
    var index = range.lowerBound
    while index &+ 8 <= range.upperBound {
      mix(bytes.uncheckedWord(at: index))
      index &+= 8
    }
    while index < range.upperBound {
      mix(UInt64(bytes[unchecked: index]))
      index &+= 1
    }
    return UInt32(truncatingIfNeeded: hash)
  }
}
