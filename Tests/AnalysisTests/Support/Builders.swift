import BundleFormat
import NodeState

@testable import Analysis

/// Small parts of a node, with what a test doesn't look at filled in.
enum Make {
  static let nowhere = SourceLocation(entry: 0, line: 1, range: 0..<0)

  /// An id that begins with `text`, filled up with zeros.
  static func id(_ text: String) -> LVMID {
    LVMID(text + String(repeating: "0", count: max(0, 32 - text.count)))!
  }

  static func device(_ text: String) -> DeviceNumber { DeviceNumber(text)! }

  static func linear(_ start: Int, _ count: Int, _ device: String, _ at: Int) -> Target {
    Target(
      startSector: start, sectorCount: count,
      kind: .linear(.init(device: Make.device(device), startSector: at)), location: nowhere)
  }

  static func target(_ start: Int, _ count: Int, _ kind: Target.Kind) -> Target {
    Target(startSector: start, sectorCount: count, kind: kind, location: nowhere)
  }

  static func mapping(
    _ name: String, device: String, uuid: String? = nil, open: Int = 0, table: [Target] = [],
    on dependencies: [String] = []
  ) -> Mapping {
    Mapping(
      name: name, uuid: uuid.flatMap { MappingUUID($0) }, device: Make.device(device),
      openCount: open,
      attributes: .init(
        hasLiveTable: true, hasInactiveTable: false, isSuspended: false, isReadOnly: false),
      table: .present(table), dependencies: dependencies.map { Make.device($0) },
      location: nowhere)
  }

  static func segment(
    _ type: String = "linear", start: Int = 0, count: Int, _ ranges: [(String, Int)] = [],
    thinID: Int? = nil, stripeSizeBytes: Int = 0
  ) -> LogicalVolume.Segment {
    LogicalVolume.Segment(
      type: type, startExtent: start, extentCount: count,
      ranges: ranges.map { .init(device: $0.0, firstExtent: $0.1, lastExtent: $0.1 + count - 1) },
      thinID: thinID, stripeCount: max(1, ranges.count), stripeSizeBytes: stripeSizeBytes)
  }

  static func volume(
    _ name: String, of group: String = "san", attributes: String = "-wi-------", sizeBytes: Int,
    pool: String? = nil, isInternal: Bool = false, segments: [LogicalVolume.Segment] = []
  ) -> LogicalVolume {
    LogicalVolume(
      groupName: group, groupID: id(group), name: name, id: id("volume"), isInternal: isInternal,
      attributes: attributes, sizeBytes: sizeBytes,
      mappingName: MappingName(group: group, volume: name).description, layout: "", role: "",
      tags: [], hasAutoactivation: nil, skipsActivation: false, createdAt: nil, creationHost: "",
      poolName: pool, origin: nil, health: "", transactionID: nil, segments: segments,
      location: nowhere)
  }

  static func group(
    _ name: String = "san", id groupID: LVMID? = nil, extentSizeBytes: Int = 4_194_304,
    physicalVolumes: Int = 1, volumes: Int? = 0, missing: Int = 0, isPartial: Bool = false,
    isExported: Bool = false, systemID: String = "", lockType: String = ""
  ) -> VolumeGroup {
    VolumeGroup(
      name: name, id: groupID ?? id(name), extentSizeBytes: extentSizeBytes, sizeBytes: 0,
      freeBytes: 0, sequenceNumber: 1, physicalVolumeCount: physicalVolumes, volumeCount: volumes,
      missingPhysicalVolumeCount: missing, isPartial: isPartial, isExported: isExported,
      systemID: systemID, lockType: lockType, location: nowhere)
  }

  static func physicalVolume(
    _ name: String, device: String? = nil, of group: String? = "san",
    dataStartBytes: Int = 1_048_576,
    id diskID: String = "disk", isMissing: Bool = false, isDuplicate: Bool = false
  ) -> PhysicalVolume {
    PhysicalVolume(
      name: name, id: id(diskID), groupID: group.map { id($0) }, groupName: group ?? "",
      dataStartBytes: dataStartBytes, device: device.map { Make.device($0) }, isMissing: isMissing,
      isDuplicate: isDuplicate, sizeBytes: 0, location: nowhere)
  }

  static func storage(
    _ id: String, type: String = "lvm", group: String?, pool: String? = nil, isShared: Bool = false,
    nodes: [String]? = nil, isDisabled: Bool = false
  ) -> Storage {
    Storage(
      id: id, type: type, volumeGroup: group, thinPool: pool, isShared: isShared, nodes: nodes,
      isDisabled: isDisabled, wipesRemovedVolumes: false, usesVolumeChains: false,
      location: nowhere)
  }

  static func configuration(
    _ guest: Int, on node: String, _ references: [VolumeReference] = [], mentions: [String] = []
  ) -> GuestConfiguration {
    GuestConfiguration(
      id: GuestID(guest)!, kind: .virtualMachine, node: node, name: nil, lock: nil,
      lockLocation: nil, isTemplate: false, references: references,
      mentions: mentions.map { Mention(text: $0, place: "args", location: nowhere) },
      snapshots: [], hasPendingChanges: false, liveDigest: nil, location: nowhere)
  }

  static func reference(
    _ text: String, slot: String = "scsi0", section: VolumeReference.Section = .main
  ) -> VolumeReference {
    let target: VolumeReference.Target =
      text.hasPrefix("/") ? .path(text) : .volume(VolumeID(Substring(text))!)
    return VolumeReference(
      slot: slot, section: section, target: target, isCDROM: false, location: nowhere)
  }
}

/// A scenario's files with some exchanged, judged.
func assessment(
  of scenario: String, with changes: [String: String] = [:], without taken: [String] = [],
  ignoring list: IgnoreList = .empty
) -> Assessment {
  var files = Scenario.named(scenario)?.files ?? [:]
  for (name, text) in changes { files[name] = Array(text.utf8) }
  return Assessment(
    of: NodeSnapshot(reading: ScenarioBundle.bundle(of: files, without: taken)), ignoring: list)
}

extension Assessment {
  /// The rule and class of a mapping.
  func verdict(on mapping: String) -> Verdict? {
    zip(inventory.mappings, verdicts).first { $0.0.mapping.name == mapping }?.1
  }

  func rule(of mapping: String) -> String? { verdict(on: mapping)?.rule.name }

  var steps: [RemediationStep] { plan.phase1 + plan.phase2 }
}
