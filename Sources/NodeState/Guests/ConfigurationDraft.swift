/// A guest's configuration while its lines are read.
///
/// PVE keeps a section as a table: of two lines with one key the later counts, and a section that
/// is opened again replaces the earlier. What so falls out is still a mention.
struct ConfigurationDraft {
  private(set) var name: String?
  private(set) var lock: String?
  private(set) var isTemplate = false
  private(set) var references: [VolumeReference] = []
  private(set) var mentions: [Mention] = []
  private(set) var snapshots: [String] = []
  /// Whether any line is one that a configuration has.
  private(set) var hasKnownLine = false

  static let droppedPlace = "a line that PVE drops"
  static let replacedPlace = "a line that a later one replaces"

  mutating func noteKnownLine() { hasKnownLine = true }

  /// Opens a section; what one of the same name held becomes mentions.
  mutating func open(_ section: VolumeReference.Section) {
    hasKnownLine = true
    if case .snapshot(let name) = section {
      if snapshots.contains(name) { demote { $0.section == section } }
      if !snapshots.contains(name) { snapshots.append(name) }
    } else {
      demote { $0.section == section }
    }
  }

  /// Adds a reference in place of an earlier one with the same key and section.
  mutating func add(_ reference: VolumeReference) {
    replace(slot: reference.slot, in: reference.section)
    references.append(reference)
  }

  /// Adds several references of one line.
  mutating func add(_ list: [VolumeReference], slot: String, in section: VolumeReference.Section) {
    replace(slot: slot, in: section)
    references += list
  }

  /// Takes out what an earlier line of the same key named.
  mutating func replace(slot: String, in section: VolumeReference.Section) {
    for index in references.indices
    where references[index].slot == slot && references[index].section == section {
      return demote { $0.slot == slot && $0.section == section }
    }
  }

  private mutating func demote(_ isReplaced: (VolumeReference) -> Bool) {
    if references.isEmpty { return }
    for reference in references where isReplaced(reference) {
      let text =
        switch reference.target {
        case .volume(let volume): volume.description
        case .path(let path): path
        }
      mentions.append(
        Mention(text: text, place: Self.replacedPlace, location: reference.location))
    }
    references.removeAll(where: isReplaced)
  }

  /// Looks for volumes in a line that is no reference.
  mutating func mention(
    _ bytes: Span<UInt8>, _ range: Range<Int>, place: String, location: SourceLocation
  ) {
    MentionScanner.scan(bytes, range, place: place, location: location, into: &mentions)
  }

  /// Looks for volumes in a description.
  mutating func mentionDescription(
    _ bytes: Span<UInt8>, _ range: Range<Int>, location: SourceLocation
  ) {
    MentionScanner.scanDescription(
      bytes, range, place: "description", location: location, into: &mentions)
  }

  /// Takes a key of the main section that says something of the guest itself.
  mutating func takeMainKey(_ key: Range<Int>, _ value: Range<Int>, in bytes: Span<UInt8>) {
    if bytes.equals(key, "name") || bytes.equals(key, "hostname") {
      name = bytes.starts(value, with: "<redacted>") ? nil : bytes.text(value)
    } else if bytes.equals(key, "lock") {
      // Also a lock that PVE doesn't know: someone wrote it to keep others away.
      lock = bytes.text(value)
    } else if bytes.equals(key, "template") {
      isTemplate = bytes.boolean(value) ?? isTemplate
    }
  }

  /// Makes the configuration; the snapshots' order is the file's.
  func configuration(
    of file: ConfigurationFile, origin: EntryOrigin, size: Int, liveDigest: String?
  ) -> GuestConfiguration {
    GuestConfiguration(
      id: file.id, kind: file.kind, node: file.node, name: name, lock: lock,
      isTemplate: isTemplate, references: references, mentions: mentions, snapshots: snapshots,
      liveDigest: liveDigest, path: file.path, location: origin.location(1, 0..<size))
  }
}
