import Analysis
import BundleFormat
import NodeState

/// Where disks can be: PVE's storages, LVM's groups, devices and thin pools, and how full they are.
struct StorageSection {
  private let index: PageIndex

  init(_ index: PageIndex) { self.index = index }

  func write(to html: inout HTMLWriter) {
    html.section(.storage) { html in
      writeGroups(to: &html)
      writePools(to: &html)
      writeStorages(to: &html)
      writeDevices(to: &html)
    }
  }

  private func writeGap(_ gap: Gap?, _ words: String, to html: inout HTMLWriter) {
    html.markup("<p>")
    html.text(gap.map { "\(words): unknown, \($0.description)" } ?? "\(words): none")
    html.markup("</p>\n")
  }

  private func writeGroups(to html: inout HTMLWriter) {
    guard let groups = index.snapshot.lvm.groups.value, !groups.isEmpty else {
      return writeGap(index.snapshot.lvm.groups.gap, "Volume groups", to: &html)
    }
    html.markup(
      """
      <table class="volume-groups"><caption>Volume groups</caption>
      <thead><tr><th scope="col">Group</th><th scope="col">Allocated</th>\
      <th scope="col" class="n">Size</th><th scope="col" class="n">Free</th>\
      <th scope="col" class="n">Devices</th><th scope="col" class="n">Volumes</th>\
      <th scope="col">Storages</th><th scope="col">Remarks</th></tr></thead>
      <tbody>

      """)
    for group in groups { write(group, to: &html) }
    html.markup("</tbody></table>\n")
  }

  private func write(_ group: VolumeGroup, to html: inout HTMLWriter) {
    html.markup("<tr><th scope=\"row\">")
    html.code(group.name)
    html.markup("</th><td>")
    writeShare(
      of: group.sizeBytes > group.freeBytes ? group.sizeBytes - max(0, group.freeBytes) : 0,
      in: group.sizeBytes, label: "allocated in \(group.name)", threshold: nil, to: &html)
    for figure in [
      Quantity.bytes(group.sizeBytes), Quantity.bytes(group.freeBytes),
      Quantity.count(group.physicalVolumeCount), group.volumeCount.map(Quantity.count) ?? "unknown",
    ] {
      html.markup("</td><td class=\"n\">")
      html.text(figure)
    }
    html.markup("</td><td>")
    let storages = index.inventory.storages.filter { $0.volumeGroup == group.name }.map(\.id)
    html.text(storages.joined(separator: ", "))
    html.markup("</td><td>")
    html.text(Self.remarks(on: group).joined(separator: ", "))
    html.markup("</td></tr>\n")
  }

  private static func remarks(on group: VolumeGroup) -> [String] {
    var remarks: [String] = []
    if group.isPartial || group.missingPhysicalVolumeCount > 0 {
      remarks.append("\(group.missingPhysicalVolumeCount) devices missing")
    }
    if group.isExported { remarks.append("exported") }
    if !group.systemID.isEmpty { remarks.append("system id \(group.systemID)") }
    if !group.lockType.isEmpty { remarks.append("lock type \(group.lockType)") }
    return remarks
  }

  private func writeShare(
    of used: Int, in total: Int, label: String, threshold: Threshold?, to html: inout HTMLWriter
  ) {
    guard total > 0 else { return html.markup("unknown") }
    let percent = Double(used) * 100 / Double(total)
    html.markup("<span class=\"share\">")
    MeterPicture(percent, of: label, threshold: threshold).write(to: &html)
    html.markup(" ")
    html.text(Quantity.percent(percent))
    if let level = threshold?.level(of: percent), level != .fine {
      html.markup(" ")
      html.badge(level)
    }
    html.markup("</span>")
  }

  private func writePools(to html: inout HTMLWriter) {
    let pools = index.snapshot.host.thinPools
    guard !pools.isEmpty else { return }
    html.markup(
      """
      <table class="pools"><caption>Thin pools</caption>
      <thead><tr><th scope="col">Pool</th><th scope="col">Data</th><th scope="col">Metadata</th>\
      <th scope="col">Mode</th></tr></thead>
      <tbody>

      """)
    for pool in pools {
      html.markup("<tr><th scope=\"row\">")
      html.code(pool.mapping)
      html.markup("</th><td>")
      writeShare(
        of: pool.usedDataBlocks, in: pool.totalDataBlocks, label: "data of \(pool.mapping)",
        threshold: .thinPool, to: &html)
      html.markup("</td><td>")
      writeShare(
        of: pool.usedMetadataBlocks, in: pool.totalMetadataBlocks,
        label: "metadata of \(pool.mapping)", threshold: .thinPool, to: &html)
      html.markup("</td><td>")
      html.text(pool.mode + (pool.needsCheck ? ", needs a check" : ""))
      html.markup("</td></tr>\n")
    }
    html.markup("</tbody></table>\n")
  }

  private func writeStorages(to html: inout HTMLWriter) {
    guard let storages = index.snapshot.storages.value, !storages.isEmpty else {
      return writeGap(index.snapshot.storages.gap, "Storages", to: &html)
    }
    html.markup(
      """
      <table class="storages"><caption>Storages of this cluster, by storage.cfg</caption>
      <thead><tr><th scope="col">Storage</th><th scope="col">Type</th><th scope="col">Lies in</th>\
      <th scope="col">Shared</th><th scope="col">Nodes</th><th scope="col">Remarks</th></tr></thead>
      <tbody>

      """)
    for storage in storages {
      let place = [storage.volumeGroup, storage.thinPool].compactMap { $0 }.joined(separator: "/")
      let remarks = [
        storage.isDisabled ? "disabled" : "", storage.usesVolumeChains ? "volume chains" : "",
        storage.wipesRemovedVolumes ? "wipes removed volumes" : "",
      ].filter { !$0.isEmpty }
      html.markup("<tr><th scope=\"row\">")
      html.code(storage.id)
      html.markup("</th>")
      for cell in [
        storage.type, place, storage.isShared ? "shared" : "local",
        storage.nodes?.joined(separator: ", ") ?? "all", remarks.joined(separator: ", "),
      ] {
        html.element("td", text: cell)
      }
      html.markup("</tr>\n")
    }
    html.markup("</tbody></table>\n")
  }

  private func writeDevices(to html: inout HTMLWriter) {
    let devices = index.snapshot.lvm.physicalVolumes.value ?? []
    guard !devices.isEmpty else { return }
    html.folded("\(Quantity.of(devices.count, "physical volume"))") { html in
      html.markup(
        """
        <table class="devices"><caption>Physical volumes</caption>
        <thead><tr><th scope="col">Device</th><th scope="col">Number</th><th scope="col">Group</th>\
        <th scope="col" class="n">Size</th><th scope="col">Remarks</th></tr></thead>
        <tbody>

        """)
      for device in devices {
        let remarks = [
          device.isMissing ? "missing" : "", device.isDuplicate ? "seen twice" : "",
        ].filter { !$0.isEmpty }
        html.markup("<tr><th scope=\"row\">")
        html.code(device.name)
        html.markup("</th>")
        html.element("td", text: device.device?.description ?? "unknown")
        html.element("td", text: device.groupName)
        html.element("td", [("class", "n")], text: Quantity.bytes(device.sizeBytes))
        html.element("td", text: remarks.joined(separator: ", "))
        html.markup("</tr>\n")
      }
      html.markup("</tbody></table>\n")
    }
  }
}
