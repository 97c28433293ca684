import BundleFormat

/// A bundle in a tar archive, compressed or not, read from start to end.
struct ArchiveContainer {
  private let stream: DecompressedStream
  private var table: EntryTable
  /// Where reading is.
  private var place = BundleError.Place.beforeFirstEntry
  /// Decompressed bytes that were not taken yet.
  private var rest = UnsafeRawBufferPointer(start: nil, count: 0)
  /// The header block that was taken last.
  private var block: [UInt8] = []

  /// Extensions before one entry: GNU and pax writers need two at most.
  private static let maximumExtensions = 8
  /// Bytes of one extension: it holds a name, a size and times.
  private static let maximumExtensionBytes = 65_536

  /// - Parameter sizeBytes: How many bytes there are to read, as far as that is known.
  init(
    descriptor: CInt, sizeBytes: Int, limits: ReadingLimits, idleWork: (() -> Bool)?
  ) throws(BundleError) {
    table = EntryTable(limits: limits, containerBytes: sizeBytes, idleWork: idleWork)
    let input = ContainerInput(descriptor: descriptor, hashing: table.hashing)
    stream = try DecompressedStream(input, limits: limits)
  }

  /// Reads all entries, and the container to its end.
  mutating func read() throws(BundleError) -> EntryTable {
    try stream.start()
    while let header = try nextHeader() {
      // Only what is behind the last one; a place inside an entry is told by what goes wrong there.
      if place == .after(EntryTable.endPath) {
        throw .damaged(place, reason: "an entry follows the last one")
      }
      try readEntry(header)
    }
    guard place == .after(EntryTable.endPath) else {
      if place == .beforeFirstEntry { throw .notABundle(reason: "the archive is empty") }
      throw .truncated(place)
    }
    try checkEnd()
    try checkNothingFollows()
    return table
  }

  // MARK: Entries

  private struct Header {
    var name: [UInt8]
    var sizeBytes: Int
    let kind: TarHeader.Kind
  }

  /// Reads the next entry's header with its extensions; nil at the archive's end.
  private mutating func nextHeader() throws(BundleError) -> Header? {
    var name: [UInt8]?
    var size: Int?
    for _ in 0...Self.maximumExtensions {
      guard try takeBlock() else { return nil }
      guard let header = TarHeader(block) else {
        if place == .beforeFirstEntry { throw .notABundle(reason: "it is no tar archive") }
        throw .damaged(place, reason: "what stands there is no tar header")
      }
      switch header.kind {
      case .file, .folder, .other:
        return Header(
          name: name ?? header.name, sizeBytes: size ?? header.sizeBytes, kind: header.kind)
      case .extended:
        guard let records = PaxRecords(try extensionContent(header)) else {
          throw .damaged(place, reason: "its pax records are none")
        }
        if records.isSparse {
          throw .refusedEntry(
            name: String(decoding: records.path ?? name ?? [], as: UTF8.self),
            reason: "is a sparse file")
        }
        name = records.path ?? name
        size = records.sizeBytes ?? size
      case .longName: name = Array(try extensionContent(header).prefix { $0 != 0 })
      case .global, .longLink: _ = try extensionContent(header)
      }
    }
    throw .damaged(place, reason: "one entry has too many headers")
  }

  private mutating func extensionContent(_ header: TarHeader) throws(BundleError) -> [UInt8] {
    guard header.sizeBytes <= Self.maximumExtensionBytes else {
      throw .limit(reason: "a header has more than \(Self.maximumExtensionBytes) bytes")
    }
    return try take(header.sizeBytes)
  }

