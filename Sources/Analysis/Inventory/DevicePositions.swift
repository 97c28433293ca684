import NodeState

/// The position of each mapping by its device number.
///
/// The kernel gives mappings one major number and small minor ones, so a table by minor number serves
/// nearly all questions without hashing; every mapping's dependencies are looked up here.
public struct DevicePositions: Sendable {
  /// The major number of the first mapping.
  private let major: UInt32?
  /// Positions by minor number, of that major number; -1 for none.
  private var byMinor: [Int32] = []
  /// Those of other major numbers: none on a real node.
  private var others: [DeviceNumber: Int] = [:]

  /// Of two mappings with one number, which no kernel has, the first counts.
  init(_ mappings: [Mapping]) {
    major = mappings.first?.device.major
    let last = mappings.lazy.map(\.device.minor).max() ?? 0
    byMinor = Array(repeating: -1, count: mappings.isEmpty ? 0 : Int(last) + 1)
    for (position, mapping) in mappings.enumerated() where self[mapping.device] == nil {
      if mapping.device.major == major {
        byMinor[Int(mapping.device.minor)] = Int32(truncatingIfNeeded: position)
      } else {
        others[mapping.device] = position
      }
    }
  }

  /// The position in ``Inventory/mappings``; nil for a device that is no mapping.
  public subscript(device: DeviceNumber) -> Int? {
    if device.major == major {
      guard device.minor < byMinor.count else { return nil }
      let position = byMinor[Int(device.minor)]
      return position < 0 ? nil : Int(position)
    }
    return others.isEmpty ? nil : others[device]
  }
}
