/// The members of a device in lsblk's report, one a line, as a template for those of the next device.
///
/// Nearly all devices of a big node are mappings on one disk, and differ in three or four values.
struct DeviceMembers {
  private var start = 0
  private var values: [PlainValue] = []
  private var isOpen = false
  private var template = RowTemplate()
  /// Which of the values are the device's number and its transport.
  private var number: Int?
  private var transport: Int?
  private var transportText = ""

  init() {}

  /// - Parameter start: Where the first member starts.
  init(from start: Int) {
    self.start = start
    isOpen = true
    values.reserveCapacity(12)
  }

  mutating func add(_ value: PlainValue) { if isOpen { values.append(value) } }

  mutating func addNumber(_ value: PlainValue) {
    // Of a key that stands twice, the later value counts: no template for others.
    if number != nil { isOpen = false }
    number = values.count
    add(value)
  }

  mutating func addTransport(_ value: PlainValue, _ text: String) {
    if transport != nil { isOpen = false }
    (transport, transportText) = (values.count, text)
    add(value)
  }

  /// Ends the list: what comes behind a device's children is not compared.
  mutating func close() {
    guard isOpen, let last = values.last else { return }
    isOpen = false
    template = RowTemplate(
      row: start..<last.end,
      values: values.map { $0.isText ? $0.text : $0.text.lowerBound..<$0.end },
      isPlain: true)
  }

  /// Where the last member's value ends.
  var end: Int { template.row.upperBound }

  /// Reads the members at a position; nil where they are laid out otherwise.
  mutating func device(
    at position: Int, in bytes: Span<UInt8>
  ) -> DeviceTreeLines.Device? {
    let values = values
    let isAlike = template.move(to: position, in: bytes) { index, start, same in
      if values[index].isText { return bytes.firstOutsideText(from: same) }
      return PlainValue(at: start, in: bytes).flatMap { $0.isText ? nil : $0.end }
    }
    guard isAlike else { return nil }
    var device = DeviceTreeLines.Device()
    if let number, values[number].isText, !template.values[number].range.isEmpty {
      var form = FormWalk(template.values[number].range)
      guard let read = form.device(in: bytes), form.isAtEnd else { return nil }
      device.number = read
    }
    if let transport, !template.values[transport].isRepeated {
      transportText = values[transport].isText ? bytes.text(template.values[transport].range) : ""
    }
    device.transport = transportText
    return device
  }
}
