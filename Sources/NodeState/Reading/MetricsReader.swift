import BundleFormat

/// Reads the host's figures; what fails stays nil.
enum MetricsReader {
  static func metrics(_ sources: inout SourceReader) -> NodeMetrics {
    var metrics = NodeMetrics()
    readProcessors(&sources, into: &metrics)
    readMemory(&sources, into: &metrics)
    readPressure(&sources, into: &metrics)
    readTimes(&sources, into: &metrics)
    readDisks(&sources, into: &metrics)
    metrics.hardwareModel = hardwareModel(&sources)
    let processes = sources.read(.topProcesses) { text throws(ParseError) in
      try NodeMetrics.ProcessUse.parse(text.bytes, from: text.origin)
    }
    metrics.topProcesses = processes.value
    return metrics
  }

  private static func readProcessors(
    _ sources: inout SourceReader, into metrics: inout NodeMetrics
  ) {
    let processors = sources.read(.cpuInfo) { text throws(ParseError) in
      try ProcFiles.processors(text.bytes.span, from: text.origin)
    }
    metrics.cpuModel = processors.value?.model
    metrics.cpuCount = processors.value?.count
    let load = sources.read(.load) { text throws(ParseError) in
      try ProcFiles.load(text.bytes.span, from: text.origin)
    }
    (metrics.load1, metrics.load5, metrics.load15) = (
      load.value?.one, load.value?.five, load.value?.fifteen
    )
  }

  private static func readMemory(_ sources: inout SourceReader, into metrics: inout NodeMetrics) {
    let memory = sources.read(.memory) { text throws(ParseError) in
      try MemoryUse.parse(text.bytes.span, from: text.origin)
    }
    metrics.memoryTotalBytes = memory.value?.totalBytes
    metrics.memoryUsedBytes = memory.value?.usedBytes
    metrics.swapTotalBytes = memory.value?.swapTotalBytes
    metrics.swapUsedBytes = memory.value?.swapUsedBytes
  }

  /// `/proc/pressure/{cpu,memory,io}`
  private static func readPressure(
    _ sources: inout SourceReader, into metrics: inout NodeMetrics
  ) {
    for text in sources.files(of: .pressure) {
      guard
        let percent = try? ProcFiles.pressurePercent(text.bytes.span, from: text.origin)
      else { continue }
      if text.origin.path.hasSuffix("/cpu") {
        metrics.cpuPressurePercent = percent
      } else if text.origin.path.hasSuffix("/memory") {
        metrics.memoryPressurePercent = percent
      } else if text.origin.path.hasSuffix("/io") {
        metrics.ioPressurePercent = percent
      }
    }
  }

  /// What takes two readings: CPU use and network traffic.
  private static func readTimes(_ sources: inout SourceReader, into metrics: inout NodeMetrics) {
    func times(_ reading: Int, _ sources: inout SourceReader) -> ProcessorTimes? {
      sources.read(.cpuStat, reading: reading) { text throws(ParseError) in
        try ProcessorTimes.parse(text.bytes.span, from: text.origin)
      }.value
    }
    func uptime(_ reading: Int, _ sources: inout SourceReader) -> Double? {
      sources.read(.uptime, reading: reading) { text throws(ParseError) in
        try ProcFiles.uptimeSeconds(text.bytes.span, from: text.origin)
      }.value
    }
    func traffic(_ reading: Int, _ sources: inout SourceReader) -> NetworkTotals? {
      sources.read(.networkTraffic, reading: reading) { text throws(ParseError) in
        try NetworkTotals.parse(text.bytes.span, from: text.origin)
      }.value
    }
    let (busy, busyLater) = (times(1, &sources), times(2, &sources))
    if let busy, let busyLater {
      metrics.cpuPercent = ProcessorTimes.busyPercent(from: busy, to: busyLater)
    }
    let (up, upLater) = (uptime(1, &sources), uptime(2, &sources))
    metrics.uptimeSeconds = up.flatMap { Int(exactly: $0.rounded(.down)) }
    if let boot = busy?.bootSeconds {
      metrics.bootedAt = Timestamp(secondsSinceEpoch: Int64(boot))
    }
    let (sent, sentLater) = (traffic(1, &sources), traffic(2, &sources))
    guard let sent, let sentLater, let up, let upLater, upLater > up else { return }
    func rate(_ from: Int, _ to: Int) -> Int? {
      to >= from ? Int(exactly: (Double(to - from) / (upLater - up)).rounded()) : nil
    }
    metrics.networkReceiveBytesPerSecond = rate(sent.receivedBytes, sentLater.receivedBytes)
    metrics.networkTransmitBytesPerSecond = rate(
      sent.transmittedBytes, sentLater.transmittedBytes)
  }

  private static func readDisks(_ sources: inout SourceReader, into metrics: inout NodeMetrics) {
    // df ends with 1 when it could not ask one of the file systems.
    let systems = sources.read(.filesystems, acceptingExitCodes: [0, 1]) {
      text throws(ParseError) in
      try NodeMetrics.FilesystemUse.parse(text.bytes.span, from: text.origin)
    }
    metrics.filesystems = systems.value
    let root = metrics.filesystems?.first { $0.mountPoint == "/" }
    metrics.rootFilesystemTotalBytes = root?.sizeBytes
    metrics.rootFilesystemUsedBytes = root?.usedBytes
    metrics.rootFilesystemAvailableBytes = root?.availableBytes
    let pools = sources.read(.zpoolList) { text throws(ParseError) in
      try NodeMetrics.ZpoolUse.parse(text.bytes.span, from: text.origin)
    }
    let isWithoutZFS = sources.bundle.entry(of: .zpoolList)?.result.status == .missing
    metrics.zpools = pools.value ?? (isWithoutZFS ? [] : nil)
  }

  /// The maker and the product, `Dell Inc. PowerEdge R740`.
  private static func hardwareModel(_ sources: inout SourceReader) -> String? {
    var (vendor, product) = ("", "")
    for text in sources.files(of: .hardware) {
      let bytes = text.bytes.span
      let value = bytes.text(bytes.trimmed(0..<bytes.count))
      if text.origin.path.hasSuffix("/sys_vendor") { vendor = value }
      if text.origin.path.hasSuffix("/product_name") { product = value }
    }
    let words = [vendor, product].filter { !$0.isEmpty }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
