/// The checksums and lengths that a gzip file holds, against the bytes that it decompressed to.
///
/// libarchive's filter skips both, and tells nobody where a member ends. But it takes no more of the
/// container than it decompresses: a member whose header it took with a block of output began in that
/// block. What looks like a header is one if the eight bytes before it are checksum and length of what
/// came since the last; and the file's last eight bytes must be that of what came at its end. So a
/// damaged border is found by what follows it, unless there were no bytes before it to be damaged.
///
/// Source: RFC 1952, section 2.3; libarchive `archive_read_support_filter_gzip.c`.
struct GzipMembers {
  /// What stands behind a member.
  private struct Trailer {
    let checksum: UInt32
    /// Modulo 2³².
    let length: UInt32

    /// - Parameter word: Its eight bytes, the first one lowest.
    init(_ word: UInt64) {
      checksum = UInt32(truncatingIfNeeded: word)
      length = UInt32(truncatingIfNeeded: word >> 32)
    }
  }

  /// A trailer with what looks like a header behind it.
  private struct Border {
    let trailer: Trailer
    /// The header's place in the container.
    let offset: Int
  }

  /// Real files look as if they had a border where there is none once in many; one that is made of such
  /// would cost a block's reading each.
  private static let maximumMisses = 1000
  /// Members without any output hold back those before them; nobody writes so many.
  private static let maximumBorders = 100_000

  private var checksum = CRC32()
  private var length: UInt32 = 0
  private var borders: [Border] = []
  private var misses = 0
  /// The last eleven bytes of the container, the last one lowest.
  private var (low, high): (UInt64, UInt64) = (0, 0)
  private var inputBytes = 0

  /// Looks for borders in the container's next bytes.
  mutating func add(container bytes: [UInt8]) {
    // Every byte of a container comes by: what changes with each is kept at hand.
    var (low, high, count) = (self.low, self.high, inputBytes)
    for byte in bytes {
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(byte)
      count &+= 1
      // A header's first three bytes: two of magic, and the only method there is.
      guard low & 0xFF_FFFF == 0x1F_8B08, count >= 11, borders.count < Self.maximumBorders else {
        continue
      }
      let trailer = Trailer((high << 40 | low >> 24).byteSwapped)
      borders.append(Border(trailer: trailer, offset: count - 3))
    }
    (self.low, self.high, inputBytes) = (low, high, count)
  }

  /// Takes the next decompressed bytes.
  ///
  /// - Parameter taken: How many bytes of the container they and those before them took.
  mutating func add(_ block: UnsafeRawBufferPointer, taken: Int) {
    var rest = block
    let count = borders.prefix { $0.offset < taken }.count
    for border in borders[..<count] where misses < Self.maximumMisses {
      let ahead = border.trailer.length &- length
      guard ahead <= UInt32(clamping: rest.count) else { continue }
      var candidate = checksum
      candidate.add(UnsafeRawBufferPointer(rebasing: rest.prefix(Int(ahead))))
      guard candidate.value == border.trailer.checksum else {
        misses += 1
        continue
      }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Int(ahead)))
      (checksum, length) = (CRC32(), 0)
    }
    borders.removeFirst(count)
    checksum.add(rest)
    length &+= UInt32(truncatingIfNeeded: rest.count)
  }

  /// Whether the container's last eight bytes are checksum and length of the last member, and all before
  /// it were found.
  var isIntact: Bool {
    let trailer = Trailer(low.byteSwapped)
    return inputBytes >= 18 && trailer.checksum == checksum.value && trailer.length == length
  }
}
