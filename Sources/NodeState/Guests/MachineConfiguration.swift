/// Reads a virtual machine's configuration, line by line as PVE does.
///
/// Source: qemu-server `QemuServer.pm`, `parse_vm_config`.
struct MachineConfiguration {
  private var draft = ConfigurationDraft()
  private var section = Section.known(.main)
  /// Whether a line that names no volume says nothing here.
  private var mayBeIdle = true

  /// Where the lines being read belong.
  private enum Section {
    case known(VolumeReference.Section)
    /// Informational: `[special:cloudinit]`, whose values PVE keeps unchecked.
    case cloudInit
    /// A heading that PVE doesn't know: everything until the next one is skipped.
    case unknown
  }

  /// Reads the whole text.
  ///
  /// - Throws: ``ParseError`` when there is no line of a configuration in it.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin, knowing known: inout KnownLines
  ) throws(ParseError) -> ConfigurationDraft {
    var reader = MachineConfiguration()
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      let text = bytes.withoutTrailingBlanks(line)
      guard !text.isEmpty else { continue }
      if reader.mayBeIdle, known.isIdle(text, in: bytes) {
        reader.draft.noteKnownLine()
        continue
      }
      reader.read(
        text, in: bytes, location: origin.location(lines.number, line), knowing: &known)
    }
    guard reader.draft.hasKnownLine else {
      throw origin.expected(
        "a virtual machine's configuration", in: bytes, 0..<bytes.count, line: 1)
    }
    return reader.draft
  }

  private mutating func read(
    _ line: Range<Int>, in bytes: Span<UInt8>, location: SourceLocation,
    knowing known: inout KnownLines
  ) {
    if openSection(line, in: bytes) { return }
    if case .unknown = section {
      draft.mention(bytes, line, place: "a section that PVE skips", location: location)
    } else if bytes[line.lowerBound] == UInt8(ascii: "#") {
      draft.noteKnownLine()
      draft.mentionDescription(bytes, line, location: location)
    } else if let setting = ConfigurationLine(machine: line, in: bytes) {
      draft.noteKnownLine()
      read(setting, of: line, in: bytes, location: location, knowing: &known)
    } else {
      draft.mention(bytes, line, place: ConfigurationDraft.droppedPlace, location: location)
    }
  }

  /// Opens the section of a heading; returns whether the line is one.
  private mutating func openSection(_ line: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    guard let heading = ConfigurationLine.heading(line, in: bytes) else { return false }
    mayBeIdle = false
    if bytes.equalsIgnoringCase(heading, "pending") {
      section = .known(.pending)
      mayBeIdle = true
      draft.open(.pending)
    } else if bytes.special(heading, is: "cloudinit") {
      section = .cloudInit
    } else if bytes.special(heading, is: "fleecing") {
      section = .known(.fleecing)
      draft.open(.fleecing)
    } else if PVEName.isSnapshotName(bytes, heading) {
      let snapshot = VolumeReference.Section.snapshot(bytes.text(heading))
      section = .known(snapshot)
      mayBeIdle = true
      draft.open(snapshot)
    } else {
      section = .unknown
    }
    return true
  }

  private mutating func read(
    _ setting: ConfigurationLine, of line: Range<Int>, in bytes: Span<UInt8>,
    location: SourceLocation, knowing known: inout KnownLines
  ) {
    guard case .known(let section) = section else {
      return draft.mention(bytes, line, place: "special:cloudinit", location: location)
    }
    if case .fleecing = section {
      return readFleecing(setting, of: line, in: bytes, location: location)
    }
    if bytes.equals(setting.key, "cdrom") {
      return readDisk(
        .ide, "ide2", setting.value, of: line, in: section, bytes, location, knowing: &known)
    }
    if let key = DiskKey.ofMachine(bytes, setting.key) {
      let slot = bytes.text(setting.key)
      return readDisk(
        key, slot, setting.value, of: line, in: section, bytes, location, knowing: &known)
    }
    if bytes.equals(setting.key, "vmstate"), let volume = VolumeID(bytes, setting.value) {
      draft.add(
        VolumeReference(
          slot: "vmstate", section: section, target: .volume(volume), isCDROM: false,
          location: location))
      return draft.mentionParts(ofName: setting.value, bytes, place: "vmstate", location: location)
    }
    let isOfGuest = ConfigurationDraft.isOfGuest(setting.key, in: bytes)
    if isOfGuest, case .main = section {
      draft.takeMainKey(setting.key, setting.value, in: bytes, location: location)
    }
    if setting.canMention(in: bytes) {
      draft.mention(bytes, line, place: bytes.text(setting.key), location: location)
    } else if !isOfGuest {
      known.keepIdle(line, in: bytes)
    }
  }

  /// Takes a disk's line: a reference, nothing for an empty drive, a mention when PVE drops it.
  private mutating func readDisk(
    _ key: DiskKey, _ slot: String, _ value: Range<Int>, of line: Range<Int>,
    in section: VolumeReference.Section, _ bytes: Span<UInt8>, _ location: SourceLocation,
    knowing known: inout KnownLines
  ) {
    guard
      let properties = PropertyString(bytes, value, of: key, knowing: &known.properties),
      let file = properties.file
    else {
      return draft.mention(bytes, line, place: ConfigurationDraft.droppedPlace, location: location)
    }
    let target: VolumeReference.Target
    if let volume = VolumeID(bytes, file) {
      target = .volume(volume)
    } else if bytes[file.lowerBound] == UInt8(ascii: "/"), key != .unused {
      target = .path(bytes.text(file))
    } else if bytes.equals(file, "none") || bytes.equals(file, "cdrom") {
      return draft.replace(slot: slot)
    } else {
      return draft.mention(bytes, line, place: ConfigurationDraft.droppedPlace, location: location)
    }
    draft.add(
      VolumeReference(
        slot: slot, section: section, target: target, isCDROM: properties.isCDROM,
        location: location))
    draft.mentionParts(ofName: file, bytes, place: slot, location: location)
  }

  /// Takes `fleecing-images: ID,ID…`; one bad id makes PVE drop the line.
  private mutating func readFleecing(
    _ setting: ConfigurationLine, of line: Range<Int>, in bytes: Span<UInt8>,
    location: SourceLocation
  ) {
    let slot = "fleecing-images"
    let items = StorageSection.Key.list(setting.value, in: bytes) ?? []
    var volumes: [VolumeID] = []
    for item in items {
      if let volume = VolumeID(bytes, item) { volumes.append(volume) }
    }
    guard bytes.equals(setting.key, "fleecing-images"), volumes.count == items.count else {
      return draft.mention(bytes, line, place: ConfigurationDraft.droppedPlace, location: location)
    }
    draft.add(
      volumes.map {
        VolumeReference(
          slot: slot, section: .fleecing, target: .volume($0), isCDROM: false, location: location)
      }, slot: slot)
    for item in items { draft.mentionParts(ofName: item, bytes, place: slot, location: location) }
  }
}
