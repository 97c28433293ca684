/// One story of a node: a guest as it should be, or one thing that went wrong.
///
/// Each writes down what it leaves behind, and what the rules call that.
struct Plot: Sendable {
  let name: String
  let needs: Set<Need>
  let tell: @Sendable (inout Scene) -> Void

  init(
    _ name: String, needs: Set<Need> = [], _ tell: @escaping @Sendable (inout Scene) -> Void
  ) {
    self.name = name
    self.needs = needs
    self.tell = tell
  }

  /// What a node must have for a story.
  enum Need: Hashable {
    /// Another node in the cluster.
    case otherNode
    case place(Scene.PlaceKind)
    /// Two thin pools in one group.
    case secondPool
    case multipath
    /// Stories that make a group of their own are told a few times on any node.
    case roomForGroup
    /// A node works at a few dozen tasks at most.
    case roomForTask
  }

  static let healthy = asItShouldBe + volumesOfManyKinds
  static let faulty =
    worthAWord + goneVolumes + otherVolumes + otherTables + otherGuests + leftBehind + noGuests
    + twice + notNow + notGuests

  func isPossible(in world: World) -> Bool {
    needs.allSatisfy { need in
      switch need {
      case .otherNode: !world.otherNodes.isEmpty
      case .place(let kind): world.places.contains { Scene.fits($0, kind) }
      case .secondPool:
        world.places.count { $0.isThin && $0.group === world.groups[0] } > 1
      case .multipath: !world.multipathMaps.isEmpty
      case .roomForGroup: world.groups.count < 24
      case .roomForTask: world.tasks.count < 32
      }
    }
  }
}
