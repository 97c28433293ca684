import NodeState

/// What makes a mapping the same one in two bundles: its uuid, or the name of one without.
struct MappingIdentity: Hashable {
  private let uuid: String?
  private let name: String

  init(name: String, uuid: String?) {
    self.uuid = uuid
    self.name = uuid == nil ? name : ""
  }

  init(_ mapping: Mapping) { self.init(name: mapping.name, uuid: mapping.uuid?.description) }
}
