import BundleFormat
import NodeState

/// Whether a volume group's metadata, as read, proves that a volume is not in it.
///
/// Another node's `vgexport`, a missing disk or a hung path make healthy mappings look like leftovers;
/// so a group is trusted only when everything about its reading agrees.
enum GroupTrust: Sendable {
  case trusted(VolumeGroup)
  case untrusted(reason: String, VolumeGroup)

  var group: VolumeGroup {
    switch self {
    case .trusted(let group), .untrusted(_, let group): group
    }
  }

  /// Judges every group that `vgs` printed. Nil when one of lvs, vgs and pvs could not be read.
  ///
  /// - Parameter maps: The multipath maps, as `/dev/mapper/NAME`.
  static func ofAll(
    in lvm: LVMMetadata, hostname: String, maps: Set<String> = []
  ) -> [LVMID: GroupTrust]? {
    guard let groups = lvm.groups.value, let volumes = lvm.volumes.value,
      let physicalVolumes = lvm.physicalVolumes.value
    else { return nil }
    // Each volume is there once: its rows were joined.
    let publicVolumes = publicVolumes(volumes)
    var devices: [LVMID: [PhysicalVolume]] = [:]
    for physicalVolume in physicalVolumes {
      if let group = physicalVolume.groupID { devices[group, default: []].append(physicalVolume) }
    }
    // A copy of a disk may be printed without a group.
    var (doubled, seen): (Set<LVMID>, Set<LVMID>) = ([], [])
    for physicalVolume in physicalVolumes
    where physicalVolume.isDuplicate || !seen.insert(physicalVolume.id).inserted {
      doubled.insert(physicalVolume.id)
    }
    var result: [LVMID: GroupTrust] = [:]
    for group in groups {
      let reason =
        result[group.id] != nil
        ? "vgs prints the group's uuid twice"
        : distrust(
          of: group, printedVolumes: publicVolumes[group.id] ?? 0,
          physicalVolumes: devices[group.id] ?? [], doubled: doubled, warnings: lvm.warnings,
          hostname: hostname, maps: maps)
      result[group.id] = reason.map { .untrusted(reason: $0, group) } ?? .trusted(group)
    }
    return result
  }

  /// Counts each group's public volumes: in runs, since the volumes of a group follow each other.
  private static func publicVolumes(_ volumes: [LogicalVolume]) -> [LVMID: Int] {
    var counts: [LVMID: Int] = [:]
    var run: (group: LVMID, count: Int)?
    for volume in volumes where !volume.isInternal {
      if let current = run, current.group == volume.groupID {
        run?.count += 1
      } else {
        if let run { counts[run.group, default: 0] += run.count }
        run = (volume.groupID, 1)
      }
    }
    if let run { counts[run.group, default: 0] += run.count }
    return counts
  }

  /// Says why a group is not trusted; nil when it is.
  private static func distrust(
    of group: VolumeGroup, printedVolumes: Int, physicalVolumes: [PhysicalVolume],
    doubled: Set<LVMID>, warnings: [LVMWarning], hostname: String, maps: Set<String>
  ) -> String? {
    if group.missingPhysicalVolumeCount > 0 || group.isPartial {
      return group.missingPhysicalVolumeCount == 1
        ? "a physical volume is missing"
        : "\(group.missingPhysicalVolumeCount) physical volumes are missing"
    }
    if physicalVolumes.contains(where: \.isMissing) { return "a physical volume is missing" }
    if physicalVolumes.count != group.physicalVolumeCount {
      return
        "\(physicalVolumes.count) of \(group.physicalVolumeCount) physical volumes were printed"
    }
    if let copied = physicalVolumes.first(where: { doubled.contains($0.id) }) {
      return "\(copied.name) appears twice, and the metadata may be the copy's"
    }
    if let other = physicalVolumes.first(where: {
      $0.groupName != group.name && !$0.groupName.isEmpty
    }) {
      return "pvs calls its group \(other.groupName)"
    }
    if group.isExported { return "the group is exported" }
    if !group.systemID.isEmpty, group.systemID != hostname {
      return "the group belongs to the system id \(group.systemID)"
    }
    if !group.lockType.isEmpty, group.lockType != "none" {
      return "the group is locked by \(group.lockType)"
    }
    guard let count = group.volumeCount else { return "LVM did not say how many volumes it has" }
    if count != printedVolumes { return "lvs printed \(printedVolumes) of \(count) volumes" }
    let names =
      [group.name, group.id.grouped] + physicalVolumes.flatMap { [$0.name, $0.id.grouped] }
    for warning in warnings where warning.concernsGroup(called: names) {
      if warning.isMismatch(among: Set(physicalVolumes.map(\.name)), maps: maps) { continue }
      return "LVM warned: \(warning.words)"
    }
    return nil
  }
}

