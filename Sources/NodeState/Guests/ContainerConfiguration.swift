/// Reads a container's configuration, line by line as PVE does.
///
/// Unlike a virtual machine's, a heading that PVE doesn't know ends no section, and a bad value is
/// kept. Source: pve-container `LXC/Config.pm`, `parse_pct_config`.
struct ContainerConfiguration {
  private var draft = ConfigurationDraft()
  private var section = VolumeReference.Section.main

  /// Reads the whole text.
  ///
  /// - Throws: ``ParseError`` when there is no line of a configuration in it.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin, knowing known: inout KnownLines
  ) throws(ParseError) -> ConfigurationDraft {
    var reader = ContainerConfiguration()
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      let text = bytes.withoutTrailingBlanks(line)
      guard !text.isEmpty else { continue }
      if known.isIdle(text, in: bytes) {
        reader.draft.noteKnownLine()
        continue
      }
      reader.read(
        text, in: bytes, location: origin.location(lines.number, line), knowing: &known)
    }
    guard reader.draft.hasKnownLine else {
      throw origin.expected("a container's configuration", in: bytes, 0..<bytes.count, line: 1)
    }
    return reader.draft
  }

  private mutating func read(
    _ line: Range<Int>, in bytes: Span<UInt8>, location: SourceLocation,
    knowing known: inout KnownLines
  ) {
    if let heading = ConfigurationLine.heading(line, in: bytes) {
      if bytes.equalsIgnoringCase(heading, "pve:pending") {
        section = .pending
        return draft.open(section)
      }
      if PVEName.isSnapshotName(bytes, heading) {
        section = .snapshot(bytes.text(heading))
        return draft.open(section)
      }
    }
    if bytes[line.lowerBound] == UInt8(ascii: "#") {
      draft.noteKnownLine()
      draft.mentionDescription(bytes, line, location: location)
    } else if bytes.starts(line, with: "lxc."), let key = Self.rawKey(line, in: bytes) {
      draft.noteKnownLine()
      draft.mention(bytes, line, place: bytes.text(key), location: location)
      if let device = Self.allowedDevice(line, key, in: bytes) {
        draft.mention(device, place: bytes.text(key), location: location)
      }
    } else if let setting = ConfigurationLine(container: line, in: bytes) {
      draft.noteKnownLine()
      read(setting, of: line, in: bytes, location: location, knowing: &known)
    } else {
      draft.mention(bytes, line, place: ConfigurationDraft.droppedPlace, location: location)
    }
  }

  /// The key of `lxc.mount.entry: …` or `lxc.mount.entry = …`.
  private static func rawKey(_ line: Range<Int>, in bytes: Span<UInt8>) -> Range<Int>? {
    for index in line {
      let byte = bytes[index]
      if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=") || byte.isBlank {
        return line.lowerBound..<index
      }
    }
    return nil
  }

  /// The block device of `lxc.cgroup2.devices.allow: b 253:0 rwm`; nil for any other line.
  private static func allowedDevice(
    _ line: Range<Int>, _ key: Range<Int>, in bytes: Span<UInt8>
  ) -> DeviceNumber? {
    guard
      bytes.equals(key, "lxc.cgroup2.devices.allow")
        || bytes.equals(key, "lxc.cgroup.devices.allow")
    else { return nil }
    let words = bytes.text(key.upperBound..<line.upperBound).split { " \t:=".contains($0) }
    guard words.count >= 3, words[0] == "b" else { return nil }
    return DeviceNumber("\(words[1]):\(words[2])")
  }

  private mutating func read(
    _ setting: ConfigurationLine, of line: Range<Int>, in bytes: Span<UInt8>,
    location: SourceLocation, knowing known: inout KnownLines
  ) {
    guard let key = DiskKey.ofContainer(bytes, setting.key) else {
      let isOfGuest = ConfigurationDraft.isOfGuest(setting.key, in: bytes)
      if isOfGuest, case .main = section {
        draft.takeMainKey(setting.key, setting.value, in: bytes, location: location)
      }
      if setting.canMention(in: bytes) {
        draft.mention(bytes, line, place: bytes.text(setting.key), location: location)
      } else if !isOfGuest {
        known.keepIdle(line, in: bytes)
      }
      return
    }
    let slot = bytes.text(setting.key)
    guard
      let file = PropertyString(bytes, setting.value, of: key, knowing: &known.properties)?.file,
      let target = Self.target(file, of: key, in: bytes)
    else {
      // PVE keeps the value all the same: it replaces an earlier one, and names no volume.
      draft.replace(slot: slot)
      return draft.mention(
        bytes, line, place: "a value that PVE cannot read", location: location)
    }
    draft.add(
      VolumeReference(
        slot: slot, section: section, target: target, isCDROM: false, location: location))
    draft.mentionParts(ofName: file, bytes, place: slot, location: location)
  }

  /// A volume, a device below `/dev`, or a folder of the host.
  private static func target(
    _ file: Range<Int>, of key: DiskKey, in bytes: Span<UInt8>
  ) -> VolumeReference.Target? {
    if let volume = VolumeID(bytes, file) { return .volume(volume) }
    guard key != .unused, bytes[file.lowerBound] == UInt8(ascii: "/") else { return nil }
    return .path(bytes.text(file))
  }
}
