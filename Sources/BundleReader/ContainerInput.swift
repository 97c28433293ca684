import BundleFormat
import CArchive
import Glibc

/// A container's bytes on their way into libarchive: read in chunks, counted, and handed on to be hashed.
final class ContainerInput {
  /// Read at once: few system calls, and no pages to speak of.
  private static let chunkBytes = 65_536

  private let descriptor: CInt
  private let hashing: EntryHashing
  /// What libarchive looks at until it asks for more.
  private var chunk: [UInt8] = []
  /// What was read before the compression was known; nil afterwards.
  private var earlyChunks: [[UInt8]]? = []
  /// What gzip says of its bytes; nil for any other compression.
  private(set) var gzip: GzipMembers?
  /// How many bytes were read so far.
  private(set) var totalBytes = 0
  /// Whether the container was read to its end.
  private(set) var isAtEnd = false
  /// Why libarchive was given no more; nil while it was.
  private(set) var failure: BundleError?

  /// - Parameter hashing: Gets all that is read.
  init(descriptor: CInt, hashing: EntryHashing) {
    self.descriptor = descriptor
    self.hashing = hashing
  }

  /// Reads and returns the next chunk; empty at the end.
  func next() throws(BundleError) -> UnsafeRawBufferPointer {
    let descriptor = self.descriptor
    var result = 0
    chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, count in
      repeat {
        result = read(descriptor, buffer.baseAddress, buffer.count)
      } while result < 0 && errno == EINTR
      count = max(0, result)
    }
    guard result >= 0 else { throw .unreadable(reason: String(cString: strerror(errno))) }
    if result == 0 { isAtEnd = true }
    totalBytes += result
    hashing.add(container: chunk)
    earlyChunks?.append(chunk)
    gzip?.add(container: chunk)
    // Nobody changes the array, and this object holds it: its bytes stay where they are.
    return chunk.withUnsafeBytes { $0 }
  }

  /// Notes whether the container is of gzip: then what it decompresses to is held against its checksums.
  func setCompression(isGzip: Bool) {
    if isGzip {
      var members = GzipMembers()
      for chunk in earlyChunks ?? [] { members.add(container: chunk) }
      gzip = members
    }
    earlyChunks = nil
  }

  /// Takes what was decompressed.
  ///
  /// - Parameter taken: How many bytes of the container were taken for all of it so far.
  func add(decompressed block: UnsafeRawBufferPointer, taken: Int) {
    gzip?.add(block, taken: taken)
  }

  /// What libarchive calls for more; the client data is the input.
  static let callback:
    @convention(c) (
      OpaquePointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<UnsafeRawPointer?>?
    ) -> Int = { archive, client, buffer in
      guard let client, let archive else { return -1 }
      let input = Unmanaged<ContainerInput>.fromOpaque(client).takeUnretainedValue()
      do throws(BundleError) {
        let bytes = try input.next()
        buffer?.pointee = bytes.baseAddress
        return bytes.count
      } catch {
        input.failure = error
        return -1
      }
    }
}