  private mutating func readEntry(_ header: Header) throws(BundleError) {
    guard header.kind != .other else {
      throw .refusedEntry(
        name: String(decoding: header.name, as: UTF8.self),
        reason: "is no plain file and no folder")
    }
    let isFolder = header.kind == .folder
    let path = try table.admit(name: header.name, isFolder: isFolder)
    if isFolder {
      guard header.sizeBytes == 0 else {
        throw .refusedEntry(name: path, reason: "is a folder with content")
      }
      return
    }
    if table.entries.isEmpty && path != EntryTable.manifestPath {
      throw .notABundle(
        reason: "its first entry is \(TerminalText.escaped(path)), not \(EntryTable.manifestPath)")
    }
    place = .inside(path)
    try table.checkRoom(for: header.sizeBytes, path: path)
    let isLong = EntryTable.isHashedWhileRead(path, sizeBytes: header.sizeBytes)
    try table.add(path: path, content: try take(header.sizeBytes, isLong: isLong))
    place = .after(path)
  }

  // MARK: Bytes

  /// Takes an entry's bytes and what fills its last block.
  private mutating func take(
    _ count: Int, isLong: Bool = false
  ) throws(BundleError) -> [UInt8] {
    var content: [UInt8] = []
    // The size is only a promise, but one within the limits, and pages that are not written to cost nothing.
    if isLong {
      content = try table.hashing.readLong(count) { (most) throws(BundleError) in
        try nextPart(atMost: most)
      }
    } else {
      content.reserveCapacity(count)
      try append(count, to: &content)
    }
    var padding = (TarHeader.blockBytes - count % TarHeader.blockBytes) % TarHeader.blockBytes
    while padding > 0 { padding -= try nextPart(atMost: padding).count }
    return content
  }

  private mutating func append(_ count: Int, to content: inout [UInt8]) throws(BundleError) {
    var missing = count
    while missing > 0 {
      let part = try nextPart(atMost: missing)
      content.append(contentsOf: part)
      missing -= part.count
    }
  }

  /// Takes the next bytes, as many as there are at once; they are valid until more are taken.
  private mutating func nextPart(
    atMost count: Int
  ) throws(BundleError) -> UnsafeRawBufferPointer {
    if rest.isEmpty {
      guard let next = try stream.next(at: place) else { throw .truncated(place) }
      rest = next
    }
    let part = UnsafeRawBufferPointer(rebasing: rest.prefix(count))
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    return part
  }

  /// Takes the next block into ``block``; false at the end of the bytes, with an empty block, or of the
  /// archive, with one of zeros.
  private mutating func takeBlock() throws(BundleError) -> Bool {
    while rest.isEmpty {
      guard let next = try stream.next(at: place) else {
        block = []
        return false
      }
      rest = next
    }
    var taken: [UInt8] = []
    swap(&taken, &block)
    taken.removeAll(keepingCapacity: true)
    do throws(BundleError) {
      try append(TarHeader.blockBytes, to: &taken)
    } catch .truncated where place == .after(EntryTable.endPath) {
      throw .damaged(place, reason: "part of a block follows the last entry")
    } catch .truncated(.beforeFirstEntry) where !stream.isCompressed {
      throw .notABundle(reason: "it is no tar archive")
    }
    block = taken
    return !block.allSatisfy { $0 == 0 }
  }

  /// Checks that the archive ends as every writer ends one: by two blocks of zeros, of which the first
  /// was taken. One that was cut may have lost an entry, too.
  private mutating func checkEnd() throws(BundleError) {
    guard !block.isEmpty else { throw .truncated(place) }
    if try takeBlock() { throw .damaged(place, reason: "more bytes follow the archive's end") }
    guard !block.isEmpty else { throw .truncated(place) }
  }

  /// Checks that there are only zeros after the archive's end, nothing after the compression's, and that
  /// all of it is as it was compressed.
  private mutating func checkNothingFollows() throws(BundleError) {
    repeat {
      guard rest.allSatisfy({ $0 == 0 }) else {
        throw .damaged(place, reason: "more bytes follow the archive's end")
      }
      rest = try stream.next(at: place) ?? UnsafeRawBufferPointer(start: nil, count: 0)
    } while !rest.isEmpty
    if try stream.hasMore() {
      throw .damaged(place, reason: "more bytes follow the compressed archive")
    }
    guard stream.isIntact else {
      throw .damaged(place, reason: "gzip's checksum there is not that of the bytes before it")
    }
  }
}
