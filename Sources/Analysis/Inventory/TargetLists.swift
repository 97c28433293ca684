import NodeState

/// What configurations name, by what they name: references, or mentions.
struct TargetLists<Element: Sendable>: Sendable {
  /// By the number of a volume's path.
  private(set) var byPath = Chains<Element>()
  private(set) var byMappingName: [String: [Element]] = [:]
  private(set) var byDevice: [DeviceNumber: [Element]] = [:]
  /// By the number in `/dev/dm-7`.
  private(set) var byMinor: [UInt32: [Element]] = [:]
  /// By the mapping's uuid in `/dev/disk/by-id/dm-uuid-…`.
  private(set) var byUUID: [String: [Element]] = [:]

  /// Whether no mapping is named but by its volume's path.
  private var hasPathsAlone = true

  mutating func reserveCapacity(_ capacity: Int) { byPath.reserveCapacity(capacity) }

  mutating func append(_ element: Element, toPath path: Int) { byPath.append(element, to: path) }

  /// Appends what names something else than a volume by its path.
  mutating func append(_ element: Element, at target: PathTarget) {
    hasPathsAlone = false
    switch target {
    case .mapping(let name): byMappingName[name, default: []].append(element)
    case .device(let device): byDevice[device, default: []].append(element)
    case .minor(let minor): byMinor[minor, default: []].append(element)
    case .uuid(let uuid): byUUID[uuid, default: []].append(element)
    case .volume, .unresolved, .uncollected, .nothingMapped: break
    }
  }

  /// Appends to a list what names the mapping itself, by its name, number or uuid.
  func find(naming mapping: Mapping, into list: inout [Element]) {
    if hasPathsAlone { return }
    if let found = byMappingName[mapping.name] { list += found }
    if let found = byDevice[mapping.device] { list += found }
    if let found = byMinor[mapping.device.minor] { list += found }
    if !byUUID.isEmpty, let uuid = mapping.uuid?.description, let found = byUUID[uuid] {
      list += found
    }
  }
}
