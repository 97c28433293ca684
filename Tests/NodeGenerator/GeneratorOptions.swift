/// What a generated node shall look like.
public struct GeneratorOptions: Hashable, Sendable {
  /// How many small stories are told, each of a guest or two, or of something left behind.
  ///
  /// With ``mappings`` given: how many guests have a configuration in the end.
  public var guests: Int
  /// About how many mappings there shall be; nil for as many as the guests happen to have.
  public var mappings: Int?
  /// How many of 100 stories are of something that is not as it should be.
  public var faultPercent: Int
  /// Stories left out, by index. All others stay as they are, but for extents and device numbers.
  public var omittedPlots: Set<Int> = []
  /// Changes that must not change a verdict.
  public var variations: Set<Variation> = []

  public init(guests: Int = 8, mappings: Int? = nil, faultPercent: Int = 50) {
    self.guests = guests
    self.mappings = mappings
    self.faultPercent = faultPercent
  }

  /// A change of a node that no verdict may depend on.
  public enum Variation: String, CaseIterable, Hashable, Sendable {
    /// Every guest has another name.
    case guestsRenamed
    /// Snapshot sections, storages, guests and tasks stand in another order.
    case sectionsReordered
    /// The rows of dmsetup and LVM stand in another order.
    case rowsReordered
    /// There are more volume groups that no storage and no guest knows.
    case unrelatedGroupsAdded
    /// There are more guests with disks of their own, as many as there are stories.
    case unrelatedMappingsDoubled
  }
}
