import Analysis
import BundleFormat
import NodeState

/// How the host itself is: load, memory, disks, network, versions, services, guests.
struct HostSection {
  private let index: PageIndex

  init(_ index: PageIndex) { self.index = index }

  private var host: HostFacts { index.snapshot.host }
  private var metrics: NodeMetrics { index.snapshot.host.metrics }

  func write(to html: inout HTMLWriter) {
    html.section(.host) { html in
      html.markup("<div class=\"gauges\">\n")
      for gauge in gauges { gauge.write(to: &html) }
      html.markup("</div>\n<dl class=\"host\">\n")
      for (term, words) in facts where !words.isEmpty {
        html.markup("<div>")
        html.element("dt", text: term)
        html.element("dd", text: words)
        html.markup("</div>\n")
      }
      html.markup("</dl>\n")
      writeUse(filesystems, caption: "File systems", name: "Mounted at", to: &html)
      writeUse(pools, caption: "ZFS pools", name: "Pool", to: &html)
      writeProcesses(to: &html)
    }
  }

  /// A share that has a threshold, with the words that explain it.
  private struct Gauge {
    let name: String
    let percent: Double?
    let words: String
    let threshold: Threshold

    func write(to html: inout HTMLWriter) {
      html.markup("<div class=\"gauge\"><h3>")
      html.text(name)
      html.markup("</h3><p><b>")
      html.text(percent.map(Quantity.percent) ?? "unknown")
      html.markup("</b> ")
      if let percent { html.badge(threshold.level(of: percent)) }
      html.markup("</p>")
      if let percent { MeterPicture(percent, of: name, threshold: threshold).write(to: &html) }
      html.markup("<p class=\"note\">")
      html.text(words)
      html.markup("</p></div>\n")
    }
  }

  private static func percent(_ used: Int?, of total: Int?) -> Double? {
    guard let used, let total, total > 0 else { return nil }
    return Double(used) * 100 / Double(total)
  }

  private static func share(_ used: Int?, of total: Int?) -> String {
    guard let used, let total else { return "not collected" }
    return "\(Quantity.bytes(used)) of \(Quantity.bytes(total))"
  }

  private var gauges: [Gauge] {
    let processors = metrics.cpuCount.map { Quantity.of($0, "CPU") }
    var gauges = [
      Gauge(
        name: "CPU use", percent: metrics.cpuPercent,
        words: [processors, metrics.cpuModel].compactMap { $0 }.joined(separator: ", "),
        threshold: .processor),
      Gauge(
        name: "Memory", percent: metrics.memoryPercent,
        words: Self.share(metrics.memoryUsedBytes, of: metrics.memoryTotalBytes),
        threshold: .memory),
      Gauge(
        name: "Load per CPU",
        percent: metrics.load1.flatMap { load in
          metrics.cpuCount.map { load * 100 / Double(max(1, $0)) }
        },
        words: loads.isEmpty ? "not collected" : "\(loads) over 1, 5 and 15 minutes",
        threshold: .load),
      Gauge(
        name: "Root file system",
        percent: metrics.rootFilesystemPercent,
        words: Self.share(metrics.rootFilesystemUsedBytes, of: metrics.rootFilesystemTotalBytes),
        threshold: .space),
    ]
    if metrics.swapTotalBytes != 0 {
      gauges.insert(
        Gauge(
          name: "Swap", percent: Self.percent(metrics.swapUsedBytes, of: metrics.swapTotalBytes),
          words: Self.share(metrics.swapUsedBytes, of: metrics.swapTotalBytes), threshold: .swap),
        at: 2)
    }
    for (name, percent) in [
      ("CPU pressure", metrics.cpuPressurePercent),
      ("Memory pressure", metrics.memoryPressurePercent),
      ("I/O pressure", metrics.ioPressurePercent),
    ] {
      guard let percent else { continue }
      gauges.append(
        Gauge(
          name: name, percent: percent, words: "of a minute, some work stood still",
          threshold: .pressure))
    }
    return gauges
  }

  private var loads: String {
    [metrics.load1, metrics.load5, metrics.load15].compactMap { $0.map(Quantity.hundredths) }
      .joined(separator: ", ")
  }

  private var facts: [(String, String)] {
    let failing = host.services.filter { $0.value != "active" }.sorted { $0.key < $1.key }
    return [
      ("Up for", metrics.uptimeSeconds.map { Quantity.duration(seconds: $0) } ?? "not collected"),
      ("Booted", metrics.bootedAt.map(PageHeader.words) ?? "not collected"),
      ("Proxmox VE", host.pveVersion ?? "not collected"),
      ("Kernel", host.kernelRelease ?? "not collected"),
      ("Hardware", metrics.hardwareModel ?? "not collected"),
      ("Guests", guestWords),
      ("LVM", lvmWords),
      ("ZFS", zfsWords),
      ("Network", networkWords),
      ("Swap", metrics.swapTotalBytes == 0 ? "none" : ""),
      ("Quorum", quorumWords),
      (
        "Services",
        host.services.isEmpty
          ? "not collected"
          : failing.isEmpty
            ? "\(Quantity.of(host.services.count, "service")) asked, all active"
            : failing.map { "\($0.key) is \($0.value)" }.joined(separator: ", ")
      ),
    ]
  }

