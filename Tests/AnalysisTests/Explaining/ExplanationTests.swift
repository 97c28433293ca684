import BundleFormat
import NodeState
import SmallNode
import Testing

@testable import Analysis

struct ExplanationTests {
  private let assessment = Assessment(of: NodeSnapshot(reading: SmallNode.withGhost.bundle))

  @Test(arguments: [
    "ssd-vm--105--disk--0", "/dev/mapper/ssd-vm--105--disk--0", "253:1",
    "LVM-\(SmallNode.groupID)\(SmallNode.ghostID)",
  ])
  func `a mapping is found by name, path, number and uuid`(text: String) {
    guard case .mapping(let mapping)? = assessment.explanation(of: text) else {
      Issue.record("no mapping")
      return
    }
    #expect(mapping.path.verdict.rule.name == "ghost-mapping")
    guard case .planned(let step) = mapping.step else {
      Issue.record("no step")
      return
    }
    #expect(step.phase == 2)
  }

  @Test(arguments: ["ssd:vm-100-disk-0", "ssd/vm-100-disk-0", "/dev/ssd/vm-100-disk-0"])
  func `a volume is found by storage and by group`(text: String) {
    guard case .volume(let volume)? = assessment.explanation(of: text) else {
      Issue.record("no volume")
      return
    }
    #expect(volume.volumes.count == 1)
    #expect(volume.references.count == 1)
    #expect(volume.mappings.map(\.path.verdict.rule.name) == ["running-disk"])
    #expect(volume.distrust == nil)
  }

  @Test func `a volume that LVM lost is known by its mapping`() {
    guard case .volume(let volume)? = assessment.explanation(of: "ssd/vm-105-disk-0") else {
      Issue.record("no volume")
      return
    }
    #expect(volume.volumes.isEmpty)
    #expect(volume.mappings.map(\.path.verdict.rule.name) == ["ghost-mapping"])
  }

  @Test func `a guest has its configuration, its state and its disks`() {
    guard case .guest(let guest)? = assessment.explanation(of: "100") else {
      Issue.record("no guest")
      return
    }
    #expect(guest.configurations.count == 1)
    #expect(guest.configurations.first?.state == .running)
    #expect(
      guest.configurations.first?.disks.first?.mappings.map(\.verdict.rule.name)
        == ["running-disk"])
    #expect(guest.runningEvidence != nil)
    #expect(guest.otherMappings.isEmpty)
  }

  @Test func `a guest that is gone is known by what it left`() {
    guard case .guest(let guest)? = assessment.explanation(of: "105") else {
      Issue.record("no guest")
      return
    }
    #expect(guest.configurations.isEmpty)
    #expect(guest.otherMappings.map(\.verdict.rule.name) == ["ghost-mapping"])
  }

  @Test(arguments: ["", "106", "ssd:vm-106-disk-0", "none:vm-100-disk-0", "a/b/c", "253:99", "x"])
  func `what the node does not know has no explanation`(text: String) {
    #expect(assessment.explanation(of: text) == nil)
  }

  @Test func `near names are suggested, the nearest first`() {
    #expect(
      assessment.names(near: "ssd-vm--104--disk--0")
        == ["ssd-vm--100--disk--0", "ssd-vm--105--disk--0"])
    #expect(assessment.names(near: "ssd:vm-100-disk-1").first == "ssd:vm-100-disk-0")
    #expect(assessment.names(near: "nothing like it").isEmpty)
  }

  @Test func `a disk that is not on an LVM storage is said to be outside`() throws {
    var node = SmallNode()
    node.configurations["pve1/qemu-server/100.conf"]! += "scsi1: dir1:100/vm-100-disk-1.qcow2\n"
    node.texts[.storageCfg]! += "\ndir: dir1\n\tpath /srv\n\tcontent images\n"
    let assessment = Assessment(of: NodeSnapshot(reading: node.bundle))
    guard case .guest(let guest)? = assessment.explanation(of: "100") else {
      Issue.record("no guest")
      return
    }
    let disk = try #require(guest.configurations.first?.disks.last)
    #expect(disk.outside == "the storage dir1 is of type dir: no device mapper")
  }

  @Test func `why there is no step is said`() {
    func standing(_ node: SmallNode) -> String? {
      let assessment = Assessment(of: NodeSnapshot(reading: node.bundle))
      guard case .none(let why) = assessment.mappingExplanation(at: 0).step else { return nil }
      return why
    }
    #expect(standing(SmallNode()) == "it is as it should be")
    var unknown = SmallNode()
    unknown.lacking = [.lvs]
    #expect(standing(unknown) == "nothing is offered for what is not known")
  }

  @Test func `words that a few letters keep apart are near`() {
    #expect(NearNames.distance(Array("kitten".utf8), Array("sitting".utf8)) == 3)
    #expect(NearNames.distance([], Array("abc".utf8)) == 3)
    #expect(
      NearNames.suggestions(for: "ghost", among: ["ghost-mapping", "crypt"]) == ["ghost-mapping"])
    #expect(NearNames.question([]) == "")
    #expect(NearNames.question(["a"]) == "; do you mean a?")
    #expect(NearNames.question(["a", "b", "c"]) == "; do you mean a, b or c?")
  }
}
