/// A logical volume while the node is being made up.
final class Volume {
  let group: Group
  var name: String
  /// 32 characters without hyphens.
  let id: String
  var kind: Kind
  var extentCount: Int
  var tags = ""
  var origin = ""
  var skipsActivation = false
  var isReadOnly = false
  var hasAutoactivation: Bool
  /// Seconds since the epoch.
  var createdAt: Int64
  var host: String

  enum Kind {
    case thick([Segment])
    case thin(pool: Pool, id: Int)
    case pool(Pool)
    /// A layer of a pool: the name of the pool for `lv_parent`, or none for the spare.
    case layer(Layer, [Segment], parent: String)
  }

  enum Layer { case data, metadata, spare }

  init(
    group: Group, name: String, id: String, kind: Kind, extentCount: Int, createdAt: Int64,
    host: String
  ) {
    self.group = group
    self.name = name
    self.id = id
    self.kind = kind
    self.extentCount = extentCount
    self.createdAt = createdAt
    self.host = host
    hasAutoactivation = group.isLegacy
  }

  var isInternal: Bool {
    if case .layer = kind { true } else { false }
  }

  var segments: [Segment] {
    switch kind {
    case .thick(let segments), .layer(_, let segments, _): segments
    case .thin, .pool: []
    }
  }

  var sectorCount: Int { extentCount * Group.extentSectors }
  var path: String { "/dev/\(group.name)/\(name)" }
  var mappingName: String { Volume.mappingName(group: group.name, volume: name) }
  var uuid: String { "LVM-\(group.id)\(id)" }

  /// Source: LVM2 `libdm/libdm-string.c`, `dm_build_dm_name`.
  static func mappingName(group: String, volume: String, layer: String? = nil) -> String {
    func doubled(_ text: String) -> String {
      text.split(separator: "-", omittingEmptySubsequences: false).joined(separator: "--")
    }
    let name = "\(doubled(group))-\(doubled(volume))"
    return layer.map { "\(name)-\(doubled($0))" } ?? name
  }
}

/// A thin pool.
final class Pool {
  let group: Group
  let name: String
  let id: String
  /// The mapping that thin volumes lie on.
  var layer: Mapping?

  init(group: Group, name: String, id: String) {
    self.group = group
    self.name = name
    self.id = id
  }
}