  private var guestWords: String {
    if let distrust = index.assessment.inventory.distrust { return "unknown: \(distrust)" }
    let here = index.roster.guests.filter { $0.configuration?.node == index.nodeName }
    return [GuestKind.virtualMachine, .container].map { kind in
      let guests = here.filter { $0.configuration?.kind == kind }
      let running = guests.count { $0.state == .running }
      return "\(Quantity.of(guests.count, kind.noun)), \(Quantity.count(running)) running"
    }.joined(separator: "; ")
  }

  private var lvmWords: String {
    let lvm = index.snapshot.lvm
    guard let groups = lvm.groups.value else { return "not collected" }
    let volumes = (lvm.volumes.value ?? []).count { !$0.isInternal }
    let free = groups.reduce(0) { $0 &+ max(0, $1.freeBytes) }
    return "\(Quantity.of(groups.count, "group")), \(Quantity.of(volumes, "volume")), "
      + "\(Quantity.bytes(free)) free"
  }

  private var zfsWords: String {
    guard let pools = metrics.zpools else { return "not collected" }
    if pools.isEmpty { return "no pool" }
    let sick = pools.filter { $0.health != "ONLINE" }
    return sick.isEmpty
      ? "\(Quantity.of(pools.count, "pool")), all online"
      : sick.map { "\($0.name) is \($0.health)" }.joined(separator: ", ")
  }

  private var networkWords: String {
    guard let received = metrics.networkReceiveBytesPerSecond,
      let sent = metrics.networkTransmitBytesPerSecond
    else { return "not collected" }
    return "\(Quantity.bytes(received))/s in, \(Quantity.bytes(sent))/s out"
  }

  private var quorumWords: String {
    guard let membership = index.snapshot.membership.value else { return "not collected" }
    guard let cluster = membership.cluster else { return "a node of its own" }
    return "\(cluster.isQuorate ? "quorate" : "lost"), "
      + "\(Quantity.of(cluster.nodes.count, "node")) in \(cluster.name)"
  }

  // MARK: Disks and processes

  /// Something that has a size.
  private struct Use {
    let name: String
    let kind: String
    let usedBytes: Int
    let sizeBytes: Int
  }

  private var filesystems: [Use] {
    (metrics.filesystems ?? []).map {
      Use(name: $0.mountPoint, kind: $0.type, usedBytes: $0.usedBytes, sizeBytes: $0.sizeBytes)
    }
  }

  private var pools: [Use] {
    (metrics.zpools ?? []).map {
      Use(name: $0.name, kind: $0.health, usedBytes: $0.usedBytes, sizeBytes: $0.sizeBytes)
    }
  }

  private func writeUse(
    _ uses: [Use], caption: String, name: String, to html: inout HTMLWriter
  ) {
    guard !uses.isEmpty else { return }
    html.markup("<table class=\"use\"><caption>")
    html.text(caption)
    html.markup("</caption>\n<thead><tr><th scope=\"col\">")
    html.text(name)
    html.markup(
      """
      </th><th scope="col">Kind</th><th scope="col">Used</th><th scope="col" class="n">Of</th></tr></thead>
      <tbody>

      """)
    for use in uses {
      html.markup("<tr><th scope=\"row\">")
      html.code(use.name)
      html.markup("</th>")
      html.element("td", text: use.kind)
      html.markup("<td>")
      if let percent = Self.percent(use.usedBytes, of: use.sizeBytes) {
        html.markup("<span class=\"share\">")
        MeterPicture(percent, of: use.name, threshold: .space).write(to: &html)
        html.markup(" ")
        html.text(Quantity.percent(percent))
        let level = Threshold.space.level(of: percent)
        if level != .fine {
          html.markup(" ")
          html.badge(level)
        }
        html.markup("</span>")
      } else {
        html.text("unknown")
      }
      html.markup("</td>")
      html.element("td", [("class", "n")], text: Quantity.bytes(use.sizeBytes))
      html.markup("</tr>\n")
    }
    html.markup("</tbody></table>\n")
  }

  private func writeProcesses(to html: inout HTMLWriter) {
    guard let processes = metrics.topProcesses, !processes.isEmpty else { return }
    html.markup(
      """
      <table class="processes"><caption>Busiest processes while collecting</caption>
      <thead><tr><th scope="col">Process</th><th scope="col" class="n">Number</th>\
      <th scope="col" class="n">CPU</th><th scope="col" class="n">Memory</th></tr></thead>
      <tbody>

      """)
    for process in processes {
      html.markup("<tr><th scope=\"row\">")
      html.code(process.name)
      html.markup("</th>")
      for figure in [
        "\(process.pid)", Quantity.percent(process.cpuPercent),
        Quantity.bytes(process.residentBytes),
      ] {
        html.element("td", [("class", "n")], text: figure)
      }
      html.markup("</tr>\n")
    }
    html.markup("</tbody></table>\n")
  }
}
