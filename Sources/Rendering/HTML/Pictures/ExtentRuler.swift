import Analysis
import BundleFormat
import NodeState

/// One device's sectors, with who lies where on them.
struct ExtentRuler {
  let device: String
  let rows: [Row]
  /// What the rows share, or where they differ.
  let marks: [Range<Int>]
  let remark: String
  /// The part of the device that is shown.
  let sectors: Range<Int>

  struct Row {
    let name: String
    let tone: Tone
    let runs: [Range<Int>]

    enum Tone: String {
      case live
      case metadata
      case other
    }
  }

  /// - Parameter marking: What is marked: that which all rows share, or that in which they differ.
  init?(device: String, rows: [Row], marking: Marking) {
    let runs = rows.flatMap(\.runs)
    guard let start = runs.map(\.lowerBound).min(), let end = runs.map(\.upperBound).max(),
      start < end
    else { return nil }
    self.device = device
    self.rows = rows
    let sets = rows.map { SectorSet($0.runs) }
    switch marking {
    case .shared, .inherited:
      let first = sets[0]
      marks = SectorSet(sets.dropFirst().flatMap { first.intersection($0).runs }).runs
    case .different:
      marks = sets.count == 2 ? sets[0].symmetricDifference(sets[1]).runs : []
    }
    let count = marks.reduce(0) { $0 + $1.count }
    let size = "\(Quantity.of(count, "sector")), \(Quantity.bytes(count.saturatingBytes))"
    switch marking {
    case .shared: remark = count == 0 ? "They share nothing here." : "Marked: shared, \(size)."
    case .inherited:
      remark =
        count == 0
        ? "No living volume has these blocks now." : "Marked: another volume's by now, \(size)."
    case .different: remark = count == 0 ? "No difference here." : "Marked: different, \(size)."
    }
    let margin = max(1, (end - start) / 24)
    let (before, after) = (max(0, start - margin), end.addingReportingOverflow(margin))
    sectors = before..<(after.overflow ? end : after.partialValue)
  }

  enum Marking {
    /// What several mappings reach.
    case shared
    /// What a living volume has of a gone one's blocks.
    case inherited
    case different
  }

  /// The picture in words.
  var words: String {
    rows.map { row in
      let runs = row.runs.prefix(6).map {
        "\(Quantity.count($0.lowerBound)) to \(Quantity.count($0.upperBound))"
      }
      let more = row.runs.count > 6 ? " and \(row.runs.count - 6) more runs" : ""
      return "\(row.name): "
        + (runs.isEmpty ? "nothing here" : "sectors " + runs.joined(separator: ", ") + more)
    }.joined(separator: "; ") + ". " + remark
  }

  /// Where a sector stands on a ruler of that width.
  func position(of sector: Int, in width: Int) -> Double {
    let share = (Double(sector) - Double(sectors.lowerBound)) / Double(sectors.count)
    return min(max(share, 0), 1) * Double(width)
  }
}

extension Int {
  /// So many sectors in bytes.
  fileprivate var saturatingBytes: Int {
    let (bytes, overflow) = multipliedReportingOverflow(by: 512)
    return overflow ? .max : bytes
  }
}