extension LVMWarning {
  /// Whether the warning names one of `names` as a word of its own.
  ///
  /// A warning about one volume, `… for GROUP/VOLUME.`, spoils only that volume.
  func concernsGroup(called names: [String]) -> Bool {
    let bytes = Array(text.utf8)
    return names.contains { name in
      !name.isEmpty
        && words(equalTo: Array(name.utf8), in: bytes).contains { end in
          // The name of a volume follows: not the group as a whole.
          !(end + 1 < bytes.count && bytes[end] == UInt8(ascii: "/")
            && Self.isNameByte(bytes[end + 1]))
        }
    }
  }

  /// Whether the warning names this very volume, `GROUP/VOLUME`.
  func concernsVolume(_ volume: String, of group: String) -> Bool {
    !words(equalTo: Array("\(group)/\(volume)".utf8), in: Array(text.utf8)).isEmpty
  }

  /// `Cannot find matching striped segment for GROUP/VOLUME.`: lvs compared the live table with the
  /// metadata, and they differ. The metadata itself is sound; comparing is what follows here.
  var isAboutLiveTable: Bool {
    text.hasPrefix("WARNING: Cannot find matching ") && text.contains(" segment for ")
      || mismatchedDevices != nil
  }

  /// Whether a volume lies on other devices than LVM takes for its group's, and that is no sign against
  /// the metadata: they are the group's, too, or LVM has the multipath map where the volume has a path.
  ///
  /// A volume on a disk of which LVM sees a copy alone is warned about in the same words.
  func isMismatch(among disks: Set<String>, maps: Set<String>) -> Bool {
    guard let (live, expected) = mismatchedDevices else { return false }
    return live.allSatisfy(disks.contains) || expected.allSatisfy(maps.contains)
  }

  /// The devices of `WARNING: Device mismatch detected for GROUP/VOLUME which is accessing /dev/sdd, /dev/sde
  /// instead of /dev/mapper/mpatha.`
  ///
  /// Source: LVM2 lib/metadata/metadata.c, `_check_devs_used_correspond_with_lv`.
  private var mismatchedDevices: (live: [String], expected: [String])? {
    guard text.hasPrefix("WARNING: Device mismatch detected for ") else { return nil }
    let words = text.split { $0 == " " || $0 == "," }.map(String.init)
    guard let accessing = words.firstIndex(of: "accessing"),
      let instead = words.firstIndex(of: "instead"), accessing + 1 < instead,
      let last = words.last, instead + 2 < words.count
    else { return nil }
    let end = last.hasSuffix(".") ? String(last.dropLast()) : last
    return (Array(words[(accessing + 1)..<instead]), words[(instead + 2)...].dropLast() + [end])
  }

  /// Returns where each occurrence of `word` ends that no name byte continues on either side.
  private func words(equalTo word: [UInt8], in bytes: [UInt8]) -> [Int] {
    guard !word.isEmpty, bytes.count >= word.count else { return [] }
    var ends: [Int] = []
    for start in 0...(bytes.count - word.count)
    where bytes[start..<start + word.count].elementsEqual(word) {
      let end = start + word.count
      let isOpenBefore = start == 0 || !Self.isNameByte(bytes[start - 1])
      // A full stop ends a sentence unless a name goes on behind it.
      let isOpenAfter =
        end == bytes.count || !Self.isNameByte(bytes[end])
        || (bytes[end] == UInt8(ascii: ".")
          && (end + 1 == bytes.count || !Self.isNameByte(bytes[end + 1])))
      if isOpenBefore && isOpenAfter { ends.append(end) }
    }
    return ends
  }

  /// LVM's alphabet of names: `A-Z a-z 0-9 + _ . -`.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension LVMWarning {
  /// The warning within a sentence: without the word before it and the stop behind it.
  var words: String {
    var words = text.hasPrefix("WARNING: ") ? text.dropFirst(9) : text[...]
    while words.last == "." { words.removeLast() }
    return String(words)
  }
}
