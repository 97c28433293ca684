/// What `dmsetup status --noflush` says of a thin pool.
public struct ThinPoolStatus: Hashable, Sendable {
  public let mapping: String
  public let transactionID: Int?
  public let usedMetadataBlocks: Int
  public let totalMetadataBlocks: Int
  public let usedDataBlocks: Int
  public let totalDataBlocks: Int
  /// `rw`, `ro`, `out_of_data_space`, `Fail`.
  public let mode: String
  public let needsCheck: Bool
  public let location: SourceLocation

  public init(
    mapping: String, transactionID: Int?, usedMetadataBlocks: Int, totalMetadataBlocks: Int,
    usedDataBlocks: Int, totalDataBlocks: Int, mode: String, needsCheck: Bool,
    location: SourceLocation
  ) {
    self.mapping = mapping
    self.transactionID = transactionID
    self.usedMetadataBlocks = usedMetadataBlocks
    self.totalMetadataBlocks = totalMetadataBlocks
    self.usedDataBlocks = usedDataBlocks
    self.totalDataBlocks = totalDataBlocks
    self.mode = mode
    self.needsCheck = needsCheck
    self.location = location
  }
}
