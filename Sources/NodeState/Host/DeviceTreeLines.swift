/// Reads lsblk's report as lsblk itself lays it out: one member a line, each plain.
///
/// A big node's report is megabytes, nearly all of it mappings; this takes a small part of what reading it
/// by JSON's whole grammar takes. What is laid out otherwise is nobody's error: the grammar decides then.
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
  /// The members of the device before, with which those of the next are compared.
  private var before = DeviceMembers()

  /// Devices that lie on each other this deep are left to the grammar, and its own limit.
  private static let maximumDepth = 24

  private enum Due {
    case root, list
    /// `{` after `[`.
    case object
    /// A member after `{`.
    case firstMember
    /// A member after a comma.
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
    reader.devices.reserveCapacity(bytes.count / 400)
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
    case .firstMember: return readAlike(in: bytes) || readMember(in: bytes)
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
    due = .firstMember
  }

  /// What lies on a device is attached as it is.
  private mutating func end() {
    guard let device = open.popLast(), !devices[device].transport.isEmpty else { return }
    for child in (device + 1)..<devices.count where devices[child].transport.isEmpty {
      devices[child].transport = devices[device].transport
    }
  }

  /// Reads all members up to the last or `children` that are laid out like those of the device before; false,
  /// without a step, for others.
  private mutating func readAlike(in bytes: Span<UInt8>) -> Bool {
    guard let device = open.last,
      let known = before.device(at: position, in: bytes),
      endMember(at: before.end, in: bytes)
    else { return false }
    devices[device] = known
    return true
  }

  /// Reads `"KEY": VALUE,` or `"children": [`.
  private mutating func readMember(in bytes: Span<UInt8>) -> Bool {
    guard let device = open.last, bytes.starts(position..<bytes.count, with: "\"") else {
      return false
    }
    let first = position
    let key = (position + 1)..<bytes.firstOutsideText(from: position + 1)
    guard bytes.starts(key.upperBound..<bytes.count, with: "\": ") else { return false }
    let start = key.upperBound + 3
    if bytes.equals(key, "children") {
      before.close()
      due = .object
      position = start
      return open.count < Self.maximumDepth && takeLine("[", in: bytes)
    }
    guard let value = PlainValue(at: start, in: bytes) else { return false }
    if due == .firstMember { before = DeviceMembers(from: first) }
    if bytes.equals(key, "maj:min") {
      devices[device].number = bytes.device(value.text)
      if !value.text.isEmpty && devices[device].number == nil { return false }
      before.addNumber(value)
    } else if bytes.equals(key, "tran") {
      devices[device].transport = bytes.text(value.text)
      before.addTransport(value, devices[device].transport)
    } else {
      before.add(value)
    }
    guard endMember(at: value.end, in: bytes) else { return false }
    if due == .endOfObject { before.close() }
    return true
  }

  /// Goes behind the line of a member whose value ends at a position.
  private mutating func endMember(at end: Int, in bytes: Span<UInt8>) -> Bool {
    let isLast = end >= bytes.count || bytes[end] != UInt8(ascii: ",")
    guard endLine(at: isLast ? end : end + 1, in: bytes) else { return false }
    due = isLast ? .endOfObject : .member
    return true
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
