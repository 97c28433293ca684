import NodeState

/// A figure of the host, and whether it is too high.
struct HostFigure: Equatable {
  let label: String
  let value: String
  let state: State

  enum State: String, Equatable {
    case ok
    case high
    case veryHigh = "very high"
    /// A figure without a threshold.
    case plain = ""
  }

  /// What was collected, in the order of importance; thresholds are the page's.
  static func all(of metrics: NodeMetrics) -> [HostFigure] {
    var figures: [HostFigure] = []
    if let percent = metrics.cpuPercent {
      let cores = metrics.cpuCount.map { " of \($0) CPU\($0 == 1 ? "" : "s")" } ?? ""
      figures.append(
        HostFigure(
          label: "CPU", value: "\(rounded(percent)) %\(cores)",
          state: state(percent, .processor)))
    }
    if let percent = metrics.memoryPercent, let total = metrics.memoryTotalBytes {
      figures.append(
        HostFigure(
          label: "Memory", value: "\(rounded(percent)) % of \(gibibytes(total))",
          state: state(percent, .memory)))
    }
    if let percent = metrics.rootFilesystemPercent, let total = metrics.rootFilesystemTotalBytes {
      figures.append(
        HostFigure(
          label: "Root file system", value: "\(rounded(percent)) % of \(gibibytes(total))",
          state: state(percent, .space)))
    }
    if let load = metrics.load5 {
      figures.append(
        HostFigure(label: "Load, 5 minutes", value: "\(hundredths(load))", state: .plain))
    }
    if let seconds = metrics.uptimeSeconds {
      figures.append(HostFigure(label: "Uptime", value: duration(seconds), state: .plain))
    }
    return figures
  }

  private static func state(_ percent: Double, _ threshold: Threshold) -> State {
    switch threshold.level(of: percent) {
    case .fine: .ok
    case .high: .high
    case .veryHigh: .veryHigh
    }
  }

  private static func rounded(_ percent: Double) -> Int {
    percent.isFinite ? Int(min(max(percent, 0), 1_000_000).rounded()) : 0
  }

  /// `1.25`.
  private static func hundredths(_ value: Double) -> String {
    let number = value.isFinite ? Int((min(max(value, 0), 1e9) * 100).rounded()) : 0
    let fraction = number % 100
    return "\(number / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  /// `31.4 GiB`.
  private static func gibibytes(_ bytes: Int) -> String {
    let tenths = Int((Double(max(bytes, 0)) * 10 / 1_073_741_824).rounded())
    return "\(tenths / 10).\(tenths % 10) GiB"
  }

  /// `3 days`, `5 hours`, `12 minutes`.
  private static func duration(_ seconds: Int) -> String {
    for (length, unit) in [(86_400, "day"), (3600, "hour"), (60, "minute")]
    where seconds >= length {
      let count = seconds / length
      return "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
    return "less than a minute"
  }
}
