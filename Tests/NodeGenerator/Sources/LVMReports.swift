/// What LVM reports of a node's groups, under `--readonly`. Source: lvs(8), vgs(8), pvs(8).
struct LVMReports {
  let world: World
  private let groups: [Group]

  init(_ world: World) {
    self.world = world
    groups = world.groups.sorted { $0.name < $1.name }
  }

  static func grouped(_ id: String) -> String {
    let bytes = Array(id.utf8)
    var parts: [String] = []
    var start = 0
    for length in [6, 4, 4, 4, 4, 4, 6] {
      parts.append(String(decoding: bytes[start..<start + length], as: UTF8.self))
      start += length
    }
    return parts.joined(separator: "-")
  }

  func volumeGroups() -> [UInt8] {
    report("vg", groups.map(row))
  }

  private func row(_ group: Group) -> String {
    let extents = group.physicalVolumes.reduce(0) { $0 + $1.extentCount }
    let free = group.physicalVolumes.reduce(0) { $0 + $1.extentCount - $1.nextFree }
    let flaw = group.flaw
    let attributes =
      flaw == .exported ? "wzx-n-" : flaw == .missingPhysicalVolume ? "wz-pn-" : "wz--n-"
    let missing = flaw == .missingPhysicalVolume
    let count = group.volumes.count { !$0.isInternal }
    return "{\"vg_name\":\"\(group.name)\", \"vg_uuid\":\"\(Self.grouped(group.id))\", "
      + "\"vg_attr\":\"\(attributes)\", \"vg_size\":\"\(extents * Group.extentBytes)\", "
      + "\"vg_free\":\"\(free * Group.extentBytes)\", "
      + "\"vg_extent_size\":\"\(Group.extentBytes)\", \"vg_seqno\":\"\(group.volumes.count * 2 + 3)\", "
      + "\"pv_count\":\"\(group.physicalVolumes.count + (missing ? 1 : 0))\", "
      + "\"lv_count\":\"\(count)\", \"vg_missing_pv_count\":\"\(missing ? 1 : 0)\", "
      + "\"vg_partial\":\"\(missing ? "partial" : "")\", "
      + "\"vg_exported\":\"\(flaw == .exported ? "exported" : "")\", "
      + "\"vg_systemid\":\"\(flaw == .foreignSystem ? "other-host" : "")\", "
      + "\"vg_lock_type\":\"\(flaw == .lockManager ? "sanlock" : "")\"}"
  }

  func physicalVolumes() -> [UInt8] {
    var rows: [String] = []
    for group in groups {
      let names = "\"vg_name\":\"\(group.name)\", \"vg_uuid\":\"\(Self.grouped(group.id))\""
      for volume in group.physicalVolumes { rows.append(row(volume, names)) }
      guard group.flaw == .missingPhysicalVolume else { continue }
      let id = String(repeating: "z", count: 32)
      rows.append(
        "{\"pv_name\":\"[unknown]\", \"pv_uuid\":\"\(Self.grouped(id))\", \(names), "
          + "\"pv_attr\":\"a-m\", \"pv_size\":\"4290772992\", \"pv_free\":\"4290772992\", "
          + "\"pe_start\":\"1048576\", \"pv_missing\":\"missing\", \"pv_duplicate\":\"\", "
          + "\"pv_major\":\"-1\", \"pv_minor\":\"-1\", \"dev_size\":\"0\"}")
    }
    return report("pv", rows)
  }

  private func row(_ volume: PhysicalVolume, _ names: String) -> String {
    let size = volume.extentCount * Group.extentBytes
    let free = (volume.extentCount - volume.nextFree) * Group.extentBytes
    return "{\"pv_name\":\"\(volume.path)\", \"pv_uuid\":\"\(Self.grouped(volume.id))\", \(names), "
      + "\"pv_attr\":\"a--\", \"pv_size\":\"\(size)\", \"pv_free\":\"\(free)\", "
      + "\"pe_start\":\"\(volume.dataStartBytes)\", \"pv_missing\":\"\", \"pv_duplicate\":\"\", "
      + "\"pv_major\":\"\(volume.device.major)\", \"pv_minor\":\"\(volume.device.minor)\", "
      + "\"dev_size\":\"\(size + volume.dataStartBytes + 3_145_728)\"}"
  }

  /// What lvs says on standard error.
  func warnings() -> [UInt8] {
    var text = TextBuffer()
    for group in groups where group.flaw == .warning {
      let id = Self.grouped(String(repeating: "y", count: 32))
      text.line("  WARNING: VG \(group.name) is missing PV \(id) (last written to /dev/sdz).")
    }
    return text.bytes
  }

  func logicalVolumes() -> [UInt8] {
    var rows: [String] = []
    for group in groups where group.flaw != .exported && group.flaw != .foreignSystem {
      let known = group.flaw == .rowsMissing ? Array(group.volumes.dropLast()) : group.volumes
      for volume in known.sorted(by: { $0.name < $1.name }) {
        rows += VolumeRows(volume: volume, world: world).rows()
      }
    }
    return report("lv", rows)
  }

  private func report(_ name: String, _ rows: [String]) -> [UInt8] {
    var rows = rows
    if world.options.variations.contains(.rowsReordered) {
      var random = SplitMix64(seed: world.seed, stream: -2)
      rows = random.shuffled(rows)
    }
    var text = TextBuffer()
    text.line("  {\n      \"report\": [\n          {\n              \"\(name)\": [")
    for (position, row) in rows.enumerated() {
      text.line("                  \(row)\(position + 1 < rows.count ? "," : "")")
    }
    text.line("              ]\n          }\n      ]\n      ,\n      \"log\": [\n      ]\n  }")
    return text.bytes
  }
}
