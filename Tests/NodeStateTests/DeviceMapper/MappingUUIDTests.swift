import Testing

@testable import NodeState

@Suite struct MappingUUIDTests {
  private static let ids = "onzWOwuCoUJ2IChSWD69SNBQSA58VkxOmGOdWlEC4VQjtILoaaCBR5yqxG3K0d9a"

  private func origin(_ text: String) -> MappingUUID.Origin? { MappingUUID(text)?.origin }

  @Test(arguments: [
    "LVM-\(ids)", "LVM-\(ids)-tpool", "LVM-\(ids)-", "LVM-\(ids)x", "LVM-short",
    "part12-LVM-\(ids)", "part0-x", "partx", "mpath-3600", "CRYPT-LUKS2-a", "other",
  ])
  func `a uuid prints as it was read, and equals itself alone`(text: String) {
    #expect(MappingUUID(text)?.description == text)
    #expect(MappingUUID(text) == MappingUUID(text))
    #expect(MappingUUID(text) != MappingUUID(text + "y"))
  }

  @Test func `the maker is told by the form`() throws {
    let group = try #require(LVMID("onzWOwuCoUJ2IChSWD69SNBQSA58VkxO"))
    let volume = try #require(LVMID("mGOdWlEC4VQjtILoaaCBR5yqxG3K0d9a"))
    let identity = VolumeIdentity(group: group, volume: volume)
    let ids = Self.ids
    #expect(origin("LVM-\(ids)") == .volume(identity, layer: nil))
    #expect(MappingUUID("LVM-\(ids)")?.publicVolume == identity)
    #expect(MappingUUID("LVM-\(ids)") == MappingUUID(of: identity))
    #expect(origin("LVM-\(ids)-tpool") == .volume(identity, layer: "tpool"))
    #expect(MappingUUID("LVM-\(ids)-tpool")?.publicVolume == nil)
    #expect(origin("part12-LVM-\(ids)") == .partition(number: 12, parent: "LVM-\(ids)"))
    #expect(origin("mpath-3600") == .multipath)
    #expect(origin("CRYPT-LUKS2-a") == .crypt)
    for odd in ["LVM-\(ids)-", "LVM-\(ids)x", "LVM-short", "part0-x", "partx", "a"] {
      #expect(origin(odd) == .other, "\(odd)")
    }
    #expect(MappingUUID("") == nil)
  }
}
