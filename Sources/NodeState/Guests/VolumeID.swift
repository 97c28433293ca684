/// A volume's id as PVE writes it: `STORAGE:VOLUME`.
public struct VolumeID: Hashable, Sendable, CustomStringConvertible {
  public let storage: String
  public let volume: String

  public init(storage: String, volume: String) {
    self.storage = storage
    self.volume = volume
  }

  /// Reads `local-lvm:vm-100-disk-0`; nil for any other form.
  ///
  /// Source: pve-storage `Plugin.pm`, `parse_volume_id`.
  public init?(_ text: Substring) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let (storage, volume) = (text[..<colon], text[text.index(after: colon)...])
    func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    guard !volume.isEmpty, storage.utf8.count >= 2, let first = storage.utf8.first,
      let last = storage.utf8.last, isLetter(first), isLetter(last) || isDigit(last),
      storage.utf8.allSatisfy({
        isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
          || $0 == UInt8(ascii: ".")
      })
    else { return nil }
    self.init(storage: String(storage), volume: String(volume))
  }

  public var description: String { "\(storage):\(volume)" }
}
