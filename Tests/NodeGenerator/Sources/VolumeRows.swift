import BundleFormat

/// The rows that lvs prints of a volume, one a segment.
struct VolumeRows {
  let volume: Volume
  let world: World

  func rows() -> [String] {
    let (head, tail) = (head, tail)
    return segments.map { "\(head)\($0)\(tail)" }
  }

  private var head: String {
    let group = volume.group
    let name = volume.isInternal ? "[\(volume.name)]" : volume.name
    let created = Timestamp(secondsSinceEpoch: volume.createdAt).description
    let time = "\(created.prefix(10)) \(created.dropFirst(11).prefix(8)) +0000"
    return "{\"vg_name\":\"\(group.name)\", \"vg_uuid\":\"\(LVMReports.grouped(group.id))\", "
      + "\"lv_name\":\"\(name)\", \"lv_uuid\":\"\(LVMReports.grouped(volume.id))\", "
      + "\"lv_attr\":\"\(attributes)\", \"lv_size\":\"\(volume.extentCount * Group.extentBytes)\", "
      + "\"lv_dm_path\":\"/dev/mapper/\(volume.mappingName)\", \"lv_layout\":\"\(layout)\", "
      + "\"lv_role\":\"\(role)\", \"lv_tags\":\"\(volume.tags)\", "
      + "\"lv_autoactivation\":\"\(volume.hasAutoactivation ? "enabled" : "")\", "
      + "\"lv_skip_activation\":\"\(volume.skipsActivation ? "skip activation" : "")\", "
      + "\"lv_time\":\"\(time)\", \"lv_host\":\"\(volume.host)\", \"pool_lv\":\"\(poolName)\", "
      + "\"origin\":\"\(volume.origin)\", \"lv_parent\":\"\(parent)\", "
  }

  private var tail: String {
    switch volume.kind {
    case .thin(_, let id): ", \"transaction_id\":\"\(id - 1)\", \"lv_health_status\":\"\"}"
    case .pool: ", \"transaction_id\":\"10\", \"lv_health_status\":\"\"}"
    case .thick, .layer: ", \"transaction_id\":\"\", \"lv_health_status\":\"\"}"
    }
  }

  private var attributes: String {
    switch volume.kind {
    case .thick: "-wi-XX----"
    case .thin:
      (volume.isReadOnly ? "Vri-XXtz-" : "Vwi-XXtz-") + (volume.skipsActivation ? "k" : "-")
    case .pool: "twi-XXtz--"
    case .layer(.data, _, _): "Twi-XX----"
    case .layer: "ewi-XX----"
    }
  }

  private var layout: String {
    switch volume.kind {
    case .thick(let segments): segments[0].isStriped ? "striped" : "linear"
    case .layer(_, let segments, _): segments[0].isStriped ? "striped" : "linear"
    case .thin: "thin,sparse"
    case .pool: "thin,pool"
    }
  }

  private var role: String {
    switch volume.kind {
    case .thick: "public"
    case .thin: volume.origin.isEmpty ? "public" : "public,snapshot,thinsnapshot"
    case .pool: "private"
    case .layer(.data, _, _): "private,thin,pool,data"
    case .layer(.metadata, _, _): "private,thin,pool,metadata"
    case .layer(.spare, _, _): "private,pool,spare"
    }
  }

  private var poolName: String {
    if case .thin(let pool, _) = volume.kind { pool.name } else { "" }
  }

  private var parent: String {
    if case .layer(_, _, let parent) = volume.kind { parent } else { "" }
  }

  private var segments: [String] {
    switch volume.kind {
    case .thick(let segments), .layer(_, let segments, _): segments.map(text)
    case .thin(_, let id):
      [columns("thin", 0, volume.extentCount, "", thinID: "\(id)", stripes: 0)]
    case .pool(let pool):
      [
        columns(
          "thin-pool", 0, volume.extentCount,
          "\(pool.name)_tdata:0-\(volume.extentCount - 1)", thinID: "", stripes: 1)
      ]
    }
  }

  private func text(_ segment: Segment) -> String {
    let ranges = segment.runs.map { run in
      "\(run.volume.path):\(run.firstExtent)-\(run.firstExtent + segment.extentsPerRun - 1)"
    }
    return columns(
      segment.isStriped ? "striped" : "linear", segment.startExtent, segment.extentCount,
      ranges.joined(separator: " "), thinID: "", stripes: segment.runs.count)
  }

  private func columns(
    _ type: String, _ start: Int, _ count: Int, _ ranges: String, thinID: String, stripes: Int
  ) -> String {
    "\"segtype\":\"\(type)\", \"seg_start_pe\":\"\(start)\", \"seg_size_pe\":\"\(count)\", "
      + "\"seg_pe_ranges\":\"\(ranges)\", \"thin_id\":\"\(thinID)\", \"stripes\":\"\(stripes)\", "
      + "\"stripe_size\":\"\(stripes > 1 ? Segment.stripeBytes : 0)\""
  }
}
