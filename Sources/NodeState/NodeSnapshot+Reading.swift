import BundleFormat
import Threads

extension NodeSnapshot {
  /// Reads a bundle into types.
  ///
  /// It always succeeds: a source that is missing, failed, was altered or cannot be understood becomes
  /// a gap, with the reason beside it, and the rest of the node is still known.
  public convenience init(reading bundle: NodeBundle) {
    // Two halves of about the same weight that share no source, and what whoever is ready first reads: each
    // from another end.
    let others = Lazy { Others(reading: bundle) }
    let links = Lazy { Links(reading: bundle) }
    let guests = Lazy { Guests(reading: bundle) }
    let running = Lazy { Running(reading: bundle) }
    let namedLinks = Lazy { DeviceLinks.named(in: bundle) }
    let (moving, resting) = Parallel.both(ifWorthwhile: bundle.sizeBytes >= 1 << 19) {
      let moving = Moving(reading: bundle)
      // What a configuration's path leads to will be asked.
      if moving.first.configurations.hasPaths { _ = namedLinks.value }
      _ = (links.value, others.value, guests.value, running.value)
      return moving
    } _: {
      let resting = Resting(reading: bundle)
      _ = (running.value, guests.value, others.value, links.value)
      return resting
    }
    let sources = [
      moving.sources, resting.sources, guests.value.sources, running.value.sources,
      others.value.sources, links.value.sources,
    ]
    self.init(
      bundle: bundle, first: moving.first.joined(with: running.value.first),
      second: moving.second.joined(with: running.value.second), lvm: resting.lvm,
      storages: others.value.storages, guestList: guests.value.list,
      membership: others.value.membership, tasks: others.value.tasks,
      heldGuestLocks: guests.value.locks, deviceUsers: guests.value.deviceUsers,
      host: others.value.host, deviceLinks: links.value.devices, namedDeviceLinks: namedLinks,
      sources: SourceReader.joining(sources).allStatuses)
  }

  /// The mappings and the guests' configurations, which are most of what is read twice.
  private struct Moving {
    let first: Part
    let second: Part
    let sources: SourceReader

    struct Part {
      let mappings: Observed<[Mapping]>
      let configurations: ConfigurationReader

      func joined(with guests: RunningGuestsReader) -> Reading {
        Reading(
          mappings: mappings, configurations: configurations.configurations,
          machines: guests.machines, containers: guests.containers,
          unreadConfigurations: configurations.unread)
      }
    }

    init(reading bundle: NodeBundle) {
      var sources = SourceReader(bundle)
      var mappings = MappingReader(&sources, reading: 1)
      first = Part(
        mappings: mappings.mappings(&sources),
        configurations: ConfigurationReader(&sources, reading: 1))
      var later = MappingReader(&sources, reading: 2)
      second = Part(
        mappings: later.mappings(&sources, repeating: mappings),
        configurations: ConfigurationReader(&sources, reading: 2, first: first.configurations))
      self.sources = sources
    }
  }

  /// LVM's metadata, which is most of what is read once.
  private struct Resting: Sendable {
    let lvm: LVMMetadata
    let sources: SourceReader

    init(reading bundle: NodeBundle) {
      var sources = SourceReader(bundle)
      lvm = NodeSnapshot.lvm(&sources)
      self.sources = sources
    }
  }

  /// The guests that there are, and what uses devices.
  private struct Guests: Sendable {
    let list: Observed<GuestList>
    let locks: Observed<[HeldGuestLock]>
    let deviceUsers: Observed<[DeviceUser]>
    let sources: SourceReader

    init(reading bundle: NodeBundle) {
      var sources = SourceReader(bundle)
      list = sources.read(.pveVmlist) { text throws(ParseError) in
        try GuestList.parse(text.bytes, from: text.origin)
      }
      locks = sources.read(.guestLocks) { text throws(ParseError) in
        try HeldGuestLock.parse(text.bytes, from: text.origin)
      }
      deviceUsers = sources.read(.deviceUsers) { text throws(ParseError) in
        try DeviceUser.parse(text.bytes, from: text.origin)
      }
      self.sources = sources
    }
  }

