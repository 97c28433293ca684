import BundleFormat
import CArchive
import Glibc

/// A container's bytes on their way into libarchive: read in chunks, hashed and counted.
final class ContainerInput {
  /// Read at once: few system calls, and no pages to speak of.
  private static let chunkBytes = 65_536

  private let descriptor: CInt
  private var chunk = [UInt8](repeating: 0, count: chunkBytes)
  private var hash = SHA256()
  /// How many bytes were read so far.
  private(set) var totalBytes = 0
  /// Whether the container was read to its end.
  private(set) var isAtEnd = false
  /// Why libarchive was given no more; nil while it was.
  private(set) var failure: BundleError?

  init(descriptor: CInt) { self.descriptor = descriptor }

  /// Reads, hashes and returns the next chunk; empty at the end.
  func next() throws(BundleError) -> UnsafeRawBufferPointer {
    let descriptor = self.descriptor
    var count = 0
    repeat {
      count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw .unreadable(reason: String(cString: strerror(errno))) }
    if count == 0 { isAtEnd = true }
    totalBytes += count
    // The array is this object's own and never resized: its bytes stay where they are.
    return chunk.withUnsafeBytes { bytes in
      let filled = UnsafeRawBufferPointer(rebasing: bytes[..<count])
      hash.update(filled)
      return filled
    }
  }

  func digest() -> Digest { hash.finish() }

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
