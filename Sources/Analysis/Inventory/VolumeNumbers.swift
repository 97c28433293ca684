/// Numbers in place of volumes' names: each name is hashed once, however often it is asked for.
struct VolumeNumbers: Sendable {
  private var names: [String: Int32] = [:]
  private var groups: [String: Int32] = [:]
  private var paths: [UInt64: Int32] = [:]
  private var last: (group: String, number: Int32)?

  mutating func reserveCapacity(_ capacity: Int) {
    names.reserveCapacity(capacity)
    paths.reserveCapacity(capacity)
  }

  /// Returns the number of a volume's name, a new one for a new name.
  mutating func makeNumber(ofName name: String) -> Int {
    Self.makeNumber(of: name, in: &names)
  }

  /// Returns the number of a group's name, a new one for a new name.
  mutating func makeNumber(ofGroup group: String) -> Int {
    if let last, last.group == group { return Int(last.number) }
    let number = Self.makeNumber(of: group, in: &groups)
    last = (group, Int32(truncatingIfNeeded: number))
    return number
  }

  /// Returns the number of a group and a name, a new one for a new pair.
  mutating func makeNumber(ofPathOf group: Int, _ name: Int) -> Int {
    Self.makeNumber(of: Self.pair(group, name), in: &paths)
  }

  func number(ofName name: String) -> Int? { names[name].map { Int($0) } }

  func number(ofGroup group: String) -> Int? { groups[group].map { Int($0) } }

  func number(ofPathOf group: Int, _ name: Int) -> Int? {
    paths[Self.pair(group, name)].map { Int($0) }
  }

  private static func pair(_ group: Int, _ name: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: group) << 32 | UInt64(truncatingIfNeeded: name)
  }

  private static func makeNumber<Key>(of key: Key, in numbers: inout [Key: Int32]) -> Int {
    let next = Int32(truncatingIfNeeded: numbers.count)
    return Int(keep(&numbers[key, default: -1], orTake: next))
  }

  /// Keeps a number that is one, and takes the other in place of -1.
  private static func keep(_ number: inout Int32, orTake next: Int32) -> Int32 {
    if number < 0 { number = next }
    return number
  }
}
