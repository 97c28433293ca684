import Threads

/// A mapping by the kernel's own list, taken in between the two readings of dmsetup.
///
/// Source: probe `sysfs-dm`, from `/sys/block/dm-*`.
public struct KernelMapping: Hashable, Sendable {
  /// Mangled, as ``Mapping/name`` is.
  public let name: String
  public let device: DeviceNumber
  /// The devices stacked on it, of whatever driver.
  public let holders: [DeviceNumber]
  public let location: SourceLocation

  public init(
    name: String, device: DeviceNumber, holders: [DeviceNumber], location: SourceLocation
  ) {
    self.name = name
    self.device = device
    self.holders = holders
    self.location = location
  }
}

extension NodeSnapshot {
  /// Reads the kernel's own list before anybody asks for it.
  public func readKernelListAhead() { _ = kernelList.value }

  /// Reads of the kernel's own list the mappings with these names; nil where it can't be used.
  ///
  /// It is as long as dmsetup's and only a second witness, so it is read when asked for.
  public func readKernelMappings(named names: Set<String>) -> [KernelMapping]? {
    kernelList.value?.mappings(selecting: KernelMappingList.Selection(names: names))
  }

  /// Reads of the kernel's own list the mappings on which something is stacked; nil where it can't be used.
  public func readHeldKernelMappings() -> [KernelMapping]? {
    kernelList.value?.mappings(selecting: .held)
  }
}
