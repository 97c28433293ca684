/// The secret values that were found on a node so far: no entry of the bundle may hold one.
///
/// A tree of pieces of eight bytes: looking for all values at one place takes as many steps as the
/// longest has pieces, however many begin alike.
struct SecretSet {
  /// Shorter values are found everywhere by chance.
  static let minimumBytes = 8
  /// Longer values are searched for by so many first bytes: what holds the whole holds these.
  static let searchedBytes = 128

  private static let pieceBytes = 8

  /// A piece of a value behind the pieces before it.
  private struct Step: Hashable {
    let node: Int
    /// Up to eight bytes, zeros behind them.
    let piece: UInt64
    let count: Int
  }

  private struct Node {
    /// Where the value was found that ends here; nil where none does.
    var origin: String?
    /// The lengths of the pieces that follow, a bit each.
    var lengths: UInt16 = 0
  }

  private var nodes = [Node()]
  private var steps: [Step: Int] = [:]
  /// Which hashes of eight bytes have values: most text is passed over with one look.
  private var isCandidate = [Bool](repeating: false, count: 1 << 16)

  /// Which values that begin like the tool's own words are such: a text may repeat one without end.
  private var ownWords: [[UInt8]: Bool] = [:]

  private(set) var count = 0

  private mutating func isOwnWord(_ value: [UInt8]) -> Bool {
    guard OwnWords.begin(like: value[...]) else { return false }
    if let known = ownWords[value] { return known }
    let isOwn = OwnWords.hold(value[...])
    ownWords[value] = isOwn
    return isOwn
  }

  /// Takes in a value that must not be shown.
  ///
  /// - Parameters:
  ///   - value: Blanks around it don't count. Fewer than eight bytes, stars, and words that every
  ///     bundle holds are no secret.
  ///   - origin: Where it stood, for the message.
  mutating func insert(_ value: some Sequence<UInt8>, from origin: String) {
    let bytes = Array(Array(value)[...].trimmed)
    guard bytes.count >= Self.minimumBytes, bytes.contains(where: { $0 != UInt8(ascii: "*") }),
      !isOwnWord(bytes)
    else { return }
    var node = 0
    bytes.prefix(Self.searchedBytes).withUnsafeBytes { text in
      var position = 0
      // Behind a value that ends here, a longer one is found with it.
      while position < text.count && nodes[node].origin == nil {
        let count = min(Self.pieceBytes, text.count - position)
        let step = Step(node: node, piece: Self.piece(of: text, at: position, count), count: count)
        if node == 0 { isCandidate[Self.hash(step.piece)] = true }
        node = self.node(behind: step)
        position += count
      }
    }
    if nodes[node].origin != nil { return }
    nodes[node].origin = origin
    count += 1
  }

  private mutating func node(behind step: Step) -> Int {
    if let known = steps[step] { return known }
    nodes[step.node].lengths |= 1 << step.count
    nodes.append(Node())
    steps[step] = nodes.count - 1
    return nodes.count - 1
  }

  /// Returns where the first secret that these bytes hold was found; nil when they hold none.
  func origin(ofSecretIn bytes: [UInt8]) -> String? { origin(ofSecretIn: bytes[...]) }

  /// Returns where the first secret that these bytes hold was found; nil when they hold none.
  func origin(ofSecretIn bytes: ArraySlice<UInt8>) -> String? {
    guard count > 0, bytes.count >= Self.minimumBytes else { return nil }
    return bytes.withUnsafeBytes { text in
      isCandidate.withUnsafeBufferPointer { candidates in
        for position in 0...(text.count - Self.minimumBytes) {
          let key = text.loadUnaligned(fromByteOffset: position, as: UInt64.self)
          if candidates[Self.hash(key)], let origin = origin(ofSecretAt: position, in: text) {
            return origin
          }
        }
        return nil
      }
    }
  }

  private func origin(ofSecretAt start: Int, in text: UnsafeRawBufferPointer) -> String? {
    var node = 0
    var position = start
    while true {
      let here = nodes[node]
      if let origin = here.origin { return origin }
      for count in 1..<Self.pieceBytes
      where here.lengths & 1 << count != 0 && position + count <= text.count {
        let piece = Self.piece(of: text, at: position, count)
        if let end = steps[Step(node: node, piece: piece, count: count)] {
          return nodes[end].origin
        }
      }
      guard position + Self.pieceBytes <= text.count,
        let next = steps[
          Step(
            node: node, piece: Self.piece(of: text, at: position, Self.pieceBytes),
            count: Self.pieceBytes)]
      else { return nil }
      node = next
      position += Self.pieceBytes
    }
  }

  private static func piece(
    of text: UnsafeRawBufferPointer, at position: Int, _ count: Int
  ) -> UInt64 {
    if count == pieceBytes { return text.loadUnaligned(fromByteOffset: position, as: UInt64.self) }
    var piece: UInt64 = 0
    for index in 0..<count { piece |= UInt64(text[position + index]) << (8 * index) }
    return piece
  }

  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 48)
  }
}
