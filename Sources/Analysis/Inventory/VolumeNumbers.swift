/// Numbers in place of volumes' names: each name is hashed once, however often it is asked for.
struct VolumeNumbers: Sendable {
  private var names: [String: Int32] = [:]
  private var groups: [String: Int32] = [:]
  /// By the name's number: mostly a name is in one group.
  private var firstPaths: [Path] = []
  /// The paths of names in further groups.
  private var furtherPaths: [Int: Int32] = [:]
  private var pathCount: Int32 = 0

  private struct Path {
    var group: Int32 = -1
    var number: Int32 = -1
  }

  mutating func reserveCapacity(_ capacity: Int) {
    names.reserveCapacity(capacity)
    firstPaths.reserveCapacity(capacity)
  }

  /// Returns the number of a volume's name, a new one for a new name.
  mutating func makeNumber(ofName name: String) -> Int {
    let number = Self.makeNumber(of: name, in: &names)
    if number == firstPaths.count { firstPaths.append(Path()) }
    return number
  }

  /// Returns the number of a group's name, a new one for a new name.
  mutating func makeNumber(ofGroup group: String) -> Int {
    Self.makeNumber(of: group, in: &groups)
  }

  /// Returns the number of a group and a name, a new one for a new pair.
  mutating func makeNumber(ofPathOf group: Int, _ name: Int) -> Int {
    if firstPaths[name].group == Int32(truncatingIfNeeded: group) {
      return Int(firstPaths[name].number)
    }
    let next = pathCount
    if firstPaths[name].group < 0 {
      firstPaths[name] = Path(group: Int32(truncatingIfNeeded: group), number: next)
    } else {
      let number = Self.keep(&furtherPaths[Self.pair(group, name), default: -1], orTake: next)
      if number != next { return Int(number) }
    }
    pathCount += 1
    return Int(next)
  }

  func number(ofName name: String) -> Int? { names[name].map { Int($0) } }

  func number(ofGroup group: String) -> Int? { groups[group].map { Int($0) } }

  func number(ofPathOf group: Int, _ name: Int) -> Int? {
    if firstPaths[name].group == Int32(truncatingIfNeeded: group) {
      return Int(firstPaths[name].number)
    }
    return furtherPaths.isEmpty ? nil : furtherPaths[Self.pair(group, name)].map { Int($0) }
  }

  private static func pair(_ group: Int, _ name: Int) -> Int { group << 32 | name }

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
