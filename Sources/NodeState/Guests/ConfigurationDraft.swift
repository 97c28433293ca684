import BundleFormat

/// A guest's configuration while its lines are read.
///
/// PVE keeps a section as a table: of two lines with one key the later counts, and a section that
/// is opened again replaces the earlier. What so falls out is still a mention.
struct ConfigurationDraft {
  private(set) var name: String?
  private(set) var lock: String?
  private var lockLocation: SourceLocation?
  private(set) var isTemplate = false
  private(set) var mentions: [Mention] = []
  private(set) var snapshots: [String] = []
  private(set) var hasPendingChanges = false
  /// Whether any line is one that a configuration has.
  private(set) var hasKnownLine = false

  /// The references so far, also those that a section opened again has replaced.
  private var slots: [VolumeReference] = []
  /// Where those are, if any.
  private var replaced: [Range<Int>] = []
  /// Where those of the section that is open begin.
  private var start = 0
  private var section = VolumeReference.Section.main
  /// Where those of each section that was open are.
  private var closed: [VolumeReference.Section: Range<Int>] = [:]

  static let droppedPlace = "a line that PVE drops"
  static let replacedPlace = "a line that a later one replaces"

  mutating func noteKnownLine() { hasKnownLine = true }

  /// What PVE would take for volumes, in the order of the file.
  var references: [VolumeReference] {
    if replaced.isEmpty { return slots }
    var isReplaced = Array(repeating: false, count: slots.count)
    for range in replaced {
      for index in range { isReplaced[index] = true }
    }
    return zip(slots, isReplaced).compactMap { $1 ? nil : $0 }
  }

  /// Opens a section; what one of the same name held becomes mentions.
  mutating func open(_ section: VolumeReference.Section) {
    hasKnownLine = true
    if section == .pending { hasPendingChanges = true }
    closed[self.section] = start..<slots.count
    if let range = closed[section] {
      for index in range { demote(slots[index]) }
      replaced.append(range)
    } else if case .snapshot(let name) = section {
      snapshots.append(name)
    }
    self.section = section
    start = slots.count
  }

  /// Adds a reference in place of an earlier one with the same key and section.
  mutating func add(_ reference: consuming VolumeReference) {
    replace(slot: reference.slot)
    // Most guests have a few disks.
    if slots.isEmpty { slots.reserveCapacity(3) }
    slots.append(reference)
  }

  /// Adds several references of one line.
  mutating func add(_ list: [VolumeReference], slot: String) {
    replace(slot: slot)
    slots += list
  }

  /// Takes out what an earlier line of the same key and section named.
  mutating func replace(slot: String) {
    guard let first = slots[start...].firstIndex(where: { $0.slot == slot }) else { return }
    let tail = Array(slots[first...])
    slots.removeSubrange(first...)
    for reference in tail {
      if reference.slot == slot { demote(reference) } else { slots.append(reference) }
    }
  }

  private mutating func demote(_ reference: VolumeReference) {
    let text =
      switch reference.target {
      case .volume(let volume): volume.description
      case .path(let path): path
      }
    mentions.append(Mention(text: text, place: Self.replacedPlace, location: reference.location))
  }

  /// Looks for volumes in a line that is no reference.
  mutating func mention(
    _ bytes: Span<UInt8>, _ range: Range<Int>, place: String, location: SourceLocation
  ) {
    MentionScanner.scan(bytes, range, place: place, location: location, into: &mentions)
  }

  /// Takes note of a device that is named by its number.
  mutating func mention(_ device: DeviceNumber, place: String, location: SourceLocation) {
    mentions.append(Mention(text: "/dev/block/\(device)", place: place, location: location))
  }

  /// Looks for volumes in what a reference names, where that is no name that LVM gives: what stands around
  /// one makes it another for PVE, yet somebody means it.
  mutating func mentionParts(
    ofName name: Range<Int>, _ bytes: Span<UInt8>, place: String, location: SourceLocation
  ) {
    let isPath = !name.isEmpty && bytes[name.lowerBound] == UInt8(ascii: "/")
    let colon = isPath ? nil : bytes.firstIndex(of: UInt8(ascii: ":"), in: name)
    let volume = (colon.map { $0 + 1 } ?? name.lowerBound)..<name.upperBound
    for index in volume where !Self.isNameByte(bytes[index], inPath: isPath) {
      return mention(bytes, name, place: place, location: location)
    }
  }

  /// `A-Z a-z 0-9 _ . -`, and between folders `/`. LVM takes `+`, too; it is looked at.
  private static func isNameByte(_ byte: UInt8, inPath isPath: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"):
      true
    case UInt8(ascii: "/"): isPath
    default: false
    }
  }

  /// Looks for volumes in a description.
  mutating func mentionDescription(
    _ bytes: Span<UInt8>, _ range: Range<Int>, location: SourceLocation
  ) {
    MentionScanner.scanDescription(
      bytes, range, place: "description", location: location, into: &mentions)
  }

  /// Whether a key says something of the guest itself.
  static func isOfGuest(_ key: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    bytes.equals(key, "name") || bytes.equals(key, "hostname") || bytes.equals(key, "lock")
      || bytes.equals(key, "template")
  }

  /// Takes a key of the main section that says something of the guest itself.
  mutating func takeMainKey(
    _ key: Range<Int>, _ value: Range<Int>, in bytes: Span<UInt8>, location: SourceLocation
  ) {
    if bytes.equals(key, "name") || bytes.equals(key, "hostname") {
      name = bytes.starts(value, with: "<redacted>") ? nil : bytes.text(value)
    } else if bytes.equals(key, "lock") {
      // Also a lock that PVE doesn't know: someone wrote it to keep others away.
      lock = bytes.text(value)
      lockLocation = location
    } else if bytes.equals(key, "template") {
      isTemplate = bytes.boolean(value) ?? isTemplate
    }
  }

  /// Makes the configuration; the snapshots' order is the file's.
  func configuration(
    of file: ConfigurationFile, origin: EntryOrigin, size: Int, liveDigest: WrittenDigest?
  ) -> GuestConfiguration {
    GuestConfiguration(
      id: file.id, kind: file.kind, node: file.node, name: name, lock: lock,
      lockLocation: lockLocation, isTemplate: isTemplate, references: references,
      mentions: mentions, snapshots: snapshots, hasPendingChanges: hasPendingChanges,
      liveDigest: liveDigest, location: origin.location(1, 0..<size))
  }
}
