import BundleFormat
import NodeState

/// What holds a mapping open that no process, mount or swap explains: what is stacked on it.
///
/// Source: dmsetup's dependencies; where they show nothing, the kernel's own `holders` (sysfs-dm),
/// which also name devices of other drivers.
struct HolderIndex: Sendable {
  private var words: [DeviceNumber: String] = [:]

  /// Looks only for guests' disks that are open while no user of theirs was collected.
  init(
    of mappings: [MappingFacts], _ positions: DevicePositions, _ uses: DeviceUses,
    _ snapshot: NodeSnapshot
  ) {
    var open: Set<DeviceNumber> = []
    var isOpen = Array(repeating: false, count: mappings.count)
    for facts in mappings
    where facts.isOpen && facts.guestName != nil && !uses.has(facts.mapping.device) {
      open.insert(facts.mapping.device)
      if let position = positions[facts.mapping.device] { isOpen[position] = true }
    }
    if open.isEmpty { return }
    for facts in mappings {
      for lower in facts.mapping.dependencies {
        guard let position = positions[lower], isOpen[position] else { continue }
        words[lower] = words[lower] ?? "the mapping \(facts.mapping.name)"
      }
    }
    open.subtract(words.keys)
    if open.isEmpty { return }
    for kernel in snapshot.readKernelMappings(devices: open) ?? [] {
      guard let holder = kernel.holders.first else { continue }
      words[kernel.device] = "the device \(holder)"
    }
  }

  /// "the mapping ubuntu--vg-root"; nil where nothing is known to lie on the device.
  subscript(device: DeviceNumber) -> String? { words[device] }
}
