/// Puts a text together at one go, of parts whose length is known.
///
/// Thousands of reasons are texts of a few parts: appending to a `String` part by part costs far more.
struct TextParts: ~Copyable {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private var count = 0

  /// - Parameters:
  ///   - capacity: At least how many bytes are written; what is beyond them is an error of the caller.
  ///   - write: Appends the parts.
  static func text(capacity: Int, _ write: (inout TextParts) -> Void) -> String {
    String(unsafeUninitializedCapacity: capacity) { buffer in
      var parts = TextParts(buffer: buffer)
      write(&parts)
      return parts.count
    }
  }

  private init(buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  mutating func append(_ part: SentencePart) {
    switch part {
    case .text(let text): append(text)
    case .number(let number): append(number)
    }
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Appends a number from 0 in decimal digits, at most 20.
  mutating func append(_ number: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var (rest, start) = (number.magnitude, digits.count)
      repeat {
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      append(UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    precondition(bytes.count <= buffer.count - count)
    guard let from = bytes.baseAddress, let to = buffer.baseAddress else { return }
    (to + count).initialize(from: from, count: bytes.count)
    count += bytes.count
  }
}
