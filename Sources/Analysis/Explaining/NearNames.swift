/// Finds the names that somebody may have meant.
public enum NearNames {
  /// Returns at most `limit` of the names, the nearest first: those that a few changed letters, or
  /// what was left out around them, keep apart from the word.
  public static func suggestions(
    for word: String, among names: some Sequence<String>, limit: Int = 3
  ) -> [String] {
    let wanted = Array(word.utf8.prefix(127))
    let reach = max(1, wanted.count / 4)
    var found: [(distance: Int, name: String)] = []
    for name in Set(names) where !name.isEmpty {
      let bytes = Array(name.utf8)
      if abs(bytes.count - wanted.count) <= reach {
        let distance = distance(wanted, bytes)
        if distance <= reach {
          found.append((distance, name))
          continue
        }
      }
      if wanted.count >= 3, contains(bytes, wanted) { found.append((reach + 1, name)) }
    }
    found.sort {
      $0.distance != $1.distance
        ? $0.distance < $1.distance : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    // Beside a near one, those that are much farther only distract.
    let farthest = 2 * (found.first?.distance ?? 0) + 1
    return found.prefix { $0.distance <= farthest }.prefix(limit).map(\.name)
  }

  /// "; do you mean a or b?" for suggestions; empty without any.
  public static func question(_ suggestions: [String]) -> String {
    guard let last = suggestions.last else { return "" }
    let others = suggestions.dropLast().joined(separator: ", ")
    return "; do you mean \(others.isEmpty ? last : "\(others) or \(last)")?"
  }

  /// How many bytes must be changed, added or taken away to make one word of the other.
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (line, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for (column, other) in right.enumerated() {
        let changed = diagonal + (byte == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(changed, min(row[column], row[column + 1]) + 1)
      }
    }
    return row[right.count]
  }

  private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard bytes.count >= part.count else { return false }
    return (0...(bytes.count - part.count)).contains { start in
      bytes[start..<start + part.count].elementsEqual(part)
    }
  }
}
