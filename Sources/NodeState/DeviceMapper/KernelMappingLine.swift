/// One line of the probe `sysfs-dm` as the probe itself lays it out, by ranges: nothing is made of what
/// nobody asks for.
struct KernelMappingLine {
  /// Nil for a mapping that went while it was read.
  let device: DeviceNumber?
  /// Nil as for ``device``.
  let name: Range<Int>?
  let uuid: Range<Int>?
  private let holders: Range<Int>

  /// Reads a line; nil for one that is laid out otherwise, which the grammar of JSON decides on.
  init?(_ line: Range<Int>, in bytes: Span<UInt8>) {
    precondition(line.lowerBound >= 0 && line.upperBound <= bytes.count)
    var walk = Walk(rest: line)
    guard walk.skip("{\"kernelName\":", in: bytes), walk.text(in: bytes) != nil,
      walk.skip(",\"device\":", in: bytes), let device = walk.text(in: bytes),
      walk.skip(",\"name\":", in: bytes), let name = walk.text(in: bytes),
      walk.skip(",\"uuid\":", in: bytes), let uuid = walk.text(in: bytes),
      walk.skip(",\"suspended\":", in: bytes), walk.skipNumber(in: bytes),
      walk.skip(",\"sizeSectors\":", in: bytes), walk.skipNumber(in: bytes),
      walk.skip(",\"readOnly\":", in: bytes), walk.skipNumber(in: bytes),
      walk.skip(",\"slaves\":", in: bytes), walk.list(in: bytes) != nil,
      walk.skip(",\"holders\":", in: bytes), let holders = walk.list(in: bytes),
      walk.skip("}", in: bytes), walk.rest.isEmpty
    else { return nil }
    (self.name, self.uuid, self.holders) = (name, uuid, holders)
    self.device = device.flatMap { bytes.device($0) }
    // A number of another form is for the grammar, too, and for its words.
    if device != nil, self.device == nil { return nil }
  }

  /// The devices that are stacked on it.
  func holders(in bytes: Span<UInt8>) -> [DeviceNumber] {
    var walk = Walk(rest: holders)
    var devices: [DeviceNumber] = []
    while !walk.rest.isEmpty {
      guard let text = walk.text(in: bytes), let text else { return devices }
      if let device = DeviceNumber(bytes.text(text)) { devices.append(device) }
      _ = walk.skip(",", in: bytes)
    }
    return devices
  }

  private struct Walk {
    var rest: Range<Int>

    /// Skips a text; the walk is within the bytes, as its makers see to.
    @inline(__always)
    mutating func skip(_ text: StaticString, in bytes: Span<UInt8>) -> Bool {
      let (start, count) = (rest.lowerBound, text.utf8CodeUnitCount)
      guard rest.count >= count else { return false }
      let wanted = UnsafeRawPointer(text.utf8Start)
      var offset = 0
      while offset &+ 8 <= count {
        let word = wanted.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
        if bytes.uncheckedWord(at: start &+ offset) != word { return false }
        offset &+= 8
      }
      while offset < count {
        if bytes[unchecked: start &+ offset] != text.utf8Start[offset] { return false }
        offset &+= 1
      }
      rest = (start &+ count)..<rest.upperBound
      return true
    }

    /// Reads a plain text or `null`, which is `.some(nil)`; nil for anything else.
    mutating func text(in bytes: Span<UInt8>) -> Range<Int>?? {
      guard skip("\"", in: bytes) else {
        return skip("null", in: bytes) ? .some(nil) : nil
      }
      let start = rest.lowerBound
      let end = bytes.firstOutsideText(from: start)
      guard end < rest.upperBound, bytes[end] == UInt8(ascii: "\"") else { return nil }
      rest = (end + 1)..<rest.upperBound
      return .some(start..<end)
    }

    /// Skips a whole number from 0, or `null`.
    mutating func skipNumber(in bytes: Span<UInt8>) -> Bool {
      guard !rest.isEmpty, bytes[rest.lowerBound].isDigit else { return skip("null", in: bytes) }
      var end = rest.lowerBound
      while end < rest.upperBound, bytes[end].isDigit { end += 1 }
      let digits = rest.lowerBound..<end
      guard !digits.isEmpty, digits.count == 1 || bytes[digits.lowerBound] != UInt8(ascii: "0")
      else { return false }
      rest = end..<rest.upperBound
      return true
    }

    /// Reads a list of plain texts, and returns what stands between the brackets.
    mutating func list(in bytes: Span<UInt8>) -> Range<Int>? {
      guard skip("[", in: bytes) else { return nil }
      let start = rest.lowerBound
      if skip("]", in: bytes) { return start..<start }
      repeat {
        guard let text = text(in: bytes), text != nil else { return nil }
      } while skip(",", in: bytes)
      let end = rest.lowerBound
      return skip("]", in: bytes) ? start..<end : nil
    }
  }
}
