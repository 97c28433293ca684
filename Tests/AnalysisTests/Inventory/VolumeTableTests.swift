import NodeState
import Testing

@testable import Analysis

@Suite struct VolumeTableTests {
  private func table(_ volumes: [LogicalVolume], trusted: [String] = ["san"]) -> VolumeTable {
    VolumeTable(
      volumes,
      Dictionary(
        uniqueKeysWithValues: trusted.map { (Make.id($0), .trusted(Make.group($0))) }))
  }

  @Test func `volumes are found by their mappings' names, in whatever order LVM prints them`() {
    let names = ["vm-102-disk-0", "vm-100-disk-0", "vm-101-disk-0"]
    let found = table(names.map { Make.volume($0, sizeBytes: 1) })
    for name in names {
      #expect(found[MappingName(group: "san", volume: name).description]?.name == name)
    }
    #expect(found["san-vm--103--disk--0"] == nil && found[""] == nil)
  }

  @Test func `layers, and volumes of a group that is not trusted, are none`() {
    let volumes = [
      Make.volume("data_tdata", sizeBytes: 1, isInternal: true),
      Make.volume("vm-100-disk-0", of: "other", sizeBytes: 1),
    ]
    let found = table(volumes)
    #expect(found["san-data_tdata"] == nil && found["other-vm--100--disk--0"] == nil)
    #expect(VolumeTable(volumes, nil)["other-vm--100--disk--0"] == nil)
  }

  @Test func `of two volumes with one name the later counts`() {
    let found = table([
      Make.volume("b", sizeBytes: 1), Make.volume("a", sizeBytes: 1),
      Make.volume("b", sizeBytes: 2),
    ])
    #expect(found["san-b"]?.sizeBytes == 2)
  }

  @Test func `a mapping's volume is the one of its uuid, and its namesake the one of its name`() {
    let volumes = [Make.volume("a", sizeBytes: 1)]
    let own = "LVM-\(Make.id("san"))\(Make.id("volume"))"
    let other = "LVM-\(Make.id("san"))\(Make.id("gone"))"
    let mappings = [
      Make.mapping("san-a", device: "253:0", uuid: other),
      Make.mapping("san-b", device: "253:1", uuid: own), Make.mapping("san-c", device: "253:2"),
    ]
    let found = table(volumes)
    let matches = found.matches(of: mappings)
    #expect(matches.map(\.known) == [-1, 0, -1])
    #expect(matches.map(\.named) == [0, -1, -1])
    #expect(found.volume(at: 0)?.name == "a" && found.volume(at: -1) == nil)
  }

  @Test(arguments: [
    ("san", "vm-100-disk-0", "san-vm--100--disk--0", true), ("a-b", "c", "a--b-c", true),
    ("a-b", "c", "a-b-c", false), ("san", "vm-100", "san-vm--100-tpool", false),
    ("san", "vm", "san-vms", false), ("san", "vms", "san-vm", false), ("a-", "b", "a---b", false),
    ("a", "-b", "a---b", false), ("", "b", "-b", false), ("a", "", "a-", false),
  ])
  func `a name is plainly a volume's when it can be read in no other way`(
    group: String, volume: String, name: String, isPlain: Bool
  ) {
    #expect(VolumePath(group: group, volume: volume).isPlainly(name) == isPlain)
  }
}
