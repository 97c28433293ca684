/// Bytes that grow at their end, in one piece of memory.
///
/// An array asks at each byte whether it is shared and has room. Here the writer of a token makes room for
/// the whole of it, and then puts its bytes without a question.
///
/// It is inlined into other modules: of a key that is known there, a few stores are left.
@usableFromInline
struct ByteBuffer: ~Copyable, @unchecked Sendable {
  /// `capacity` bytes, of which the first `count` are written. Nobody else has the pointer.
  @usableFromInline var memory: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  @usableFromInline var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 256)
    memory = .allocate(capacity: self.capacity)
  }

  @inlinable deinit { memory.deallocate() }

  /// What was written, for as long as the buffer is not changed.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// Forgets what was written behind the first `length` bytes.
  mutating func truncate(to length: Int) { count = min(max(length, 0), count) }

  /// Makes room: that many bytes may be put before the next call.
  @inlinable @inline(__always)
  mutating func makeRoom(for bytes: Int) {
    if capacity &- count < bytes { grow(by: bytes) }
  }

  @usableFromInline @inline(never)
  mutating func grow(by bytes: Int) {
    capacity = max(2 * capacity, count + bytes)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.moveInitialize(from: memory, count: count)
    memory.deallocate()
    memory = larger
  }

  // MARK: Within the room that was made

  /// Where the next byte goes; what is written there counts by ``advance(by:)``.
  @inlinable @inline(__always)
  var end: UnsafeMutableRawPointer { UnsafeMutableRawPointer(memory + count) }

  @inlinable @inline(__always)
  mutating func advance(by bytes: Int) { count &+= bytes }

  /// Needs room for one byte.
  @inlinable @inline(__always)
  mutating func put(_ byte: UInt8) {
    memory[count] = byte
    count &+= 1
  }

  /// Needs room for that many bytes.
  @inlinable @inline(__always)
  mutating func put(_ bytes: UnsafePointer<UInt8>, count length: Int) {
    end.copyMemory(from: bytes, byteCount: length)
    count &+= length
  }

  /// Puts the first `length` (0 to 8) bytes of a word, the lowest first. Needs room for eight.
  @inlinable @inline(__always)
  mutating func put(_ word: UInt64, count length: Int) {
    end.storeBytes(of: word.littleEndian, as: UInt64.self)
    count &+= length
  }
}

extension ByteBuffer {
  /// Appends ASCII text as it stands.
  mutating func append(literal text: StaticString) {
    makeRoom(for: text.utf8CodeUnitCount)
    put(text.utf8Start, count: text.utf8CodeUnitCount)
  }

  /// Appends ASCII text as it stands.
  mutating func append(ascii text: String) {
    for byte in text.utf8 {
      makeRoom(for: 1)
      put(byte)
    }
  }
}
