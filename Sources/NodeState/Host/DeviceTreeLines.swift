/// Reads lsblk's report as lsblk itself lays it out: one member a line, each plain.
///
/// A big node's report is megabytes, nearly all of it mappings; this takes a tenth of what reading it by
/// JSON's whole grammar takes. What is laid out otherwise is nobody's error: the grammar decides then.
struct DeviceTreeLines {
  /// A device, and the transport that lsblk gives it or what it lies on.
  struct Device {
    var number: DeviceNumber?
    var transport = ""
  }

  private(set) var devices: [Device] = []
  /// The devices that are open, outermost first.
  private var open: [Int] = []
  /// What the next line may be.
  private var due = Due.root
  /// Where the next line starts.
  private var position = 0

  /// Devices that lie on each other this deep are left to the grammar, and its own limit.
  private static let maximumDepth = 24

  private enum Due {
    case root, list
    /// `{` after `[`.
    case object
    /// A member after `{` or a comma.
    case member
    /// `}` after the last member, also `},{` for the next device.
    case endOfObject
    /// `]` after the last device.
    case endOfList
    case endOfRoot, nothing
  }

  /// Returns all devices in the report's order; nil where a line is not as lsblk prints it.
  static func devices(of bytes: Span<UInt8>) -> [Device]? {
    var reader = DeviceTreeLines()
    reader.devices.reserveCapacity(bytes.count / 600)
    while reader.position < bytes.count {
      reader.position = bytes.firstIndex(otherThan: UInt8(ascii: " "), from: reader.position)
      guard reader.readLine(in: bytes) else { return nil }
    }
    return reader.due == .nothing ? reader.devices : nil
  }

  private mutating func readLine(in bytes: Span<UInt8>) -> Bool {
    switch due {
    case .root:
      due = .list
      return takeLine("{", in: bytes)
    case .list:
      due = .object
      return takeLine("\"blockdevices\": [", in: bytes)
    case .object:
      begin()
      return takeLine("{", in: bytes)
    case .member: return readMember(in: bytes)
    case .endOfObject:
      end()
      if takeLine("},{", in: bytes) {
        begin()
        return true
      }
      due = .endOfList
      return takeLine("}", in: bytes)
    case .endOfList:
      // The root's list is its last member; a device's may be followed by others.
      due = open.isEmpty ? .endOfRoot : .endOfObject
      if !open.isEmpty, takeLine("],", in: bytes) {
        due = .member
        return true
      }
      return takeLine("]", in: bytes)
    case .endOfRoot:
      due = .nothing
      return takeLine("}", in: bytes)
    case .nothing: return false
    }
  }

  /// Goes behind a line that is just that text, without its indentation.
  private mutating func takeLine(_ text: StaticString, in bytes: Span<UInt8>) -> Bool {
    guard bytes.starts(position..<bytes.count, with: text) else { return false }
    return endLine(at: position + text.utf8CodeUnitCount, in: bytes)
  }

  /// Goes behind the line break that stands at a position, or is spared at the end.
  private mutating func endLine(at end: Int, in bytes: Span<UInt8>) -> Bool {
    guard end >= bytes.count || bytes[end] == UInt8(ascii: "\n") else { return false }
    position = end + 1
    return true
  }

  private mutating func begin() {
    open.append(devices.count)
    devices.append(Device())
    due = .member
  }

  /// What lies on a device is attached as it is.
  private mutating func end() {
    guard let device = open.popLast(), !devices[device].transport.isEmpty else { return }
    for child in (device + 1)..<devices.count where devices[child].transport.isEmpty {
      devices[child].transport = devices[device].transport
    }
  }

  /// Reads `"KEY": VALUE,` or `"children": [`.
  private mutating func readMember(in bytes: Span<UInt8>) -> Bool {
    guard let device = open.last, bytes.starts(position..<bytes.count, with: "\"") else {
      return false
    }
    let key = (position + 1)..<bytes.firstOutsideText(from: position + 1)
    guard bytes.starts(key.upperBound..<bytes.count, with: "\": ") else { return false }
    let start = key.upperBound + 3
    if bytes.equals(key, "children") {
      due = .object
      position = start
      return open.count < Self.maximumDepth && takeLine("[", in: bytes)
    }
    guard let (value, end) = Self.plainValue(at: start, in: bytes) else { return false }
    if bytes.equals(key, "maj:min") {
      devices[device].number = bytes.device(value)
      if !value.isEmpty && devices[device].number == nil { return false }
    } else if bytes.equals(key, "tran") {
      devices[device].transport = bytes.text(value)
    }
    let isLast = end >= bytes.count || bytes[end] != UInt8(ascii: ",")
    due = isLast ? .endOfObject : .member
    return endLine(at: isLast ? end : end + 1, in: bytes)
  }

  /// What a string holds, nothing for another value, and where the value ends; nil for a value that is
  /// not a plain one.
  private static func plainValue(
    at start: Int, in bytes: Span<UInt8>
  ) -> (text: Range<Int>, end: Int)? {
    guard start < bytes.count else { return nil }
    let (nothing, rest) = (start..<start, start..<bytes.count)
    switch bytes[start] {
    case UInt8(ascii: "\""):
      let end = bytes.firstOutsideText(from: start + 1)
      guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
      return ((start + 1)..<end, end + 1)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      var end = start
      while end < bytes.count, bytes[end].isDigit { end += 1 }
      let isPlain = end - start == 1 || bytes[start] != UInt8(ascii: "0")
      return isPlain ? (nothing, end) : nil
    case UInt8(ascii: "f"): return bytes.starts(rest, with: "false") ? (nothing, start + 5) : nil
    case UInt8(ascii: "t"): return bytes.starts(rest, with: "true") ? (nothing, start + 4) : nil
    default: return bytes.starts(rest, with: "null") ? (nothing, start + 4) : nil
    }
  }
}

extension Span where Element == UInt8 {
  /// Returns where the first other byte stands; the end when there is none.
  @inline(__always)
  fileprivate func firstIndex(otherThan byte: UInt8, from start: Int) -> Int {
    let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
    precondition(start >= 0)
    var index = start
    while index &+ 8 <= count {
      let word = uncheckedWord(at: index) ^ pattern
      if word != 0 { return index &+ word.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < count, self[unchecked: index] == byte { index &+= 1 }
    return index
  }
}
