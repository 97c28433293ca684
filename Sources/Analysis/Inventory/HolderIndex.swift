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
    var isOpen = Array(repeating: false, count: mappings.count)
    var openCount = 0
    for facts in mappings
    where facts.isOpen && facts.guestName != nil && !uses.has(facts.mapping.device) {
      guard let position = positions[facts.mapping.device], !isOpen[position] else { continue }
      isOpen[position] = true
      openCount += 1
    }
    if openCount == 0 { return }
    for facts in mappings {
      let dependencies = facts.mapping.dependencies
      let devices = dependencies.span
      for index in devices.indices {
        guard let position = positions[devices[index]], isOpen[position] else { continue }
        words[devices[index]] = words[devices[index]] ?? "the mapping \(facts.mapping.name)"
      }
    }
    if words.count == openCount { return }
    var kernelsWords: [DeviceNumber: String] = [:]
    for kernel in snapshot.readHeldKernelMappings() ?? [] {
      guard let position = positions[kernel.device], isOpen[position],
        let holder = kernel.holders.first
      else { continue }
      kernelsWords[kernel.device] = "the device \(holder)"
    }
    words.merge(kernelsWords) { words, _ in words }
  }

  /// "the mapping ubuntu--vg-root"; nil where nothing is known to lie on the device.
  subscript(device: DeviceNumber) -> String? { words[device] }
}
