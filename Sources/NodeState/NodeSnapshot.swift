import BundleFormat
import Threads

/// A node's state as one bundle shows it: every source read into types, or a gap that says why not.
public final class NodeSnapshot: Sendable {
  /// What the snapshot was read from; evidence quotes its lines.
  public let bundle: NodeBundle
  public let first: Reading
  /// The second reading of what can move; its parts are gaps where the collector took none.
  public let second: Reading
  public let lvm: LVMMetadata
  public let storages: Observed<[Storage]>
  public let guestList: Observed<GuestList>
  public let membership: Observed<Membership>
  public let tasks: Observed<[ActiveTask]>
  public let heldGuestLocks: Observed<[HeldGuestLock]>
  public let deviceUsers: Observed<[DeviceUser]>
  public let host: HostFacts
  /// Links below `/dev`: path → the device it leads to. A link that is named after a mapping, such as those
  /// in `/dev/mapper`, is left out (``namedDeviceLinks``): its path says what it leads to.
  public let deviceLinks: [String: DeviceNumber]
  private let lazyNamedLinks: Lazy<TextIndex<DeviceNumber>>
  /// Nil where it can't be used.
  let kernelList: Lazy<KernelMappingList?>
  /// What became of each source that the bundle has or should have, in the order of ``SourceID``.
  public let sources: [SourceStatus]

  /// What is read twice.
  public struct Reading: Sendable {
    public let mappings: Observed<[Mapping]>
    public let configurations: Observed<[GuestConfiguration]>
    public let machines: Observed<[MachineProcess]>
    public let containers: Observed<[ContainerSocket]>
    /// The configurations that are there but could not be read, one by one; their guests are unknown.
    public let unreadConfigurations: [UnreadConfiguration]

    public init(
      mappings: Observed<[Mapping]>, configurations: Observed<[GuestConfiguration]>,
      machines: Observed<[MachineProcess]>, containers: Observed<[ContainerSocket]>,
      unreadConfigurations: [UnreadConfiguration] = []
    ) {
      self.unreadConfigurations = unreadConfigurations
      self.mappings = mappings
      self.configurations = configurations
      self.machines = machines
      self.containers = containers
    }
  }

  /// - Parameter namedDeviceLinks: Nil where the bundle's are to be read when they are asked for.
  public init(
    bundle: NodeBundle, first: Reading, second: Reading, lvm: LVMMetadata,
    storages: Observed<[Storage]>, guestList: Observed<GuestList>,
    membership: Observed<Membership>, tasks: Observed<[ActiveTask]>,
    heldGuestLocks: Observed<[HeldGuestLock]>, deviceUsers: Observed<[DeviceUser]>,
    host: HostFacts, deviceLinks: [String: DeviceNumber],
    namedDeviceLinks: Lazy<TextIndex<DeviceNumber>>? = nil, sources: [SourceStatus]
  ) {
    self.bundle = bundle
    self.first = first
    self.second = second
    self.lvm = lvm
    self.storages = storages
    self.guestList = guestList
    self.membership = membership
    self.tasks = tasks
    self.heldGuestLocks = heldGuestLocks
    self.deviceUsers = deviceUsers
    self.host = host
    self.deviceLinks = deviceLinks
    lazyNamedLinks = namedDeviceLinks ?? Lazy { DeviceLinks.named(in: bundle) }
    self.sources = sources
    kernelList = Lazy {
      var sources = SourceReader(bundle)
      return sources.read(.sysfsDM) { text throws(ParseError) in
        try KernelMappingList(text.bytes, from: text.origin)
      }.value
    }
  }

  /// The links that ``deviceLinks`` leaves out: their form says what they lead to, unless somebody's rule for
  /// udev made them.
  ///
  /// They are nearly all of a big node's, and hardly a configuration has such a path: so they are read when
  /// asked for.
  public var namedDeviceLinks: TextIndex<DeviceNumber> { lazyNamedLinks.value }

  /// Whether there is a list of mappings; else none means nothing.
  public var areMappingsRead: Bool { first.mappings.value != nil }

  /// Whether ``deviceLinks`` has all folders of `/dev/disk`, by what the collector's plan says it looked at.
  public var hasAllDiskLinks: Bool {
    let planned = bundle.manifest.entries.first { $0.source == .devLinks }
    return planned?.origin?.split(separator: " ").contains("/dev/disk/*") ?? false
  }

  /// How much of a line is quoted: a row of lvs with a few ranges of extents is shorter.
  public static let quotedBytes = 1000

  /// Returns a line's text as written, cut to `limit` bytes; ill-formed UTF-8 is replaced.
  public func text(at location: SourceLocation, limit: Int = quotedBytes) -> String {
    String(decoding: bytes(at: location, limit: limit), as: UTF8.self)
  }

  /// Returns a line as written, cut to `limit` bytes.
  public func bytes(at location: SourceLocation, limit: Int = quotedBytes) -> ArraySlice<UInt8> {
    guard bundle.entries.indices.contains(Int(location.entry)),
      let content = bundle.entries[Int(location.entry)].content
    else { return [] }
    return content[Self.range(of: location, in: content.count, limit: limit)]
  }

  /// Returns where a line stands among an entry's bytes, cut to `limit` bytes and to what there is.
  public static func range(
    of location: SourceLocation, in count: Int, limit: Int = quotedBytes
  ) -> Range<Int> {
    let start = min(max(Int(location.start), 0), count)
    let length = min(max(Int(location.length), 0), limit, count - start)
    return start..<(start + length)
  }

  /// Returns the source that a location is in.
  public func source(of location: SourceLocation) -> SourceID? {
    guard bundle.entries.indices.contains(Int(location.entry)) else { return nil }
    return bundle.entries[Int(location.entry)].result.planned.source
  }
}
