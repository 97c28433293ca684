import BundleFormat
import NodeGenerator
import NodeState
import Testing

@testable import Analysis

/// Traits over generated nodes: what a rule asks first must be what its question would find.
struct MappingTraitsTests {
  private func inventories() -> [Inventory] {
    (0..<UInt64(Trials.count(300))).map { seed in
      let node = GeneratedNode(seed: seed, options: GeneratorOptions(guests: 12, faultPercent: 60))
      return Inventory.joining(NodeSnapshot(reading: node.bundle))
    }
  }

  @Test func `traits of the metadata and the kernel say what the facts say`() {
    for inventory in inventories() {
      for facts in inventory.mappings {
        let traits = facts.traits
        let name = facts.mapping.name
        #expect(traits.contains(.withoutUUID) == (facts.mapping.uuid == nil), "\(name)")
        #expect(traits.contains(.publicVolume) == (facts.mapping.uuid?.publicVolume != nil))
        #expect(traits.contains(.multipath) == (facts.mapping.uuid?.origin == .multipath))
        #expect(traits.contains(.crypt) == (facts.mapping.uuid?.origin == .crypt), "\(name)")
        #expect(traits.contains(.known) == (facts.volume != nil), "\(name)")
        #expect(traits.contains(.ghost) == facts.isGhost, "\(name)")
        #expect(traits.contains(.confirmed) == facts.isConfirmed, "\(name)")
        #expect(
          traits.contains(.otherName) == (facts.volume.map { $0.mappingName != name } ?? false),
          "\(name)")
        #expect(
          facts.hasPlainName == (facts.volume != nil && facts.path?.isPlainly(name) == true),
          "\(name)")
        #expect(traits.contains(.namesake) == (facts.namesake != nil), "\(name)")
        #expect(traits.contains(.open) == facts.isOpen, "\(name)")
        #expect(traits.contains(.managed) == !facts.storages.isEmpty, "\(name)")
        #expect(
          traits.contains(.thin) == (facts.volume?.attributes.hasPrefix("V") ?? false), "\(name)")
        if facts.guestName == nil { #expect(traits.contains(.hosts), "\(name)") }
      }
    }
  }

  @Test func `traits of the configurations say what the references and the processes say`() {
    for inventory in inventories() {
      for facts in inventory.mappings {
        let traits = facts.traits
        let name = facts.mapping.name
        let counting = facts.references.filter(\.counts)
        let here = counting.filter { $0.configuration.node == inventory.nodeName }
        let guests = inventory.guests
        #expect(traits.contains(.referenced) == !counting.isEmpty, "\(name)")
        #expect(traits.contains(.referencedHere) == !here.isEmpty, "\(name)")
        #expect(
          traits.contains(.running) == here.contains { guests.runs($0.configuration.id) }, "\(name)"
        )
        #expect(
          traits.contains(.withProcess) == here.contains { guests.hasProcess($0.configuration.id) },
          "\(name)")
        #expect(traits.contains(.foreign) == (counting.count < facts.references.count), "\(name)")
        #expect(traits.contains(.mentioned) == !facts.countingMentions.isEmpty, "\(name)")
        #expect(
          traits.contains(.named) == (!counting.isEmpty || !facts.countingMentions.isEmpty),
          "\(name)")
        #expect(
          facts.hasPlainName
            == (facts.volume != nil
              && facts.path.map {
                MappingName(group: $0.group, volume: $0.volume).description == name
              } ?? false),
          "\(name)")
      }
    }
  }

  @Test func `where a device is no question, nothing is amiss with it`() {
    for inventory in inventories() {
      for facts in inventory.mappings {
        let name = facts.mapping.name
        if !facts.traits.contains(.perhapsDead) {
          #expect(facts.mapping.table.value?.contains { $0.kind == .error } != true, "\(name)")
          for device in facts.mapping.dependencies {
            #expect(inventory.presence(of: device, below: facts.mapping.device) == true, "\(name)")
          }
        }
        if !facts.traits.contains(.onPath) {
          for map in inventory.multipathMaps {
            #expect(Set(map.mapping.dependencies).isDisjoint(with: facts.mapping.dependencies))
          }
        }
        guard !facts.traits.contains(.perhapsInsideGuest),
          case .volume(let identity, _)? = facts.mapping.uuid?.origin
        else { continue }
        #expect(inventory.guestVolume(below: facts, otherThan: identity.group) == nil, "\(name)")
        #expect(inventory.disks.groupsInsideGuests[identity.group] == nil, "\(name)")
      }
    }
  }
}
