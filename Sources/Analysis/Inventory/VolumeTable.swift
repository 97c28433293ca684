import BundleFormat
import NodeState

/// LVM's volumes, found by the names that their mappings have.
struct VolumeTable: Sendable {
  private let volumes: [LogicalVolume]
  /// The positions of the public volumes of trusted groups, by their mappings' names, each name once.
  private let named: [Int32]

  /// Of two volumes with one name the later counts.
  init(_ volumes: [LogicalVolume], _ groups: [LVMID: GroupTrust]?) {
    self.volumes = volumes
    var named: [Int32] = []
    named.reserveCapacity(volumes.count)
    var isSorted = true
    var group: (id: LVMID, isTrusted: Bool)?
    for (position, volume) in volumes.enumerated() {
      if group?.id != volume.groupID {
        let isTrusted = if case .trusted? = groups?[volume.groupID] { true } else { false }
        group = (volume.groupID, isTrusted)
      }
      guard group?.isTrusted == true, !volume.isInternal else { continue }
      if isSorted, let last = named.last {
        isSorted = volumes[Int(last)].mappingName < volume.mappingName
      }
      named.append(Int32(truncatingIfNeeded: position))
    }
    self.named = isSorted ? named : Self.sorted(named, volumes)
  }

  private static func sorted(_ named: [Int32], _ volumes: [LogicalVolume]) -> [Int32] {
    func name(_ position: Int32) -> String { volumes[Int(position)].mappingName }
    let sorted = named.sorted {
      let (left, right) = (name($0), name($1))
      return left == right ? $0 < $1 : left < right
    }
    var result: [Int32] = []
    result.reserveCapacity(sorted.count)
    for position in sorted {
      if let last = result.last, name(last) == name(position) { result.removeLast() }
      result.append(position)
    }
    return result
  }

  /// Returns the volume whose mapping has a name; nil when no trusted group has one.
  subscript(name: String) -> LogicalVolume? {
    var (start, end) = (0, named.count)
    while start < end {
      let middle = start + (end - start) / 2
      if volumes[Int(named[middle])].mappingName < name { start = middle + 1 } else { end = middle }
    }
    guard start < named.count, volumes[Int(named[start])].mappingName == name else { return nil }
    return volumes[Int(named[start])]
  }
}

extension VolumeTable {
  /// What LVM has for one mapping, as positions among its volumes; -1 for none.
  struct Match: Sendable {
    /// The volume with the mapping's uuid.
    var known: Int32 = -1
    /// A volume of another group with the id of the mapping's.
    var elsewhere: Int32 = -1
    /// The living volume that has the mapping's name.
    var named: Int32 = -1
    /// Whether the mapping's name is the one that LVM gives the volume with its uuid, by ``VolumePath``.
    var isPlain = false
  }

  /// Finds the volumes of mappings that are in the order of their names.
  ///
  /// Nearly every mapping's volume is the one of its name, so both lists are walked side by side; volumes
  /// are looked up by their identity only for the mappings that are left.
  func matches(of mappings: [Mapping]) -> [Match] {
    var matches: [Match] = []
    matches.reserveCapacity(mappings.count)
    var unmatched: [(position: Int, identity: VolumeIdentity)] = []
    var next = 0
    for (position, mapping) in mappings.enumerated() {
      var match = Match()
      while next < named.count {
        let volume = volumes[Int(named[next])]
        // Mostly the next volume is the one; each name is there once.
        if volume.mappingName == mapping.name {
          match.named = named[next]
          next += 1
          break
        }
        if mapping.name < volume.mappingName { break }
        next += 1
      }
      if let identity = mapping.uuid?.publicVolume {
        if match.named >= 0, volumes[Int(match.named)].identity == identity {
          match.known = match.named
        } else {
          unmatched.append((position, identity))
        }
      }
      matches.append(match)
    }
    let found = positions(of: Set(unmatched.map(\.identity.volume)))
    for (position, identity) in unmatched {
      for candidate in found[identity.volume] ?? [] {
        if volumes[Int(candidate)].groupID == identity.group {
          matches[position].known = candidate
        } else {
          matches[position].elsewhere = candidate
        }
      }
    }
    for position in matches.indices where matches[position].known >= 0 {
      let volume = volumes[Int(matches[position].known)]
      let path = VolumePath(group: volume.groupName, volume: volume.name)
      matches[position].isPlain = path.isPlainly(mappings[position].name)
    }
    return matches
  }

  /// Looks through all volumes for some ids, in whatever group.
  private func positions(of wanted: Set<LVMID>) -> [LVMID: [Int32]] {
    if wanted.isEmpty { return [:] }
    // One bit for each value that the heads' mixed bits have tells at once of most that they are not meant.
    func bit(_ id: LVMID) -> Int {
      Int(truncatingIfNeeded: (id.head &* 0x9E37_79B9_7F4A_7C15) >> 52)
    }
    var hasBit = Array(repeating: false, count: 4096)
    for id in wanted { hasBit[bit(id)] = true }
    var found: [LVMID: [Int32]] = [:]
    for (position, volume) in volumes.enumerated() {
      guard hasBit[bit(volume.id)], wanted.contains(volume.id) else { continue }
      found[volume.id, default: []].append(Int32(truncatingIfNeeded: position))
    }
    return found
  }

  /// Returns the volume at a position of a ``Match``; nil for -1.
  func volume(at position: Int32) -> LogicalVolume? {
    position < 0 ? nil : volumes[Int(position)]
  }
}
