/// A small random number generator whose numbers depend on nothing but the seed.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
public struct SplitMix64: Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// Starts one of many streams of a seed, so that leaving one out changes no other.
  public init(seed: UInt64, stream: Int) {
    var mixer = SplitMix64(
      seed: seed ^ (UInt64(truncatingIfNeeded: stream) &* 0xD1B5_4A32_D192_ED03))
    state = mixer.next()
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// Returns a number from 0 to `bound` - 1.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0)
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  public mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  public mutating func chance(percent: Int) -> Bool { below(100) < percent }

  public mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[below(elements.count)]
  }

  /// Returns the elements in another order.
  public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var shuffled = elements
    for position in shuffled.indices.dropFirst().reversed() {
      shuffled.swapAt(position, below(position + 1))
    }
    return shuffled
  }

  /// Returns an LVM id, 32 characters without hyphens.
  mutating func lvmID() -> String { text(of: 32, from: Self.alphanumerics) }

  /// Returns hexadecimal digits.
  mutating func hexadecimal(_ count: Int) -> String { text(of: count, from: Self.hexDigits) }

  /// Returns a UUID in its usual form.
  mutating func universallyUniqueID() -> String {
    [8, 4, 4, 4, 12].map { hexadecimal($0) }.joined(separator: "-")
  }

  private mutating func text(of count: Int, from alphabet: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: count) { buffer in
      for position in 0..<count { buffer[position] = alphabet[below(alphabet.count)] }
      return count
    }
  }

  // LVM draws its ids from these alone, although it reads `!` and `#`, too.
  private static let alphanumerics = Array(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
  private static let hexDigits = Array("0123456789abcdef".utf8)
}
