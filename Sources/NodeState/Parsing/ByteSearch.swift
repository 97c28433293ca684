extension Span where Element == UInt8 {
  /// Whether the bytes hold a text somewhere.
  func contains(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard length > 0, count >= length else { return false }
    return text.withUTF8Buffer { pattern in
      withUnsafeBufferPointer { bytes in
        let last = bytes.count - length
        var start = 0
        while start <= last {
          if bytes[start] == pattern[0] {
            var matched = 1
            while matched < length, bytes[start + matched] == pattern[matched] { matched += 1 }
            if matched == length { return true }
          }
          start += 1
        }
        return false
      }
    }
  }
}