  /// The guests that run.
  private struct Running: Sendable {
    let first: RunningGuestsReader
    let second: RunningGuestsReader
    let sources: SourceReader

    init(reading bundle: NodeBundle) {
      var sources = SourceReader(bundle)
      first = RunningGuestsReader(&sources)
      second = RunningGuestsReader(&sources, first: first)
      self.sources = sources
    }
  }

  /// The links whose names don't say what they lead to.
  private struct Links: Sendable {
    let devices: [String: DeviceNumber]
    let sources: SourceReader

    init(reading bundle: NodeBundle) {
      var sources = SourceReader(bundle)
      devices =
        sources.read(.devLinks) { text throws(ParseError) in
          try DeviceLinks.parse(text.bytes, from: text.origin)
        }.value ?? [:]
      self.sources = sources
    }
  }

  /// The storages, the cluster and the host.
  private struct Others: Sendable {
    let storages: Observed<[Storage]>
    let membership: Observed<Membership>
    let tasks: Observed<[ActiveTask]>
    let host: HostFacts
    let sources: SourceReader

    init(reading bundle: NodeBundle) {
      var sources = SourceReader(bundle)
      storages = sources.read(.storageCfg) { text throws(ParseError) in
        try Storage.parse(text.bytes.span, from: text.origin)
      }
      membership = sources.read(.pveMembers) { text throws(ParseError) in
        try Membership.parse(text.bytes, from: text.origin)
      }
      tasks = NodeSnapshot.tasks(&sources)
      host = HostReader.facts(&sources)
      NodeSnapshot.lookAtOthers(&sources)
      self.sources = sources
    }
  }

  private static func lvm(_ sources: inout SourceReader) -> LVMMetadata {
    var warnings: [LVMWarning] = []
    for source in [SourceID.lvs, .vgs, .pvs] {
      guard let entry = sources.bundle.entry(of: source) else { continue }
      let text = entry.standardError
      warnings += LVMWarning.parse(text.span)
    }
    return LVMMetadata(
      volumes: sources.read(.lvs) { text throws(ParseError) in
        try LogicalVolume.parse(text.bytes, from: text.origin)
      },
      groups: sources.read(.vgs) { text throws(ParseError) in
        try VolumeGroup.parse(text.bytes, from: text.origin)
      },
      physicalVolumes: sources.read(.pvs) { text throws(ParseError) in
        try PhysicalVolume.parse(text.bytes, from: text.origin)
      }, warnings: warnings)
  }

  /// The tasks of both readings; without a file, no task was ever started.
  private static func tasks(_ sources: inout SourceReader) -> Observed<[ActiveTask]> {
    let first = sources.readUnlessMissing(.tasksActive, else: []) { text throws(ParseError) in
      try ActiveTask.parse(text.bytes.span, from: text.origin)
    }
    let second = sources.read(.tasksActive, reading: 2) { text throws(ParseError) in
      try ActiveTask.parse(text.bytes.span, from: text.origin)
    }
    guard case .present(let tasks) = first, case .present(let later) = second else { return first }
    return .present(ActiveTask.joining(tasks, later))
  }

  /// Looks at the sources that nothing is read from here, for what became of them.
  private static func lookAtOthers(_ sources: inout SourceReader) {
    for source in [SourceID.bootID, .machineID] {
      let _: Observed<Void> = sources.read(source) { text throws(ParseError) in
        let bytes = text.bytes.span
        if bytes.trimmed(0..<bytes.count).isEmpty {
          throw text.origin.expected("an id", in: bytes, 0..<0, line: 1)
        }
      }
    }
    // Read when asked for: sysfs-dm, lsblk, lvm-backup. Kept for people: the rest.
    for source in [SourceID.dmsetupTargets, .sysfsDM, .lsblk, .replicationConfig] {
      _ = sources.text(of: source)
    }
    _ = sources.files(of: .lvmBackup)
  }
}
