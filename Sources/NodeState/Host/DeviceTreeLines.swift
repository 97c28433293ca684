/// Reads lsblk's report as lsblk itself lays it out: one member a line, each plain.
///
/// A big node's report is megabytes, nearly all of it mappings; this takes a fifth of what reading it by
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
    var position = 0
    while position < bytes.count {
      let start = bytes.firstBesideSpaces(in: position..<bytes.count)
      guard start < bytes.count else { return nil }
      // Nearly all lines are members: they are read without looking for their ends before.
      if reader.due == .member {
        guard let next = reader.readMember(at: start, in: bytes) else { return nil }
        position = next
        continue
      }
      let end = bytes.firstIndex(of: UInt8(ascii: "\n"), in: start..<bytes.count) ?? bytes.count
      guard reader.read(start..<end, in: bytes) else { return nil }
      position = end + 1
    }
    return reader.due == .nothing ? reader.devices : nil
  }

  private mutating func read(_ line: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    switch due {
    case .root:
      due = .list
      return bytes.equals(line, "{")
    case .list:
      due = .object
      return bytes.equals(line, "\"blockdevices\": [")
    case .object:
      begin()
      return bytes.equals(line, "{")
    case .member: return false
    case .endOfObject:
      end()
      if bytes.equals(line, "},{") {
        begin()
        return true
      }
      due = .endOfList
      return bytes.equals(line, "}")
    case .endOfList:
      // The root's list is its last member; a device's may be followed by others.
      due = open.isEmpty ? .endOfRoot : .endOfObject
      if !open.isEmpty, bytes.equals(line, "],") {
        due = .member
        return true
      }
      return bytes.equals(line, "]")
    case .endOfRoot:
      due = .nothing
      return bytes.equals(line, "}")
    case .nothing: return false
    }
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

  /// Reads the line `"KEY": VALUE,` or `"children": [`, and returns where the next one begins.
  private mutating func readMember(at start: Int, in bytes: Span<UInt8>) -> Int? {
    guard let device = open.last, bytes[start] == UInt8(ascii: "\"") else { return nil }
    let key = (start + 1)..<bytes.firstOutsideText(from: start + 1)
    let value = key.upperBound + 3
    guard value < bytes.count, bytes[key.upperBound] == UInt8(ascii: "\""),
      bytes[key.upperBound + 1] == UInt8(ascii: ":"), bytes[key.upperBound + 2] == UInt8(ascii: " ")
    else { return nil }
    if bytes.equals(key, "children") {
      due = .object
      return open.count < Self.maximumDepth && bytes.starts(value..<bytes.count, with: "[\n")
        ? value + 2 : nil
    }
    guard let (text, after) = Self.plainValue(at: value, in: bytes), after < bytes.count else {
      return nil
    }
    let isLast = bytes[after] != UInt8(ascii: ",")
    let end = isLast ? after : after + 1
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\n") else { return nil }
    due = isLast ? .endOfObject : .member
    if bytes.equals(key, "maj:min") {
      devices[device].number = bytes.device(text)
      if !text.isEmpty, devices[device].number == nil { return nil }
    } else if bytes.equals(key, "tran") {
      devices[device].transport = text.isEmpty ? "" : bytes.text(text)
    }
    return end + 1
  }

  /// What a plain string holds, nothing for another plain value, and where the value ends; nil for one that
  /// is not plain.
  private static func plainValue(
    at start: Int, in bytes: Span<UInt8>
  ) -> (text: Range<Int>, end: Int)? {
    if bytes[start] == UInt8(ascii: "\"") {
      let end = bytes.firstOutsideText(from: start + 1)
      guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
      return ((start + 1)..<end, end + 1)
    }
    let isNumber = bytes[start].isDigit
    var end = start
    while end < bytes.count, isNumber ? bytes[end].isDigit : bytes[end].isLowerLetter { end += 1 }
    let value = start..<end
    let isPlain =
      isNumber
      ? (value.count == 1 || bytes[start] != UInt8(ascii: "0")) && bytes.integer(value) != nil
      : bytes.equals(value, "null") || bytes.equals(value, "true") || bytes.equals(value, "false")
    return isPlain ? (start..<start, end) : nil
  }
}

extension Span where Element == UInt8 {
  /// Returns where a line's indentation ends.
  @inline(__always)
  fileprivate func firstBesideSpaces(in line: Range<Int>) -> Int {
    precondition(line.lowerBound >= 0 && line.upperBound <= count)
    var start = line.lowerBound
    while start &+ 8 <= line.upperBound {
      let other = uncheckedWord(at: start) ^ 0x2020_2020_2020_2020
      if other != 0 { return start &+ other.trailingZeroBitCount / 8 }
      start &+= 8
    }
    while start < line.upperBound, self[unchecked: start] == UInt8(ascii: " ") { start &+= 1 }
    return start
  }
}
