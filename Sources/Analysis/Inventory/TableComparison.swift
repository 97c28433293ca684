import BundleFormat
import NodeState

/// What comparing a mapping's live table with LVM's metadata showed: mostly that they agree.
public indirect enum TableComparison: Sendable, Equatable {
  case agrees
  /// Sectors in the live table, and in the metadata.
  case lengthDiffers(live: Int, metadata: Int)
  /// The first run of sectors that lies elsewhere than the metadata says.
  case extentsDiffer(live: String, metadata: String)
  /// Why nothing could be compared.
  case notCompared(String)
}

extension LogicalVolume {
  /// Whether a linear, striped or thin volume's segments make up its whole size: a row of lvs may be lost.
  func hasAllSegments(extentSizeBytes: Int) -> Bool {
    let type = attributes.utf8.first
    guard type == UInt8(ascii: "-") || type == UInt8(ascii: "V"), extentSizeBytes > 0 else {
      return true
    }
    let extents = segments.reduce(0) { $0.saturatingAdd($1.extentCount) }
    return extents.saturatingMultiply(extentSizeBytes) == sizeBytes
  }
}
