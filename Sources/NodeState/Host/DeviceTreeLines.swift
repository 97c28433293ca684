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
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      let start = bytes.firstBesideSpaces(in: line)
      guard start < line.upperBound, reader.read(start..<line.upperBound, in: bytes) else {
        return nil
      }
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
    case .member: return readMember(line, in: bytes)
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

  /// Reads `"KEY": VALUE,` or `"children": [`.
  private mutating func readMember(_ line: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    guard let device = open.last, bytes[line.lowerBound] == UInt8(ascii: "\"") else { return false }
    let key = (line.lowerBound + 1)..<bytes.firstOutsideText(from: line.lowerBound + 1)
    guard key.upperBound + 3 < line.upperBound,
      bytes.starts(key.upperBound..<line.upperBound, with: "\": ")
    else { return false }
    let rest = (key.upperBound + 3)..<line.upperBound
    if bytes.equals(key, "children") {
      due = .object
      return open.count < Self.maximumDepth && bytes.equals(rest, "[")
    }
    let isLast = bytes[line.upperBound - 1] != UInt8(ascii: ",")
    let value = isLast ? rest : rest.lowerBound..<(rest.upperBound - 1)
    due = isLast ? .endOfObject : .member
    guard let text = Self.plainValue(value, in: bytes) else { return false }
    if bytes.equals(key, "maj:min") {
      devices[device].number = bytes.device(text)
      return text.isEmpty || devices[device].number != nil
    }
    if bytes.equals(key, "tran") { devices[device].transport = bytes.text(text) }
    return true
  }

  /// What a string holds, nothing for another value; nil for a value that is not a plain one.
  private static func plainValue(_ value: Range<Int>, in bytes: Span<UInt8>) -> Range<Int>? {
    let nothing = value.lowerBound..<value.lowerBound
    guard value.count > 1 else {
      return value.count == 1 && bytes[value.lowerBound].isDigit ? nothing : nil
    }
    if bytes[value.lowerBound] == UInt8(ascii: "\"") {
      let end = bytes.firstOutsideText(from: value.lowerBound + 1)
      guard end == value.upperBound - 1, bytes[end] == UInt8(ascii: "\"") else { return nil }
      return (value.lowerBound + 1)..<end
    }
    if bytes.equals(value, "null") || bytes.equals(value, "true") || bytes.equals(value, "false") {
      return nothing
    }
    let isNumber = bytes[value.lowerBound] != UInt8(ascii: "0") && bytes.integer(value) != nil
    return isNumber ? nothing : nil
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
