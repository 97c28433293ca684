import BundleFormat

extension NodeBundle {
  /// How a source can be missing.
  public enum Absence: CaseIterable, Sendable {
    /// No word of it, neither planned nor answered.
    case unknown
    case missing, failed, timedOut, skipped
    /// A command that ended with an error and printed nothing.
    case exitedWithError
  }

  /// The bundle without a source, in both readings.
  public func without(_ source: SourceID, _ absence: Absence) -> NodeBundle {
    let kept = entries.compactMap { entry -> BundleEntry? in
      guard entry.result.planned.source == source else { return entry }
      var result = entry.result
      (result.sizeBytes, result.sha256, result.standardError) = (0, nil, nil)
      switch absence {
      case .unknown: return nil
      case .missing: result.status = .missing
      case .failed: result.status = .failed
      case .timedOut: result.status = .timedOut
      case .skipped: result.status = .skipped
      case .exitedWithError: result.exitCode = 5
      }
      if absence != .exitedWithError { result.exitCode = nil }
      let content: [UInt8]? = absence == .exitedWithError ? [] : nil
      if content != nil { result.sha256 = .digest(SHA256.digest(of: [])) }
      return BundleEntry(result: result, content: content, isIntact: true)
    }
    var manifest = manifest
    if absence == .unknown { manifest.entries.removeAll { $0.source == source } }
    return NodeBundle(
      manifest: manifest, finishedAt: finishedAt, entries: kept, sha256: sha256,
      source: self.source)
  }

  /// The bundle with an entry's bytes changed, as if the tool had printed that: hashes agree.
  public func replacing(_ position: Int, with content: [UInt8]) -> NodeBundle {
    replacing(position, with: content, sha256: .digest(SHA256.digest(of: content)), isIntact: true)
  }

  /// The bundle with an entry cut short: by the tool, so that hashes agree, or on its way here.
  public func cutting(_ position: Int, at byte: Int, hashAgrees: Bool) -> NodeBundle {
    let content = Array((entries[position].content ?? []).prefix(byte))
    if hashAgrees { return replacing(position, with: content) }
    return replacing(
      position, with: content, sha256: entries[position].result.sha256, isIntact: false)
  }

  private func replacing(
    _ position: Int, with content: [UInt8], sha256: WrittenDigest?, isIntact: Bool
  ) -> NodeBundle {
    var entries = entries
    let old = entries[position]
    var result = old.result
    if isIntact { (result.sizeBytes, result.sha256) = (content.count, sha256) }
    entries[position] = BundleEntry(
      result: result, content: content, standardError: old.standardError, isIntact: isIntact)
    return NodeBundle(
      manifest: manifest, finishedAt: finishedAt, entries: entries, sha256: self.sha256,
      source: source)
  }
}

/// Ways to spoil a line, each as a broken tool, disk or hand might.
public enum LineCorruption: CaseIterable, Sendable {
  case removed, doubled, emptied, cutInHalf, byteChanged, digitChanged, joinedWithNext

  /// Whether what comes out may be what the tool of another node would print: one figure or name
  /// that is another. Only a second reading can tell.
  public var isPlausible: Bool { self == .byteChanged || self == .digitChanged }

  /// Returns the bytes with one line spoilt; nil when there is nothing to spoil.
  public func apply(to content: [UInt8], random: inout SplitMix64) -> [UInt8]? {
    var lines = content.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map(Array.init)
    let candidates = lines.indices.filter { !lines[$0].isEmpty }
    guard !candidates.isEmpty else { return nil }
    let line = random.pick(candidates)
    switch self {
    case .removed: lines.remove(at: line)
    case .doubled: lines.insert(lines[line], at: line)
    case .emptied: lines[line] = []
    case .cutInHalf: lines[line].removeLast((lines[line].count + 1) / 2)
    case .byteChanged:
      lines[line][random.below(lines[line].count)] = UInt8(random.below(256))
    case .digitChanged:
      let digits = lines[line].indices.filter { (48...57).contains(lines[line][$0]) }
      guard !digits.isEmpty else { return nil }
      lines[line][random.pick(digits)] = UInt8(48 + random.below(10))
    case .joinedWithNext:
      guard line + 1 < lines.count else { return nil }
      lines[line] += lines.remove(at: line + 1)
    }
    return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }
}
