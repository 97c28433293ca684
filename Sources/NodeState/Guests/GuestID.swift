/// A guest's number: a virtual machine's or a container's, 100 to 999,999,999.
///
/// Source: pve-common `JSONSchema.pm`, format `pve-vmid`.
public struct GuestID: Hashable, Comparable, Sendable {
  public let number: Int

  public init?(_ number: Int) {
    guard (100...999_999_999).contains(number) else { return nil }
    self.number = number
  }

  public static func < (left: GuestID, right: GuestID) -> Bool { left.number < right.number }
}

extension GuestID: LosslessStringConvertible {
  /// Reads digits without a leading zero; nil for any other text.
  public init?(_ text: String) {
    guard let first = text.utf8.first, first != UInt8(ascii: "0"), text.utf8.count <= 9,
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let number = Int(text)
    else { return nil }
    self.init(number)
  }

  public var description: String { String(number) }
}

public enum GuestKind: String, Hashable, Sendable {
  case virtualMachine = "vm"
  case container = "ct"

  /// The kind as people say it, in the singular.
  public var noun: String {
    switch self {
    case .virtualMachine: "virtual machine"
    case .container: "container"
    }
  }
}
