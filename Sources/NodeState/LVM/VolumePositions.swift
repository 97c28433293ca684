/// Where each volume stands among those that were read.
struct VolumePositions {
  /// By the first characters of a volume's id, in which nearly all differ.
  private var byHead: [Int: Int] = [:]
  /// Those whose first characters another one has, too.
  private var others: [VolumeIdentity: Int] = [:]

  init(capacity: Int) { byHead.reserveCapacity(capacity) }

  /// Returns the position of a volume; nil for a new one, which is the next.
  mutating func position(of volume: LogicalVolume, in volumes: [LogicalVolume]) -> Int? {
    let head = Int(truncatingIfNeeded: volume.id.head)
    guard let known = byHead.updateValue(volumes.count, forKey: head) else { return nil }
    byHead[head] = known
    if volumes[known].identity == volume.identity { return known }
    if let known = others[volume.identity] { return known }
    others[volume.identity] = volumes.count
    return nil
  }
}
