import BundleFormat

/// Reads what a node says of itself beside its mappings; what fails leaves its facts empty.
enum HostReader {
  static func facts(_ sources: inout SourceReader) -> HostFacts {
    var facts = HostFacts()
    readVersions(&sources, into: &facts)
    readDeviceMapper(&sources, into: &facts)
    readLists(&sources, into: &facts)
    readNeighbourhood(&sources, into: &facts)
    facts.metrics = MetricsReader.metrics(&sources)
    return facts
  }

  private static func readVersions(_ sources: inout SourceReader, into facts: inout HostFacts) {
    let pve = sources.read(.pveVersion) { text throws(ParseError) in
      try Versions.parsePVE(text.bytes.span, from: text.origin)
    }
    facts.pveVersion = pve.value?.version
    facts.kernelRelease = pve.value?.kernel
    // dpkg-query ends with 1 when it doesn't know one of the packages.
    let packages = sources.read(.packages, acceptingExitCodes: [0, 1]) { text throws(ParseError) in
      try Versions.parsePackages(text.bytes.span, from: text.origin)
    }
    facts.packageVersions = packages.value ?? [:]
  }

  private static func readDeviceMapper(
    _ sources: inout SourceReader, into facts: inout HostFacts
  ) {
    let cookies = sources.read(.dmsetupUdevcookies) { text throws(ParseError) in
      try UdevCookies.parse(text.bytes.span, from: text.origin)
    }
    facts.udevCookies = cookies.value ?? []
    let status = sources.read(.dmsetupStatus) { text throws(ParseError) in
      (
        try ThinPoolStatus.parse(text.bytes.span, from: text.origin),
        SnapshotStatus.broken(text.bytes.span, from: text.origin)
      )
    }
    facts.thinPools = status.value?.0 ?? []
    facts.brokenSnapshots = status.value?.1 ?? []
    let members = sources.read(.multipath) { text throws(ParseError) in
      try MultipathMember.parse(text.bytes.span, from: text.origin)
    }
    facts.multipathMembers = members.value ?? []
    let settings = sources.read(.lvmconfig) { text throws(ParseError) in
      (
        try LVMSettings.parse(text.bytes.span, argv: text.argv, from: text.origin),
        text.origin.location(1, 0..<text.bytes.count)
      )
    }
    facts.lvmSettings = settings.value?.0 ?? [:]
    facts.lvmSettingsLocation = settings.value?.1
  }

  private static func readLists(_ sources: inout SourceReader, into facts: inout HostFacts) {
    facts.fstab = sources.readUnlessMissing(.fstab, else: []) { text throws(ParseError) in
      TextLines.parse(text.bytes.span, skippingComments: true, from: text.origin)
    }
    facts.zpoolStatus = lines(of: .zpoolStatus, &sources)
    facts.kernelMessages = lines(of: .kernelLog, &sources)
    // systemctl ends with 3 or 4 as soon as one unit isn't active or isn't there.
    let services = sources.read(.services, acceptingExitCodes: [0, 3, 4]) {
      text throws(ParseError) in
      try ServiceStates.parse(text.bytes.span, argv: text.argv, from: text.origin)
    }
    facts.services = services.value ?? [:]
    facts.listedMachines = sources.read(.qmList) { text throws(ParseError) in
      try ListedGuest.parseMachines(text.bytes.span, from: text.origin)
    }
    facts.listedContainers = sources.read(.pctList) { text throws(ParseError) in
      try ListedGuest.parseContainers(text.bytes.span, from: text.origin)
    }
  }

  /// What the node shares with others: the cluster's votes, high availability, iSCSI targets.
  private static func readNeighbourhood(
    _ sources: inout SourceReader, into facts: inout HostFacts
  ) {
    // pvecm ends with 2 on a node of its own, iscsiadm with 21 when there is no session.
    let votes = sources.read(.clusterStatus, acceptingExitCodes: [0, 2]) {
      text throws(ParseError) in
      try QuorumVotes.parse(text.bytes.span, from: text.origin)
    }
    facts.quorumVotes = votes.value ?? nil
    let sessions = sources.read(.iscsiSessions, acceptingExitCodes: [0, 21]) {
      text throws(ParseError) in
      try ISCSISession.parse(text.bytes.span, from: text.origin)
    }
    facts.iscsiSessions = sessions.value ?? []
    facts.highAvailability = sources.files(of: .haConfig).flatMap { text in
      HighAvailabilityResource.parse(text.bytes.span, from: text.origin)
    }
  }

  private static func lines(of source: SourceID, _ sources: inout SourceReader) -> [HostFacts.Line]
  {
    let lines = sources.read(source) { text throws(ParseError) in
      TextLines.parse(text.bytes.span, skippingComments: false, from: text.origin)
    }
    return lines.value ?? []
  }
}
